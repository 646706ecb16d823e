import { Menu } from '@base-ui/react/menu';
import { useQuery } from '@tanstack/react-query';
import type { RunEntry } from '@castellan/workbench/api';
import { ChevronDown, Download, Pause, Play, RotateCcw, Square, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { call, runOrderQuery, runsQuery } from '../../api.ts';
import { attempt, showRun } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import { TabStrip } from '../../ui/tabs.tsx';
import { saveFrom } from '../../ui/save-file.ts';
import { LimitGraph, TimesGraph } from './charts.tsx';
import { formatDuration, type RunProgress } from './run-progress.ts';
import { ResumeRun } from './resume-run.tsx';
import { RunRows } from './run-rows.tsx';
import { STATES } from './run-states.ts';
import { useRun } from './use-run.ts';

/** One run: how far it is, how fast, what failed and why; pause and stop while it goes, reports when it is over. */
export function RunView({ id }: { id: string }) {
  const entry = useQuery(runsQuery).data?.runs.find((run) => run.id === id);
  // Another attempt tells its rows again, so it is drawn from the start.
  return entry === undefined ? null : <Attempt key={entry.attempts} entry={entry} />;
}

function Attempt({ entry }: { entry: RunEntry }) {
  const progress = useRun(entry.id);
  const order = useQuery(runOrderQuery(entry.id)).data?.order;
  const failed = progress.rows.filter(({ verdict }) => verdict === 'failed' || verdict === 'in-doubt');
  return (
    <>
      <header className="flex items-center gap-2.5 px-4 pt-3">
        <span className="text-sm text-ink-3">Runs /</span>
        <h1 className="truncate text-lg font-semibold">{entry.name}</h1>
        <StatusPill {...STATES[entry.state]} />
        {entry.environment !== undefined && (
          <span className="truncate text-sm text-ink-2">on {entry.environment}</span>
        )}
        <span className="ml-auto flex gap-2">
          <Controls entry={entry} progress={progress} collectionId={order?.collectionId ?? ''} />
        </span>
      </header>
      <Tiles progress={progress} isOver={progress.finished !== undefined} />
      <Bar progress={progress} />
      <Standing entry={entry} progress={progress} />
      {progress.finished?.error !== undefined && (
        <p role="alert" className="mx-4 mt-3 rounded-md border border-bad bg-bad-soft p-2.5 text-[12.5px]">
          {progress.finished.error}
        </p>
      )}
      <div className="mx-4 mt-3.5 grid shrink-0 grid-cols-[1.3fr_1fr] gap-3">
        <LimitGraph limit={progress.limit} capacity={order?.capacity ?? 1} />
        <TimesGraph times={progress.times} />
      </div>
      <div className="mt-2 flex min-h-40 flex-1 flex-col">
        <TabStrip
          label="Parts of the run"
          panes={[
            {
              name: 'Failed',
              badge: failed.length.toLocaleString('en'),
              tone: failed.length === 0 ? undefined : 'bad',
              content: () => (
                <RunRows
                  label="Failed rows"
                  rows={failed}
                  collectionId={order?.collectionId ?? ''}
                  nothing={progress.finished === undefined ? 'No row has failed so far' : 'No row failed'}
                />
              ),
            },
            {
              name: 'All rows',
              badge: progress.rows.length.toLocaleString('en'),
              content: () => (
                <RunRows
                  label="All rows"
                  rows={progress.rows}
                  collectionId={order?.collectionId ?? ''}
                  nothing="No row is over yet"
                />
              ),
            },
            {
              name: 'Tests',
              badge: `${progress.passed.toLocaleString('en')} passed`,
              tone: progress.failedTests === 0 ? 'ok' : 'bad',
              content: () => <FailedTests progress={progress} />,
            },
          ]}
        />
      </div>
    </>
  );
}

function Controls({
  entry,
  progress,
  collectionId,
}: {
  entry: RunEntry;
  progress: RunProgress;
  collectionId: string;
}) {
  const path = { runId: entry.id };
  if (entry.origin === 'command-line') return <Forget entry={entry} />;
  const steer = (to: 'pause' | 'resume' | 'stop') =>
    void attempt(() => call('POST /api/runs/{runId}/steer', { path, body: { to } }));
  if (entry.state === 'running' || entry.state === 'paused' || entry.state === 'stopping') {
    return (
      <>
        {entry.state === 'paused' ? (
          <Button onClick={() => steer('resume')}>
            <Play size={12} aria-hidden /> Go on
          </Button>
        ) : (
          <Button disabled={entry.state === 'stopping'} onClick={() => steer('pause')}>
            <Pause size={12} aria-hidden /> Pause
          </Button>
        )}
        <Button look="danger" disabled={entry.state === 'stopping'} onClick={() => steer('stop')}>
          <Square size={12} aria-hidden /> Stop after this row
        </Button>
      </>
    );
  }
  const hasLeft = progress.done + progress.inDoubt < progress.total;
  return (
    <>
      {entry.resumable && <ResumeRun entry={entry} collectionId={collectionId} />}
      {hasLeft && (
        <Button onClick={() => void runRest(entry)}>
          <RotateCcw size={12} aria-hidden /> Run the rest
        </Button>
      )}
      {hasLeft && (
        <Button onClick={() => saveFrom(`/api/runs/${entry.id}/failed-rows`)}>
          <Download size={12} aria-hidden /> Rows not done
        </Button>
      )}
      <Reports id={entry.id} />
      <Forget entry={entry} />
    </>
  );
}

/** Takes the run from the list; of one that the app made, everything that is kept goes. */
function Forget({ entry }: { entry: RunEntry }) {
  return (
    <IconButton
      label={entry.origin === 'app' ? 'Delete this run' : 'Take this run from the list'}
      onClick={() =>
        void attempt(async () => {
          await call('DELETE /api/runs/{runId}', { path: { runId: entry.id } });
          showRun({ kind: 'build' });
        })
      }
    >
      <Trash2 size={14} />
    </IconButton>
  );
}

/** What is to be known of a run that is not over, or not wholly done. */
function Standing({ entry, progress }: { entry: RunEntry; progress: RunProgress }) {
  const { inDoubt } = progress;
  const isUnderWay = ['running', 'paused', 'stopping'].includes(entry.state);
  const note = 'mx-4 mt-3 rounded-md border border-line bg-sunken p-2.5 text-[12.5px]';
  return (
    <>
      {entry.origin === 'command-line' && (
        <p className={note}>
          This run belongs to the command line: what its requests were answered is told there.
          {entry.resumable && (
            <>
              {' '}
              Go on with it by{' '}
              <code className="font-mono select-all">castellan resume {entry.id.slice(0, 8)}</code>.
            </>
          )}
        </p>
      )}
      {entry.origin === 'app' && entry.resumable && isUnderWay && (
        <p className="mx-4 mt-2 text-sm text-ink-3">Journal on disk: every row is safe to resume.</p>
      )}
      {entry.origin === 'app' && entry.resumable && !isUnderWay && (
        <p className={note}>
          {entry.state === 'interrupted' && 'The workbench ended while this run was under way. '}
          Resume leaves rows that are over alone, and looks writes without an answer up before anything is
          sent again.
        </p>
      )}
      {entry.state === 'interrupted' && entry.origin === 'app' && !entry.resumable && (
        <p className={note}>
          The workbench ended while this run was under way. It carried variables from row to row and has no
          journal: the row that was under way may have been done.
        </p>
      )}
      {!isUnderWay && inDoubt > 0 && (
        <p className={note}>
          {inDoubt === 1 ? 'One row is' : `${inDoubt.toLocaleString('en')} rows are`} in doubt: a write left,
          and nobody knows whether it took effect. Look there before you send it again.
        </p>
      )}
    </>
  );
}

/** Begins another run of the same requests with the rows that were not done. */
async function runRest(entry: RunEntry): Promise<void> {
  const path = { runId: entry.id };
  await attempt(async () => {
    const { order } = await call('GET /api/runs/{runId}', { path });
    const data = await call('POST /api/runs/{runId}/rows-left', { path });
    showRun({
      kind: 'build',
      ...(order === undefined ? {} : { order }),
      ...(data.count === 0 ? {} : { data }),
    });
  });
}

function Reports({ id }: { id: string }) {
  return (
    <Menu.Root>
      <Menu.Trigger className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border border-line-strong bg-raised px-2.5 text-sm font-medium hover:bg-hover">
        <Download size={12} aria-hidden /> Report <ChevronDown size={12} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="z-50" align="end" sideOffset={4}>
          <Menu.Popup className="min-w-36 rounded-md border border-line bg-raised p-1 shadow-[var(--shadow-pop)]">
            {(['html', 'junit', 'json'] as const).map((format) => (
              <Menu.Item
                key={format}
                className="flex h-7 cursor-default items-center rounded-sm px-2 text-[12.5px] data-highlighted:bg-hover"
                onClick={() => saveFrom(`/api/runs/${id}/reports/${format}`)}
              >
                {{ html: 'HTML', junit: 'JUnit XML', json: 'JSON' }[format]}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Tiles({ progress, isOver }: { progress: RunProgress; isOver: boolean }) {
  const { done, failed, total, pace, finished, startedAt } = progress;
  const perSecond = (pace?.pace ?? 0) / 60;
  const left = pace?.timeLeft;
  const took = finished === undefined || startedAt === undefined ? undefined : finished.at - startedAt;
  return (
    <dl className="mx-4 mt-3 grid shrink-0 grid-cols-5 gap-3">
      <Tile name="Rows done" value={done.toLocaleString('en')}>
        of {total.toLocaleString('en')}
      </Tile>
      <Tile name="Failed" value={failed.toLocaleString('en')} isBad={failed > 0} />
      <Tile name="Sent again" value={(pace?.repeated ?? 0).toLocaleString('en')}>
        after 429 and 503
      </Tile>
      <Tile name="Pace" value={perSecond === 0 ? '–' : perSecond.toFixed(1)}>
        a second
      </Tile>
      {isOver ? (
        <Tile name="Took" value={took === undefined ? '–' : formatDuration(took)} />
      ) : (
        <Tile name="Left" value={left === undefined ? '–' : formatDuration(left)} />
      )}
    </dl>
  );
}

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly isBad?: boolean;
  readonly children?: ReactNode;
}

function Tile({ name, value, isBad = false, children }: TileProps) {
  return (
    <div className="rounded-lg border border-line px-3.5 py-2.5">
      <dt className="text-sm text-ink-3">{name}</dt>
      <dd className="truncate text-[12.5px]">
        <span className={`text-xl font-semibold tabular-nums ${isBad ? 'text-bad' : ''}`}>{value}</span>{' '}
        {children}
      </dd>
    </div>
  );
}

function Bar({ progress }: { progress: RunProgress }) {
  const share = (count: number) => `${progress.total === 0 ? 0 : (count / progress.total) * 100}%`;
  return (
    <div
      role="progressbar"
      aria-label="Rows"
      aria-valuemin={0}
      aria-valuemax={progress.total}
      aria-valuenow={progress.done + progress.failed}
      className="mx-4 mt-3.5 flex h-2 shrink-0 overflow-hidden rounded-full bg-active"
    >
      <span className="bg-accent" style={{ width: share(progress.done) }} />
      <span className="bg-bad" style={{ width: share(progress.failed) }} />
    </div>
  );
}

const MOST_TESTS = 500;

function FailedTests({ progress }: { progress: RunProgress }) {
  const failed = progress.rows.flatMap(({ row, label, failed: tests }) =>
    tests.map((test) => ({ row, label, test })),
  );
  return (
    <ul className="py-1">
      <li className="px-4 py-1.5 text-[12.5px] text-ink-2">
        {progress.passed.toLocaleString('en')} tests passed, {failed.length.toLocaleString('en')} failed.
      </li>
      {failed.slice(0, MOST_TESTS).map(({ row, label, test }) => (
        <li key={`${row} ${test}`} className="border-t border-line px-4 py-1.5 text-[12.5px]">
          <span className="mr-2 text-ink-3 tabular-nums">Row {row + 1}</span>
          <span className="mr-2 font-mono text-sm">{label}</span>
          <span className="text-bad">{test}</span>
        </li>
      ))}
    </ul>
  );
}
