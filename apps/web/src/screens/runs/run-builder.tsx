import { useQuery } from '@tanstack/react-query';
import type { DataFileView, Estimate, OutlineItem } from '@castellan/workbench/api';
import { FileSpreadsheet, Play, X } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { call, collectionsQuery, queries } from '../../api.ts';
import { showRun, useStore, type RunPage } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Method } from '../../ui/method.tsx';
import { useEnvironment } from '../../ui/use-variables.ts';
import { formatDuration } from './run-progress.ts';

type Order = Extract<RunPage, { kind: 'build' }>['order'];

interface Draft {
  readonly collectionId: string;
  readonly itemId: string;
  readonly data: DataFileView | undefined;
  readonly rename: Readonly<Record<string, string>>;
  readonly iterations: string;
  readonly lanes: string;
  readonly capacity: string;
  readonly delay: string;
  readonly stopAfter: string;
}

function toDraft(order: Order, data: DataFileView | undefined, firstCollection: string): Draft {
  return {
    collectionId: order?.collectionId ?? firstCollection,
    itemId: order?.itemId ?? '',
    data,
    rename: {},
    iterations: String(order?.iterations ?? 1),
    lanes: String(order?.lanes ?? 1),
    capacity: String(Math.round((order?.capacity ?? 0.8) * 100)),
    delay: String(order?.delay ?? 0),
    stopAfter: String(order?.stopAfter ?? 0),
  };
}

/** Puts a run together: what, with which rows, how fast, when to stop; and says what it would do. */
export function RunBuilder({ order, data }: { order: Order; data: DataFileView | undefined }) {
  const collections = useQuery(collectionsQuery).data?.collections ?? [];
  const environmentId = useStore((state) => state.environmentId);
  const environment = useEnvironment();
  const [draft, setDraft] = useState(() => toDraft(order, data, collections[0]?.id ?? ''));
  const [problem, setProblem] = useState<string>();
  const [isStarting, setStarting] = useState(false);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const collection = collections.find(({ id }) => id === draft.collectionId) ?? collections[0];
  const body = {
    collectionId: collection?.id ?? '',
    ...(draft.itemId === '' ? {} : { itemId: draft.itemId }),
    environmentId,
    ...(draft.data === undefined ? {} : { dataId: draft.data.id }),
    rename: Object.fromEntries(Object.entries(draft.rename).filter(([from, to]) => to !== '' && from !== to)),
    iterations: Number(draft.iterations),
    lanes: Number(draft.lanes),
    capacity: Number(draft.capacity) / 100,
    delay: Number(draft.delay),
    stopAfter: Number(draft.stopAfter),
  };
  const { estimate, problem: refusal } = useEstimate(body);

  const start = async () => {
    setStarting(true);
    try {
      const { id } = await call('POST /api/runs', { body });
      await queries.invalidateQueries({ queryKey: ['runs'] });
      showRun({ kind: 'view', id });
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : 'The run could not be started.');
      setStarting(false);
    }
  };

  return (
    <form
      aria-label="New run"
      className="flex min-h-0 flex-1 flex-col overflow-auto"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <header className="flex items-center gap-2.5 px-4 pt-3 pb-1">
        <span className="text-sm text-ink-3">Runs /</span>
        <h1 className="text-lg font-semibold">New run</h1>
      </header>
      <div className="grid max-w-6xl grid-cols-[minmax(0,1.4fr)_minmax(280px,1fr)] gap-5 p-4">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title="What">
            <Field label="Collection">
              <select
                className={input}
                value={collection?.id ?? ''}
                onChange={(event) => change({ collectionId: event.target.value, itemId: '' })}
              >
                {collections.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            </Field>
            <Field label="Folder or request">
              <select
                className={input}
                value={draft.itemId}
                onChange={(event) => change({ itemId: event.target.value })}
              >
                <option value="">All of it</option>
                {listItems(collection?.items ?? [], 0).map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </select>
            </Field>
            <p className="text-sm text-ink-2">
              On {environment === undefined ? 'no environment' : `“${environment.name}”`}, as chosen at the
              top right.
            </p>
          </Card>
          <Card title="Rows">
            <DataPart draft={draft} estimate={estimate} onChange={change} onProblem={setProblem} />
          </Card>
          <Card title="How">
            <div className="grid grid-cols-2 gap-x-4 gap-y-3">
              <Field label="Rows side by side" hint="1 carries variables from row to row, as Postman does">
                <NumberInput value={draft.lanes} min={1} max={64} onChange={(lanes) => change({ lanes })} />
              </Field>
              <Field label="Share of each rate limit, %" hint="The rest is kept for others">
                <NumberInput
                  value={draft.capacity}
                  min={5}
                  max={100}
                  onChange={(capacity) => change({ capacity })}
                />
              </Field>
              <Field label="Milliseconds between requests">
                <NumberInput
                  value={draft.delay}
                  min={0}
                  max={60000}
                  onChange={(delay) => change({ delay })}
                />
              </Field>
              <Field label="Stop after failed rows" hint="0 goes on to the end">
                <NumberInput
                  value={draft.stopAfter}
                  min={0}
                  max={100000}
                  onChange={(stopAfter) => change({ stopAfter })}
                />
              </Field>
            </div>
          </Card>
        </div>
        <aside aria-label="What it would do" className="flex min-w-0 flex-col gap-3 self-start">
          <Card title="What it would do">
            {estimate === undefined ? (
              <p
                role={refusal === undefined ? 'status' : 'alert'}
                className={`text-[12.5px] ${refusal === undefined ? 'text-ink-2' : 'text-bad'}`}
              >
                {refusal ?? 'Counting …'}
              </p>
            ) : (
              <EstimateView estimate={estimate} />
            )}
            {problem !== undefined && (
              <p role="alert" className="text-[12.5px] text-bad">
                {problem}
              </p>
            )}
            <Button
              type="submit"
              look="primary"
              className={`h-8.5! text-md! ${environment?.org === 'production' ? 'border-bad! bg-bad!' : ''}`}
              disabled={isStarting || estimate === undefined}
            >
              <Play size={13} aria-hidden /> Start the run
            </Button>
          </Card>
        </aside>
      </div>
    </form>
  );
}

const input = 'h-8 w-full rounded-md border border-line-strong bg-raised px-2 text-[12.5px]';

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-3 rounded-lg border border-line bg-raised p-4">
      <h2 className="text-md font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Field({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
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

function NumberInput({ value, min, max, onChange }: NumberInputProps) {
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

interface DataPartProps {
  readonly draft: Draft;
  readonly estimate: Estimate | undefined;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly onProblem: (problem: string | undefined) => void;
}

function DataPart({ draft, estimate, onChange, onProblem }: DataPartProps) {
  const { data } = draft;
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      const added = await call('POST /api/data-files', {
        body: { name: file.name, text: await file.text() },
      });
      onProblem(undefined);
      onChange({ data: added, rename: {} });
    } catch (cause) {
      onProblem(cause instanceof Error ? cause.message : 'The file cannot be read.');
    }
  };
  if (data === undefined) {
    return (
      <div className="grid grid-cols-2 gap-4">
        <Field label="Data file" hint="CSV with names in its first line, or a JSON list of objects">
          <input
            type="file"
            aria-label="Data file"
            accept=".csv,.json,.txt,text/csv,application/json"
            className="text-sm file:mr-2 file:h-8 file:rounded-md file:border file:border-line-strong file:bg-raised file:px-2.5 file:text-ink"
            onChange={(event) => void choose(event.target.files?.[0])}
          />
        </Field>
        <Field label="Or run it so many times">
          <NumberInput
            value={draft.iterations}
            min={1}
            max={100000}
            onChange={(iterations) => onChange({ iterations })}
          />
        </Field>
      </div>
    );
  }
  const wanted = (estimate?.variables ?? []).filter(({ from }) => from === undefined || from === 'data');
  return (
    <>
      <p className="flex items-center gap-2 text-[12.5px]">
        <FileSpreadsheet size={14} aria-hidden className="text-ink-2" />
        <span className="truncate font-semibold">{data.name}</span>
        <span className="text-ink-2">{data.count.toLocaleString('en')} rows</span>
        <IconButton
          label="Take the file away"
          className="ml-auto"
          onClick={() => onChange({ data: undefined, rename: {} })}
        >
          <X size={13} />
        </IconButton>
      </p>
      <div
        role="group"
        aria-label="First rows, scrolled"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
        tabIndex={0}
        className="overflow-auto rounded-md border border-line"
      >
        <table aria-label="First rows" className="w-full text-sm">
          <thead>
            <tr className="bg-sunken text-left">
              {data.columns.map((column) => (
                <th key={column} scope="col" className="px-2 py-1.5 font-medium whitespace-nowrap">
                  <span className="font-mono">{column}</span>
                  <select
                    aria-label={`Variable for ${column}`}
                    className="mt-1 block h-6.5 w-full min-w-28 rounded-sm border border-line bg-raised font-normal"
                    value={draft.rename[column] ?? column}
                    onChange={(event) =>
                      onChange({ rename: { ...draft.rename, [column]: event.target.value } })
                    }
                  >
                    {[...new Set([column, ...wanted.map(({ name }) => name)])].map((name) => (
                      <option key={name} value={name}>{`{{${name}}}`}</option>
                    ))}
                  </select>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.preview.map((row, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
              <tr key={index} className="border-t border-line font-mono">
                {data.columns.map((column) => (
                  <td key={column} className="max-w-60 truncate px-2 py-1">
                    {row[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function EstimateView({ estimate }: { estimate: Estimate }) {
  const missing = estimate.variables.filter(({ from }) => from === undefined);
  const irreversible = estimate.writes.filter((write) => write.irreversible);
  return (
    <div className="flex flex-col gap-2.5 text-[12.5px]">
      <p>
        <span className="text-xl font-semibold tabular-nums">{estimate.requests.toLocaleString('en')}</span>{' '}
        requests: {estimate.rows.toLocaleString('en')} rows, {estimate.requestsPerRow} each
      </p>
      {estimate.time !== undefined && (
        <p className="text-ink-2">
          About {formatDuration(estimate.time)} by the limits of an Enterprise org; the run learns the real
          ones from the answers.
        </p>
      )}
      {estimate.limits.length > 0 && (
        <ul className="text-sm text-ink-2">
          {estimate.limits.map(({ bucket, calls, perMinute }) => (
            <li key={bucket}>
              {bucket}: {calls.toLocaleString('en')} calls, {perMinute.toLocaleString('en')} a minute
            </li>
          ))}
        </ul>
      )}
      {missing.length > 0 && (
        <p role="note" className="rounded-md bg-bad-soft px-2.5 py-1.5 text-bad">
          No value for <span className="font-mono">{missing.map(({ name }) => name).join(', ')}</span>. Name a
          column so, or add them to the environment.
        </p>
      )}
      {estimate.writes.length > 0 && (
        <div>
          <p className="text-ink-2">
            {irreversible.length > 0
              ? 'It changes things, and some of that cannot be taken back:'
              : 'It changes things:'}
          </p>
          <ul className="mt-1">
            {estimate.writes.slice(0, 8).map(({ name, method, irreversible: isFinal }) => (
              <li
                key={`${method} ${name}`}
                className={`flex items-center gap-2 ${isFinal ? 'text-bad' : ''}`}
              >
                <Method method={method} className="w-9" />
                <span className="truncate">{name}</span>
              </li>
            ))}
            {estimate.writes.length > 8 && (
              <li className="text-ink-2">and {estimate.writes.length - 8} more</li>
            )}
          </ul>
        </div>
      )}
    </div>
  );
}

const SETTLE_MS = 200;

/** What the order would do, counted anew a moment after it was changed. */
function useEstimate(body: NonNullable<Parameters<typeof estimate>[0]>) {
  const [state, setState] = useState<{ estimate?: Estimate; problem?: string }>({});
  const text = JSON.stringify(body);
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      estimate(JSON.parse(text) as typeof body, stop.signal).then(
        (found) => setState({ estimate: found }),
        (cause: unknown) => {
          if (!stop.signal.aborted)
            setState({ problem: cause instanceof Error ? cause.message : 'It cannot be counted.' });
        },
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text]);
  return { estimate: state.estimate, problem: state.problem };
}

const estimate = (
  body: NonNullable<Parameters<typeof call<'POST /api/runs/estimate'>>[1]>['body'],
  signal: AbortSignal,
) => call('POST /api/runs/estimate', { body, signal });

function listItems(
  items: readonly OutlineItem[],
  depth: number,
): { readonly id: string; readonly label: string }[] {
  return items.flatMap((item) => [
    { id: item.id, label: `${'\u2003'.repeat(depth)}${item.name}` },
    ...(item.kind === 'folder' ? listItems(item.items, depth + 1) : []),
  ]);
}
