import type { ReactNode } from 'react';

interface CardProps {
  readonly title: string;
  /** Why its content is not there. */
  readonly problem?: Error | null;
  /** At the right of the title. */
  readonly action?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled part of a screen. */
export function Card({ title, problem = null, action, className = '', children }: CardProps) {
  return (
    <section
      aria-label={title}
      className={`flex flex-col gap-2.5 rounded-lg border border-line bg-raised p-4 text-[12.5px] ${className}`}
    >
      <header className="flex min-h-7 items-center gap-2">
        <h2 className="text-md font-semibold">{title}</h2>
        {action !== undefined && <span className="ml-auto flex gap-2">{action}</span>}
      </header>
      {problem === null ? (
        children
      ) : (
        <p role="alert" className="text-bad">
          {problem.message}
        </p>
      )}
    </section>
  );
}
