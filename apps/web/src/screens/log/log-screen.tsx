import { Pause, Play, Plus, X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { call } from '../../api.ts';
import { attempt, showDialog, tell } from '../../state/store.ts';
import { openTab } from '../../state/tabs.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Empty } from '../../ui/empty.tsx';
import { TextLines } from '../../ui/lines.tsx';
import { useEnvironment } from '../../ui/use-variables.ts';
import { LOG_ATTRIBUTES, LOG_COLUMNS, toFilter, type LogCondition, type LogEntry } from './log-events.ts';
import { useLog } from './use-log.ts';

const PERIODS = { '15 minutes': 15, hour: 60, day: 24 * 60, week: 7 * 24 * 60 } as const;
type Period = keyof typeof PERIODS;
const OPERATORS = { eq: 'is', ne: 'is not', co: 'contains', sw: 'begins with' } as const;

const toSince = (period: Period): string => new Date(Date.now() - PERIODS[period] * 60_000).toISOString();

/** The System Log of the chosen org as it comes, filtered, searched and saved. */
export function LogScreen() {
  const environment = useEnvironment();
  return (
    <main className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg">
      {environment === undefined ? (
        <Empty
          isScreen
          title="No org chosen"
          action={<Button onClick={() => showDialog('environments')}>Manage environments</Button>}
        >
          Choose an environment at the top right to read the System Log of its org.
        </Empty>
      ) : (
        <Log key={environment.id} environmentId={environment.id} name={environment.name} />
      )}
    </main>
  );
}

function Log({ environmentId, name }: { environmentId: string; name: string }) {
  const [period, setPeriod] = useState<Period>('hour');
  const [since, setSince] = useState(() => toSince('hour'));
  const [isLive, setLive] = useState(true);
  const [q, setQ] = useState('');
  const [conditions, setConditions] = useState<readonly LogCondition[]>([]);
  const [shown, setShown] = useState<LogEntry>();
  const filter = useDeferredValue(toFilter(conditions));
  const log = useLog({ environmentId, since, filter, q: useDeferredValue(q.trim()), isLive });
  return (
    <>
      <header className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5">
        <h1 className="text-lg font-semibold">System Log</h1>
        <span className="truncate text-sm text-ink-2">{name}</span>
        <span className="ml-auto flex flex-wrap items-center gap-2 text-sm">
          <label className="flex items-center gap-1.5 text-ink-2">
            The last
            <select
              className="h-7 rounded-md border border-line-strong bg-raised px-2 text-ink"
              value={period}
              onChange={(event) => {
                // The options below are the periods.
                const next = event.target.value as Period;
                setPeriod(next);
                setSince(toSince(next));
              }}
            >
              {Object.keys(PERIODS).map((option) => (
                <option key={option}>{option}</option>
              ))}
            </select>
          </label>
          <input
            aria-label="Search the log"
            placeholder="Words an event must hold"
            className="h-7 w-52 rounded-md border border-line bg-raised px-2"
            value={q}
            onChange={(event) => setQ(event.target.value)}
          />
          <Button
            onClick={() =>
              setConditions([...conditions, { attribute: 'eventType', operator: 'eq', value: '' }])
            }
          >
            <Plus size={12} aria-hidden /> Condition
          </Button>
          <Button aria-pressed={isLive} onClick={() => setLive(!isLive)}>
            {isLive ? <Pause size={12} aria-hidden /> : <Play size={12} aria-hidden />}
            {isLive ? 'Following' : 'Follow'}
          </Button>
        </span>
      </header>
      {conditions.length > 0 && (
        <Conditions conditions={conditions} filter={filter} onChange={setConditions} />
      )}
      {log.problem !== undefined && (
        <p role="alert" className="mx-4 mt-2 rounded-md bg-bad-soft px-3 py-1.5 text-[12.5px] text-bad">
          {log.problem}
        </p>
      )}
      <div className="flex min-h-0 flex-1">
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          {log.entries.length === 0 ? (
            <Empty title={log.isReading ? 'Reading the log …' : 'Nothing happened'}>
              {log.isReading ? '' : 'No event of this time fits. What comes is shown at once.'}
            </Empty>
          ) : (
            <DataTable
              label="System Log"
              name={`System Log of ${name}`}
              columns={LOG_COLUMNS}
              rows={log.entries.map(({ row }) => row)}
              onOpen={(row) => setShown(log.entries.find(({ uuid }) => uuid === row['uuid']))}
            />
          )}
        </div>
        {shown !== undefined && <Details entry={shown} onClose={() => setShown(undefined)} />}
      </div>
    </>
  );
}

interface ConditionsProps {
  readonly conditions: readonly LogCondition[];
  readonly filter: string;
  readonly onChange: (conditions: readonly LogCondition[]) => void;
}

function Conditions({ conditions, filter, onChange }: ConditionsProps) {
  const change = (index: number, part: Partial<LogCondition>) =>
    onChange(conditions.map((condition, at) => (at === index ? { ...condition, ...part } : condition)));
  const field = 'h-7 rounded-md border border-line-strong bg-raised px-2';
  return (
    <section
      aria-label="Filter"
      className="flex flex-col gap-1.5 border-b border-line bg-sunken px-4 py-2 text-sm"
    >
      {conditions.map((condition, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- conditions have no identity but their place
        <div key={index} className="flex items-center gap-2">
          <select
            aria-label={`Attribute ${index + 1}`}
            className={field}
            value={condition.attribute}
            onChange={(event) => change(index, { attribute: event.target.value })}
          >
            {LOG_ATTRIBUTES.map((attribute) => (
              <option key={attribute}>{attribute}</option>
            ))}
          </select>
          <select
            aria-label={`Operator ${index + 1}`}
            className={field}
            value={condition.operator}
            onChange={(event) => change(index, { operator: event.target.value })}
          >
            {Object.entries(OPERATORS).map(([operator, label]) => (
              <option key={operator} value={operator}>
                {label}
              </option>
            ))}
          </select>
          <input
            aria-label={`Compared with ${index + 1}`}
            className={`${field} w-72 font-mono`}
            spellCheck={false}
            value={condition.value}
            onChange={(event) => change(index, { value: event.target.value })}
          />
          <IconButton
            label={`Remove condition ${index + 1}`}
            onClick={() => onChange(conditions.filter((_, at) => at !== index))}
          >
            <X size={13} />
          </IconButton>
        </div>
      ))}
      {filter !== '' && <code className="font-mono text-ink-2">{filter}</code>}
    </section>
  );
}

function Details({ entry, onClose }: { entry: LogEntry; onClose: () => void }) {
  const { requestId } = entry;
  return (
    <aside aria-label="Event" className="flex w-110 shrink-0 flex-col border-l border-line">
      <header className="flex items-center gap-2 border-b border-line px-3 py-1.5">
        <h2 className="truncate text-md font-semibold">{entry.row['message'] || entry.row['eventType']}</h2>
        <span className="ml-auto flex gap-1">
          {requestId !== undefined && (
            <Button onClick={() => void openCause(requestId)}>Open the request</Button>
          )}
          <IconButton label="Close the event" onClick={onClose}>
            <X size={13} />
          </IconButton>
        </span>
      </header>
      <TextLines label="Event as JSON" text={JSON.stringify(entry.event)} />
    </aside>
  );
}

/** Opens the request whose answer had this id: one that was sent, or one of a run. */
async function openCause(requestId: string): Promise<void> {
  await attempt(async () => {
    const { cause } = await call('GET /api/causes/{requestId}', { path: { requestId } });
    if (cause === undefined) tell('This was not caused by a request that was sent from here.');
    else await openTab(cause.collectionId, cause.itemId);
  });
}
