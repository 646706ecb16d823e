import type { ReactNode } from 'react';

/** A place with nothing in it yet: what belongs here, and the one button that puts it there. */
export function Empty({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="m-auto flex max-w-[44ch] flex-col items-center gap-2 p-8 text-center">
      <h2 className="text-md font-semibold">{title}</h2>
      <p className="text-sm text-ink-2">{children}</p>
      {action}
    </div>
  );
}
