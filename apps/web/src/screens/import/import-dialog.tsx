import { Upload } from 'lucide-react';
import type { ImportPlan, ImportSource } from '@castellan/workbench/api';
import { useRef, useState } from 'react';
import { call } from '../../api.ts';
import { showDialog, tell } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';
import { TabStrip } from '../../ui/tabs.tsx';

const LARGEST = 50 * 1024 * 1024;

/** Brings collections and environments in: first what would be written, then the writing. */
export function ImportDialog() {
  const [plan, setPlan] = useState<ImportPlan | null>(null);
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  const read = async (makeSources: () => Promise<ImportSource[]>) => {
    setBusy(true);
    setProblem('');
    try {
      setPlan(await call('POST /api/imports', { body: { sources: await makeSources() } }));
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : 'This could not be read.');
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal title="Import" onClose={() => showDialog(null)}>
      {plan === null ? (
        <Sources isBusy={isBusy} onRead={(make) => void read(make)} />
      ) : (
        <Plan plan={plan} onBack={() => setPlan(null)} />
      )}
      {problem !== '' && (
        <p role="alert" className="m-4 mt-0 rounded-md bg-bad-soft p-2.5 text-[12.5px] text-bad">
          {problem}
        </p>
      )}
    </Modal>
  );
}

interface SourcesProps {
  readonly isBusy: boolean;
  readonly onRead: (makeSources: () => Promise<ImportSource[]>) => void;
}

function Sources({ isBusy, onRead }: SourcesProps) {
  const [url, setUrl] = useState('');
  const [text, setText] = useState('');
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const readFiles = (files: FileList | null) => {
    const list = [...(files ?? [])];
    if (list.length > 0) onRead(() => toSources(list));
  };
  const panes = [
    {
      name: 'File',
      content: () => (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping is an extra; the button does the same
        <div
          className={`m-4 flex flex-col items-center gap-3 rounded-lg border border-dashed p-10 ${isOver ? 'border-accent bg-accent-soft' : 'border-line-strong'}`}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            readFiles(event.dataTransfer.files);
          }}
        >
          <Upload size={22} className="text-ink-3" aria-hidden />
          <p className="text-ink-2">Drop collection or environment files here</p>
          <Button look="primary" disabled={isBusy} onClick={() => input.current?.click()}>
            {isBusy ? 'Reading …' : 'Choose files'}
          </Button>
          <input
            ref={input}
            type="file"
            multiple
            aria-label="Files to import"
            className="sr-only"
            tabIndex={-1}
            onChange={(event) => readFiles(event.target.files)}
          />
        </div>
      ),
    },
    {
      name: 'Link',
      content: () => (
        <form
          className="flex flex-col gap-3 p-4"
          onSubmit={(event) => {
            event.preventDefault();
            onRead(async () => [{ kind: 'link', url }]);
          }}
        >
          <label className="flex flex-col gap-1 text-sm text-ink-2">
            Link of a collection or environment file
            <input
              className="h-8 rounded-md border border-line-strong bg-raised px-2.5 font-mono text-ink"
              placeholder="https://"
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          </label>
          <Button look="primary" type="submit" className="self-end" disabled={isBusy || url.trim() === ''}>
            {isBusy ? 'Reading …' : 'Continue'}
          </Button>
        </form>
      ),
    },
    {
      name: 'Paste',
      content: () => (
        <form
          className="flex flex-col gap-3 p-4"
          onSubmit={(event) => {
            event.preventDefault();
            onRead(async () => [{ kind: 'text', text, name: 'Pasted text' }]);
          }}
        >
          <textarea
            aria-label="Text to import"
            placeholder="JSON of a collection or environment"
            className="h-48 resize-none rounded-md border border-line-strong bg-raised p-2.5 font-mono text-sm"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button look="primary" type="submit" className="self-end" disabled={isBusy || text.trim() === ''}>
            {isBusy ? 'Reading …' : 'Continue'}
          </Button>
        </form>
      ),
    },
  ];
  return <TabStrip label="Where from" panes={panes} />;
}

async function toSources(files: readonly File[]): Promise<ImportSource[]> {
  const large = files.find((file) => file.size > LARGEST);
  if (large !== undefined) {
    throw new Error(
      `${large.name} is larger than 50 MB. A collection of that size cannot be imported; split it.`,
    );
  }
  return Promise.all(
    files.map(async (file) => ({ kind: 'text' as const, name: file.name, text: await file.text() })),
  );
}

type Existing = 'keep-both' | 'replace' | 'skip';

function Plan({ plan, onBack }: { plan: ImportPlan; onBack: () => void }) {
  const [existing, setExisting] = useState<Existing>('keep-both');
  const [problem, setProblem] = useState('');
  const conflicts = plan.entries.filter((entry) => entry.exists).length;
  const apply = async () => {
    try {
      const result = await call('POST /api/imports/{planId}/apply', {
        path: { planId: plan.id },
        body: { existing },
      });
      const names = [...result.collections, ...result.environments].map(({ name }) => `“${name}”`);
      tell(names.length === 0 ? 'Nothing was imported.' : `Imported ${names.join(', ')}.`);
      showDialog(null);
    } catch (cause) {
      setProblem(cause instanceof Error ? cause.message : 'The import failed.');
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
            <li
              key={`${entry.kind} ${entry.name}`}
              className="rounded-md border border-line p-3 text-[12.5px]"
            >
              <p className="font-semibold">
                {entry.name}
                {entry.exists && (
                  <span className="ml-2 rounded-full bg-warn-soft px-1.5 text-xs text-warn">
                    already here
                  </span>
                )}
              </p>
              <p className="text-ink-2">
                {entry.kind === 'collection'
                  ? `Collection, ${entry.requests} requests in ${entry.folders} folders`
                  : `Environment, ${entry.values} values, ${entry.secrets} of them secret`}
                <span className="text-ink-3"> · {entry.format}</span>
              </p>
              {entry.notes.length > 0 && (
                <details className="mt-1">
                  <summary className="text-ink-2">{entry.notes.length} notes</summary>
                  <ul className="mt-1 list-disc pl-5 text-ink-2">
                    {entry.notes.slice(0, 100).map((note) => (
                      <li key={`${note.place} ${note.sentence}`}>
                        {note.place}: {note.sentence}
                      </li>
                    ))}
                  </ul>
                </details>
              )}
            </li>
          ))}
        </ul>
        {conflicts > 0 && (
          <label className="mt-3 flex items-center gap-2 text-[12.5px] text-ink-2">
            What is already here
            <select
              className="h-7 rounded-md border border-line-strong bg-raised px-2 text-ink"
              value={existing}
              onChange={(event) => setExisting(event.target.value as Existing) /* the options below */}
            >
              <option value="keep-both">keep both</option>
              <option value="replace">replace</option>
              <option value="skip">skip</option>
            </select>
          </label>
        )}
        {problem !== '' && (
          <p role="alert" className="mt-2 text-[12.5px] text-bad">
            {problem}
          </p>
        )}
      </div>
      <footer className="flex justify-end gap-2 border-t border-line p-3">
        <Button onClick={onBack}>Back</Button>
        {plan.entries.length > 0 && (
          <Button look="primary" onClick={() => void apply()}>
            Import {plan.entries.length}
          </Button>
        )}
      </footer>
    </>
  );
}
