import type { ReactNode } from 'react';

/** How a field of a form looks. */
export const input = 'h-8 w-full rounded-md border border-line-strong bg-raised px-2 text-[12.5px]';

/** A titled part of a form. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3 rounded-lg border border-line bg-raised p-4">
      <h2 className="text-md font-semibold">{title}</h2>
      {children}
    </section>
  );
}

/** A control with its name above and what it means below. */
export function Field({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/label-has-associated-control -- the control is the child
    <label className="flex flex-col gap-1 text-[12.5px] text-ink-2">
      {label}
      {children}
      {hint !== undefined && <span className="text-sm text-ink-3">{hint}</span>}
    </label>
  );
}

interface NumberInputProps {
  readonly value: string;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: string) => void;
}

/** A whole number; anything else is said beside the field. */
export function NumberInput({ value, min, max, onChange }: NumberInputProps) {
  const number = Number(value);
  const isWrong = value === '' || !Number.isInteger(number) || number < min || number > max;
  return (
    <>
      <input
        className={`${input} ${isWrong ? 'border-bad!' : ''}`}
        inputMode="numeric"
        aria-invalid={isWrong}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {isWrong && (
        <span role="alert" className="text-sm text-bad">
          A whole number from {min} to {max.toLocaleString('en')} belongs here.
        </span>
      )}
    </>
  );
}
