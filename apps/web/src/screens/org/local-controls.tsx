import { useQuery } from '@tanstack/react-query';
import type { OrgCall } from '@castellan/workbench/api';
import { Snowflake, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { queries } from '../../api.ts';
import { attempt } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { callOrg } from '../../ui/call-org.ts';
import { isLoose, looseList, type Loose } from '../../ui/loose.ts';

const HOUR = 3_600_000;
const KINDS = {
  'rate-limit': '429, limit used up',
  'concurrency-limit': '429, too many at once',
  'internal-error': '500',
  unavailable: '503',
  slow: 'a late answer',
  'cut-before': 'cut before it works',
  'cut-after': 'cut after it worked',
} as const;

function useControl(environmentId: string, what: string): unknown {
  return useQuery({
    queryKey: ['org', environmentId, 'local', what],
    queryFn: () => callOrg(environmentId, { method: 'GET', path: `/api/local/v1/${what}` }),
  }).data?.body;
}

/** What only a local org has: its clock, failures on purpose, its plan, and what it sent. */
export function LocalControls({ environmentId }: { environmentId: string }) {
  const change = (call: OrgCall) =>
    void attempt(async () => {
      await callOrg(environmentId, call);
      // A failure that was just set should strike what the person sends, not what this screen reads of the org.
      await queries.invalidateQueries({ queryKey: ['org', environmentId, 'local'] });
    });
  const clock = useControl(environmentId, 'clock');
  const limits = useControl(environmentId, 'limits');
  const faults = looseList(useControl(environmentId, 'faults'));
  const messages = looseList(useControl(environmentId, 'messages'));
  return (
    <section aria-label="Local org" className="grid grid-cols-2 gap-4 text-[12.5px]">
      <div className="flex flex-col gap-2.5 rounded-lg border border-line bg-raised p-4">
        <h2 className="text-md font-semibold">Clock</h2>
        <p role="status" className="font-mono text-sm">
          {isLoose(clock) ? String(clock['now']) : '…'}
          {isLoose(clock) && clock['frozen'] === true && ' (stands still)'}
        </p>
        <div className="flex flex-wrap gap-2">
          {(
            [
              ['An hour on', HOUR],
              ['A day on', 24 * HOUR],
              ['30 days on', 30 * 24 * HOUR],
            ] as const
          ).map(([label, milliseconds]) => (
            <Button
              key={label}
              onClick={() =>
                change({ method: 'POST', path: '/api/local/v1/clock/advance', body: { milliseconds } })
              }
            >
              {label}
            </Button>
          ))}
          <Button onClick={() => change({ method: 'POST', path: '/api/local/v1/clock/freeze', body: {} })}>
            <Snowflake size={12} aria-hidden /> Freeze
          </Button>
          <Button onClick={() => change({ method: 'POST', path: '/api/local/v1/clock/reset' })}>
            The machine’s time
          </Button>
        </div>
        <label className="mt-2 flex items-center gap-2 text-ink-2">
          Count like
          <select
            className="h-7 rounded-md border border-line-strong bg-raised px-2 text-ink"
            value={isLoose(limits) ? String(limits['plan']) : 'integrator'}
            onChange={(event) =>
              change({
                method: 'PUT',
                path: '/api/local/v1/limits',
                body: {
                  plan: event.target.value,
                  indexDelay: isLoose(limits) ? Number(limits['indexDelay'] ?? 0) : 0,
                },
              })
            }
          >
            <option value="integrator">an Integrator org</option>
            <option value="enterprise">an Enterprise org</option>
            <option value="off">nobody: no limits</option>
          </select>
        </label>
      </div>
      <Faults faults={faults} onChange={change} />
      <div className="col-span-2 flex flex-col gap-2.5 rounded-lg border border-line bg-raised p-4">
        <header className="flex items-center">
          <h2 className="text-md font-semibold">What the org sent</h2>
          <Button
            className="ml-auto"
            onClick={() => change({ method: 'DELETE', path: '/api/local/v1/messages' })}
          >
            Empty
          </Button>
        </header>
        {messages.length > 0 ? (
          <ul className="max-h-72 overflow-auto">
            {messages.map((message) => (
              <li key={String(message['id'])} className="border-t border-line py-1.5">
                <span className="text-ink-2">
                  {String(message['channel'])} to {String(message['to'])}:
                </span>{' '}
                {String(message['subject'])}
                {typeof message['code'] === 'string' && (
                  <code className="ml-2 rounded-sm bg-active px-1.5 font-mono">{message['code']}</code>
                )}
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-ink-2">Mails, texts and pushes of this org are caught and shown here.</p>
        )}
      </div>
    </section>
  );
}

interface FaultsProps {
  readonly faults: readonly Loose[];
  readonly onChange: (call: OrgCall) => void;
}

function Faults({ faults, onChange }: FaultsProps) {
  const [kind, setKind] = useState<keyof typeof KINDS>('rate-limit');
  const [count, setCount] = useState('3');
  const number = Number(count);
  const isWrong = !Number.isInteger(number) || number < 1;
  return (
    <div className="flex flex-col gap-2.5 rounded-lg border border-line bg-raised p-4">
      <h2 className="text-md font-semibold">Fail on purpose</h2>
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
    </div>
  );
}
