import { useQuery } from '@tanstack/react-query';
import type { RunEntry } from '@castellan/workbench/api';
import { Check, Circle, GitCompare, Pause, Plus, SquareTerminal, X } from 'lucide-react';
import { useState } from 'react';
import { runsQuery } from '../../api.ts';
import { showRun, useStore } from '../../state/store.ts';
import { Button, IconButton } from '../../ui/button.tsx';

const time = new Intl.DateTimeFormat('en', { dateStyle: 'short', timeStyle: 'short' });

/** Past runs and those that go on, newest first; two of them can be compared. */
export function RunList() {
  const runs = useQuery(runsQuery).data?.runs ?? [];
  const shown = useStore((state) => state.run);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [first, second] = chosen;
  return (
    <nav aria-label="Runs" className="flex min-h-0 min-w-0 flex-1 flex-col pt-2">
      <div className="flex items-center pr-1.5 pl-3">
        <h2 className="text-xs font-semibold text-ink-2">Runs</h2>
        <IconButton label="New run" className="ml-auto" onClick={() => showRun({ kind: 'build' })}>
          <Plus size={14} />
        </IconButton>
      </div>
      {runs.length === 0 && (
        <p className="px-3 pt-2 text-sm text-ink-2">
          No runs yet. A run sends a collection or folder once, or once for each row of a file.
        </p>
      )}
      <ul className="min-h-0 flex-1 overflow-auto px-1.5">
        {runs.map((run) => (
          <li key={run.id} className="group flex items-center">
            <button
              type="button"
              aria-current={shown.kind === 'view' && shown.id === run.id ? 'true' : undefined}
              title={time.format(run.at)}
              className={`flex h-7 min-w-0 flex-1 items-center gap-2 rounded-sm px-2 text-left text-[12.5px] ${shown.kind === 'view' && shown.id === run.id ? 'bg-active' : 'hover:bg-hover'}`}
              onClick={() => showRun({ kind: 'view', id: run.id })}
            >
              <StatePicture run={run} />
              <span className="truncate">{run.name}</span>
              {run.origin === 'command-line' && (
                <SquareTerminal size={12} aria-label="of the command line" className="shrink-0 text-ink-3" />
              )}
              <span className="ml-auto shrink-0 text-xs text-ink-3">{toNote(run)}</span>
            </button>
            <input
              type="checkbox"
              aria-label={`Compare ${run.name}, ${time.format(run.at)}`}
              className="mx-1 accent-[var(--accent)]"
              checked={chosen.includes(run.id)}
              onChange={() =>
                setChosen(
                  chosen.includes(run.id)
                    ? chosen.filter((id) => id !== run.id)
                    : [...chosen, run.id].slice(-2),
                )
              }
            />
          </li>
        ))}
      </ul>
      {first !== undefined && (
        <div className="border-t border-line p-2">
          <Button
            className="w-full"
            disabled={second === undefined}
            onClick={() => second !== undefined && showRun({ kind: 'compare', first, second })}
          >
            <GitCompare size={13} aria-hidden />
            {second === undefined ? 'Choose another to compare' : 'Compare the two'}
          </Button>
        </div>
      )}
    </nav>
  );
}

function StatePicture({ run }: { run: RunEntry }) {
  switch (run.state) {
    case 'running':
    case 'stopping':
      return <Circle size={9} aria-label="running" className="shrink-0 fill-accent text-accent" />;
    case 'paused':
      return <Pause size={11} aria-label="paused" className="shrink-0 text-warn" />;
    default:
      return run.state === 'completed' && run.failed === 0 ? (
        <Check size={12} aria-label="completed" className="shrink-0 text-ok" />
      ) : (
        <X size={12} aria-label="not all done" className="shrink-0 text-bad" />
      );
  }
}

function toNote(run: RunEntry): string {
  if (run.state === 'running' || run.state === 'paused' || run.state === 'stopping') return run.state;
  if (run.state === 'interrupted' || run.state === 'stopped') return run.state;
  return run.failed > 0 ? `${run.failed.toLocaleString('en')} failed` : run.done.toLocaleString('en');
}
