import type { Confirmation } from '@castellan/workbench/api';
import type { RefObject } from 'react';
import { Method } from './method.tsx';

/** Whether what was typed confirms what has to be confirmed. */
export function isConfirmed(confirmation: Confirmation | undefined, typed: string): boolean {
  return confirmation === undefined || typed.trim() === confirmation.host;
}

interface WritesToConfirmProps {
  readonly confirmation: Confirmation;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** Of the field for the name. */
  readonly inputRef?: RefObject<HTMLInputElement | null>;
}

/** What would be written to a guarded org, what cannot be undone first, and the field for its name. */
export function WritesToConfirm({ confirmation, typed, onType, inputRef }: WritesToConfirmProps) {
  const { host, kind, writes } = confirmation;
  const isWrong = typed !== '' && !host.startsWith(typed.trim());
  return (
    <section
      aria-label="Confirm what is written"
      className="flex flex-col gap-2 rounded-md border border-bad bg-bad-soft p-3 text-[12.5px]"
    >
      <p>
        <span className="font-semibold break-all">{host}</span> is guarded as a {kind} org. This would be
        sent:
      </p>
      <ul className="flex max-h-40 flex-col gap-1 overflow-auto">
        {writes.map(({ title, method, count, irreversible }) => (
          <li key={`${method} ${title}`} className="flex items-baseline gap-2">
            <Method method={method} className="w-11" />
            <span className="tabular-nums">{count.toLocaleString('en')} ×</span>
            <span className="min-w-0">{title}</span>
            {irreversible && <span className="ml-auto font-semibold text-bad">cannot be undone</span>}
          </li>
        ))}
      </ul>
      <label className="flex flex-col gap-1">
        Type the org’s name to confirm
        <input
          ref={inputRef}
          className="h-8 rounded-md border border-line-strong bg-raised px-2 font-mono text-sm text-ink"
          autoComplete="off"
          spellCheck={false}
          placeholder={host}
          aria-invalid={isWrong}
          value={typed}
          onChange={(event) => onType(event.target.value)}
        />
      </label>
      {isWrong && (
        <p role="alert" className="text-bad">
          This is not {host}.
        </p>
      )}
    </section>
  );
}
