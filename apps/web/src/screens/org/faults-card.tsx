import type { OrgCall } from '@castellan/workbench/api';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { Loose } from '../../ui/loose.ts';

const KINDS = {
  'rate-limit': '429, limit used up',
  'concurrency-limit': '429, too many at once',
  'internal-error': '500',
  unavailable: '503',
  slow: 'a late answer',
  'cut-before': 'cut before it works',
  'cut-after': 'cut after it worked',
} as const;

interface FaultsProps {
  readonly faults: readonly Loose[];
  readonly onChange: (call: OrgCall) => void;
}

/** Makes the next requests fail on purpose, and lists the failures that wait. */
export function FaultsCard({ faults, onChange }: FaultsProps) {
  const [kind, setKind] = useState<keyof typeof KINDS>('rate-limit');
  const [count, setCount] = useState('3');
  const number = Number(count);
  const isWrong = !Number.isInteger(number) || number < 1;
  return (
    <Card title="Fail on purpose">
      <div className="flex flex-wrap items-center gap-2">
        The next
        <input
          aria-label="How many requests fail"
          aria-invalid={isWrong}
          className={`h-7 w-14 rounded-md border bg-raised px-2 ${isWrong ? 'border-bad' : 'border-line-strong'}`}
          value={count}
          onChange={(event) => setCount(event.target.value)}
        />
        requests get
        <select
          aria-label="How they fail"
          className="h-7 rounded-md border border-line-strong bg-raised px-2"
          value={kind}
          onChange={(event) => setKind(event.target.value as keyof typeof KINDS)} // the options below
        >
          {Object.entries(KINDS).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
        <Button
          disabled={isWrong}
          onClick={() =>
            onChange({
              method: 'POST',
              path: '/api/local/v1/faults',
              body: { kind, count: number, ...(kind === 'slow' ? { delay: 3000 } : {}) },
            })
          }
        >
          Set
        </Button>
      </div>
      {isWrong && (
        <p role="alert" className="text-bad">
          A whole number from 1 on belongs here.
        </p>
      )}
      <ul>
        {faults.map((fault) => (
          <li key={String(fault['id'])} className="flex items-center gap-2 border-t border-line">
            {String(fault['kind'])} for {String(fault['operation'])}
            <span className="text-ink-2">
              {fault['remaining'] === undefined ? '' : `${String(fault['remaining'])} left`}
            </span>
            <IconButton
              label="Remove this failure"
              className="ml-auto"
              onClick={() =>
                onChange({ method: 'DELETE', path: `/api/local/v1/faults/${String(fault['id'])}` })
              }
            >
              <Trash2 size={13} />
            </IconButton>
          </li>
        ))}
      </ul>
    </Card>
  );
}
