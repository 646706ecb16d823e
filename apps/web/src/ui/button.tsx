import type { ComponentProps } from 'react';

const LOOKS = {
  plain: 'border-line-strong bg-raised text-ink hover:bg-hover',
  primary: 'border-accent bg-accent text-accent-ink hover:brightness-95',
  ghost: 'border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'border-bad bg-raised text-bad hover:bg-bad-soft',
};

/** A button that says what happens. */
export function Button({
  look = 'plain',
  className = '',
  ...props
}: ComponentProps<'button'> & { look?: keyof typeof LOOKS }) {
  return (
    <button
      type="button"
      className={`inline-flex h-7 shrink-0 items-center justify-center gap-1.5 rounded-md border px-2.5 text-sm font-medium whitespace-nowrap disabled:opacity-50 ${LOOKS[look]} ${className}`}
      {...props}
    />
  );
}

/** A button that is a picture; its label is read aloud and shown on hover. */
export function IconButton({
  label,
  className = '',
  ...props
}: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-2 hover:bg-hover hover:text-ink disabled:opacity-40 ${className}`}
      {...props}
    />
  );
}
