import type { ReactNode } from 'react';

/** A place with nothing in it yet: what belongs here, and the one button that puts it there. */
export function Empty({
  title,
  children,
  action,
  isScreen = false,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** It is all that the screen shows, so its title is the screen's. */
  isScreen?: boolean;
}) {
  const Title = isScreen ? 'h1' : 'h2';
  return (
    <div className="m-auto flex max-w-[44ch] flex-col items-center gap-2 p-8 text-center">
      <Title className="text-md font-semibold">{title}</Title>
      <p className="text-sm text-ink-2">{children}</p>
      {action}
    </div>
  );
}
