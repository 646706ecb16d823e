import { useQuery } from '@tanstack/react-query';
import { ApiError, type DataFileView, type OutlineItem } from '@castellan/workbench/api';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { call, collectionsQuery, queries } from '../../api.ts';
import { askToTrust } from '../../state/questions.ts';
import { showRun, useStore, type RunPage } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { isConfirmed, WritesToConfirm } from '../../ui/confirm-writes.tsx';
import { useEnvironment } from '../../ui/use-variables.ts';
import { DataPart, type RowsDraft } from './data-part.tsx';
import { EstimateView, useEstimate } from './estimate-view.tsx';
import { Card, Field, input, NumberInput } from './form-parts.tsx';
import { listRequests, StepsPart } from './steps-part.tsx';

type Order = Extract<RunPage, { kind: 'build' }>['order'];

interface Draft extends RowsDraft {
  readonly collectionId: string;
  readonly itemId: string;
  /** Requests that are sent, in their order; absent: all as in the tree. */
  readonly steps: readonly string[] | undefined;
  /** Absent until somebody decides; then it follows from the rows. */
  readonly carry: boolean | undefined;
  readonly lanes: string;
  readonly capacity: string;
  readonly delay: string;
  readonly stopAfter: string;
}

function toDraft(order: Order, data: DataFileView | undefined, firstCollection: string): Draft {
  return {
    collectionId: order?.collectionId ?? firstCollection,
    itemId: order?.itemId ?? '',
    steps: order?.steps,
    data,
    rename: {},
    carry: order?.carry,
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
  // Postman: a loop hands its variables on; rows of a file stand for themselves unless somebody says otherwise.
  const carry =
    draft.carry ?? (draft.data === undefined && Number(draft.iterations) > 1 && draft.lanes === '1');
  const [typed, setTyped] = useState('');
  const body = {
    collectionId: collection?.id ?? '',
    ...(draft.itemId === '' ? {} : { itemId: draft.itemId }),
    ...(draft.steps === undefined ? {} : { steps: [...draft.steps] }),
    environmentId,
    ...(draft.data === undefined ? {} : { dataId: draft.data.id }),
    rename: Object.fromEntries(Object.entries(draft.rename).filter(([from, to]) => to !== '' && from !== to)),
    iterations: Number(draft.iterations),
    lanes: carry ? 1 : Number(draft.lanes),
    carry,
    capacity: Number(draft.capacity) / 100,
    delay: Number(draft.delay),
    stopAfter: Number(draft.stopAfter),
  };
  const { estimate, problem: refusal } = useEstimate(body);

  const start = async (scripts: 'run' | 'skip' = 'run'): Promise<void> => {
    setStarting(true);
    try {
      const confirmed = typed === '' ? {} : { confirmed: typed.trim() };
      const { id } = await call('POST /api/runs', { body: { ...body, ...confirmed, scripts } });
      await queries.invalidateQueries({ queryKey: ['runs'] });
      showRun({ kind: 'view', id });
    } catch (cause) {
      setStarting(false);
      setProblem(cause instanceof Error ? cause.message : 'The run could not be started.');
      if (!(cause instanceof ApiError && cause.code === 'untrusted')) return;
      const agreed = await askToTrust(body.collectionId, cause.message);
      if (agreed !== undefined) await start(agreed);
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
                onChange={(event) =>
                  change({ collectionId: event.target.value, itemId: '', steps: undefined })
                }
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
                onChange={(event) => change({ itemId: event.target.value, steps: undefined })}
              >
                <option value="">All of it</option>
                {listItems(collection?.items ?? [], 0).map(({ id, label }) => (
                  <option key={id} value={id}>
                    {label}
                  </option>
                ))}
              </select>
            </Field>
            <StepsPart
              requests={listRequests(collection?.items ?? [], draft.itemId)}
              steps={draft.steps}
              onChange={(steps) => change({ steps })}
            />
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
              <Field label="Rows side by side">
                <NumberInput
                  value={draft.lanes}
                  min={1}
                  max={64}
                  // Rows side by side have nothing to hand on.
                  onChange={(lanes) => change({ lanes, ...(Number(lanes) > 1 ? { carry: false } : {}) })}
                />
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
            <label className="flex items-start gap-2 text-[12.5px]">
              <input
                type="checkbox"
                className="mt-0.5 accent-[var(--accent)]"
                checked={carry}
                onChange={(event) =>
                  change({ carry: event.target.checked, ...(event.target.checked ? { lanes: '1' } : {}) })
                }
              />
              <span>
                Carry variables and cookies from row to row, as Postman does
                <span className="block text-sm text-ink-3">
                  {carry
                    ? 'Such a run has no journal: after a crash it cannot be resumed.'
                    : 'Each row stands for itself, and every write is written down before it leaves: after a crash the run is resumed, and nothing is lost or done twice.'}
                </span>
              </span>
            </label>
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
            {estimate?.confirmation !== undefined && (
              <WritesToConfirm confirmation={estimate.confirmation} typed={typed} onType={setTyped} />
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
              disabled={isStarting || estimate === undefined || !isConfirmed(estimate.confirmation, typed)}
            >
              <Play size={13} aria-hidden /> Start the run
            </Button>
          </Card>
        </aside>
      </div>
    </form>
  );
}

function listItems(
  items: readonly OutlineItem[],
  depth: number,
): { readonly id: string; readonly label: string }[] {
  return items.flatMap((item) => [
    { id: item.id, label: `${'\u2003'.repeat(depth)}${item.name}` },
    ...(item.kind === 'folder' ? listItems(item.items, depth + 1) : []),
  ]);
}
