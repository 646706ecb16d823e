import type { ImportChoices, ImportEntry, ImportPlan } from '@castellan/workbench/api';
import { useState, type ReactNode } from 'react';
import { call } from '../../api.ts';
import { showDialog, tell } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';

type EntryChoice = NonNullable<ImportChoices['entries']>[string];
type Existing = ImportChoices['existing'];

const MOST_LINES = 100;

/** What an import would write, entry by entry: what changes, what stays, what both sides changed, what can be mended. */
export function ImportPlanView({ plan, onBack }: { plan: ImportPlan; onBack: () => void }) {
  const [choices, setChoices] = useState<Readonly<Record<string, EntryChoice>>>({});
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);
  const apply = async () => {
    setBusy(true);
    try {
      const result = await call('POST /api/imports/{planId}/apply', {
        path: { planId: plan.id },
        body: { existing: 'update', entries: choices },
      });
      const written = [...result.collections, ...result.environments];
      const names = written.filter(({ state }) => state !== 'same').map(({ name }) => `“${name}”`);
      tell(names.length === 0 ? 'Nothing was changed.' : `Imported ${names.join(', ')}.`);
      showDialog(null);
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : 'The import failed.');
      setBusy(false);
    }
  };
  return (
    <>
      <div className="min-h-0 overflow-auto p-4">
        {plan.refused.map(({ source, sentence }) => (
          <p key={source} role="alert" className="mb-2 rounded-md bg-bad-soft p-2.5 text-[12.5px] text-bad">
            {source}: {sentence}
          </p>
        ))}
        <ul className="flex flex-col gap-2">
          {plan.entries.map((entry) => (
            <Entry
              key={entry.id}
              entry={entry}
              choice={choices[entry.id] ?? {}}
              onChoose={(choice) => setChoices({ ...choices, [entry.id]: choice })}
            />
          ))}
        </ul>
        {problem !== '' && (
          <p role="alert" className="mt-2 text-[12.5px] text-bad">
            {problem}
          </p>
        )}
      </div>
      <footer className="flex justify-end gap-2 border-t border-line p-3">
        <Button onClick={onBack}>Back</Button>
        {plan.entries.length > 0 && (
          <Button look="primary" disabled={isBusy} onClick={() => void apply()}>
            {isBusy ? 'Importing …' : `Import ${plan.entries.length}`}
          </Button>
        )}
      </footer>
    </>
  );
}

interface EntryProps {
  readonly entry: ImportEntry;
  readonly choice: EntryChoice;
  readonly onChoose: (choice: EntryChoice) => void;
}

function Entry({ entry, choice, onChoose }: EntryProps) {
  const existing = choice.existing ?? 'update';
  return (
    <li className="rounded-md border border-line p-3 text-[12.5px]">
      <div className="flex items-center gap-2">
        <p className="truncate font-semibold">{entry.name}</p>
        {entry.exists && <Mark state={entry.state} />}
        {entry.exists && (
          <select
            aria-label={`What happens to ${entry.name}`}
            className="ml-auto h-7 shrink-0 rounded-md border border-line-strong bg-raised px-2"
            value={existing}
            onChange={(event) => onChoose({ ...choice, existing: event.target.value as Existing })} // the options below
          >
            <option value="update">update, keep my edits</option>
            <option value="keep-both">keep both</option>
            <option value="replace">replace mine</option>
            <option value="skip">leave as it is</option>
          </select>
        )}
      </div>
      <p className="text-ink-2">
        {entry.kind === 'collection'
          ? `Collection, ${entry.requests} requests in ${entry.folders} folders`
          : `Environment, ${entry.values} values, ${entry.secrets} of them secret`}
        <span className="text-ink-3"> · {entry.format}</span>
      </p>
      {existing === 'update' && <Conflicts entry={entry} choice={choice} onChoose={onChoose} />}
      {existing === 'update' && (
        <>
          <Changes title="would change here" changes={entry.changes} />
          <Changes title="of your edits stay" changes={entry.kept} />
        </>
      )}
      <Repairs entry={entry} choice={choice} onChoose={onChoose} />
      {entry.drift !== undefined && entry.drift.unknown.length > 0 && (
        <Fold title={`${entry.drift.unknown.length} requests call what today’s API does not have`}>
          {entry.drift.unknown.slice(0, MOST_LINES).map(({ place, operation }) => (
            <li key={`${place} ${operation}`}>
              {place}: <span className="font-mono">{operation}</span>
            </li>
          ))}
        </Fold>
      )}
      {entry.notes.length > 0 && (
        <Fold title={`${entry.notes.length} notes`}>
          {entry.notes.slice(0, MOST_LINES).map((note) => (
            <li key={`${note.place} ${note.sentence}`}>
              {note.place}: {note.sentence}
            </li>
          ))}
        </Fold>
      )}
    </li>
  );
}

function Mark({ state }: { state: ImportEntry['state'] }) {
  const text = state === 'same' ? 'here, the same' : 'here, an older one';
  return (
    <span
      className={`shrink-0 rounded-full px-1.5 text-xs ${state === 'same' ? 'bg-active text-ink-2' : 'bg-warn-soft text-warn'}`}
    >
      {text}
    </span>
  );
}

function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="mt-1">
      <summary className="text-ink-2">{title}</summary>
      <ul className="mt-1 list-disc pl-5 text-ink-2">{children}</ul>
    </details>
  );
}

function Changes({ title, changes }: { title: string; changes: ImportEntry['changes'] }) {
  if (changes.length === 0) return null;
  return (
    <Fold title={`${changes.length} ${title}`}>
      {changes.slice(0, MOST_LINES).map(({ kind, place, parts }) => (
        <li key={`${kind} ${place}`}>
          {place}: {kind}
          {parts.length > 0 && ` (${parts.join(', ')})`}
        </li>
      ))}
    </Fold>
  );
}

/** What both sides changed: a person decides, and their own side stays until they do. */
function Conflicts({ entry, choice, onChoose }: EntryProps) {
  if (entry.conflicts.length === 0) return null;
  const decide = (id: string, side: 'mine' | 'theirs') =>
    onChoose({ ...choice, conflicts: { ...choice.conflicts, [id]: side } });
  return (
    <section aria-label={`Conflicts of ${entry.name}`} className="mt-2 rounded-md bg-warn-soft p-2.5">
      <p className="font-semibold">
        {entry.conflicts.length === 1
          ? 'One part was changed in the file and here'
          : `${entry.conflicts.length} parts were changed in the file and here`}
      </p>
      {entry.conflicts.map((conflict) => (
        <fieldset key={conflict.id} className="mt-2 min-w-0">
          <legend className="text-ink-2">
            {conflict.place}: {conflict.part}
          </legend>
          <div className="grid grid-cols-2 gap-2">
            {(['mine', 'theirs'] as const).map((side) => (
              <label
                key={side}
                className="flex min-w-0 items-start gap-2 rounded-sm border border-line bg-raised p-2"
              >
                <input
                  type="radio"
                  name={`${entry.id} ${conflict.id}`}
                  className="mt-0.5 accent-[var(--accent)]"
                  checked={(choice.conflicts?.[conflict.id] ?? 'mine') === side}
                  onChange={() => decide(conflict.id, side)}
                />
                <span className="min-w-0">
                  {side === 'mine' ? 'Keep mine' : 'Take the file’s'}
                  <span className="block max-h-24 overflow-auto font-mono text-sm break-words whitespace-pre-wrap text-ink-2">
                    {conflict[side] ?? 'deleted'}
                  </span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
    </section>
  );
}

/** What can be mended in an old collection, each with what it changes; nothing is mended unasked. */
function Repairs({ entry, choice, onChoose }: EntryProps) {
  if (entry.repairs.length === 0) return null;
  const chosen =
    choice.repairs ?? entry.repairs.filter((repair) => repair.chosen).map(({ id }): Chosen => ({ id }));
  const put = (repairs: readonly Chosen[]) => onChoose({ ...choice, repairs: [...repairs] });
  return (
    <section aria-label={`Repairs of ${entry.name}`} className="mt-2 flex flex-col gap-1.5">
      {entry.repairs.map(({ id, title, explanation, asks, places }) => {
        const own = chosen.find((one) => one.id === id);
        return (
          <div key={id} className="rounded-md border border-line p-2">
            <label className="flex items-start gap-2">
              <input
                type="checkbox"
                className="mt-0.5 accent-[var(--accent)]"
                checked={own !== undefined}
                onChange={(event) =>
                  put(event.target.checked ? [...chosen, { id }] : chosen.filter((one) => one.id !== id))
                }
              />
              <span>
                {title} <span className="text-ink-3">({places.length} places)</span>
                <span className="block text-ink-2">{explanation}</span>
              </span>
            </label>
            {asks !== undefined && own !== undefined && (
              <label className="mt-1.5 flex items-center gap-2 pl-6 text-ink-2">
                {asks}
                <input
                  className="h-7 min-w-0 flex-1 rounded-md border border-line-strong bg-raised px-2 font-mono text-sm text-ink"
                  value={own.answer ?? ''}
                  onChange={(event) =>
                    put(chosen.map((one) => (one.id === id ? { id, answer: event.target.value } : one)))
                  }
                />
              </label>
            )}
            {places.length > 0 && (
              <Fold title="What it changes">
                {places.slice(0, MOST_LINES).map(({ place, before, after }) => (
                  <li key={`${place} ${before}`} className="break-words">
                    {place}: <span className="font-mono text-bad">{before}</span> →{' '}
                    <span className="font-mono text-ok">{after}</span>
                  </li>
                ))}
              </Fold>
            )}
          </div>
        );
      })}
    </section>
  );
}

type Chosen = NonNullable<EntryChoice['repairs']>[number];
