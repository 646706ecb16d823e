import { Upload } from 'lucide-react';
import type { ImportPlan, ImportSource } from '@castellan/workbench/api';
import { useRef, useState } from 'react';
import { call } from '../../api.ts';
import { showDialog } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { Modal } from '../../ui/modal.tsx';
import { TabStrip } from '../../ui/tabs.tsx';
import { ImportPlanView } from './import-plan.tsx';

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
    <Modal title="Import" width="w-[760px]" onClose={() => showDialog(null)}>
      {plan === null ? (
        <Sources isBusy={isBusy} onRead={(make) => void read(make)} />
      ) : (
        <ImportPlanView plan={plan} onBack={() => setPlan(null)} />
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
          <p className="text-ink-2">
            Drop files here: Postman, OpenAPI, Insomnia, Bruno, curl, HAR, or a zip of them
          </p>
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
  return Promise.all(files.map(toSource));
}

async function toSource(file: File): Promise<ImportSource> {
  const { name } = file;
  if (!/\.zip$/i.test(name)) return { kind: 'text', name, text: await file.text() };
  return { kind: 'bytes', name, base64: await toBase64(file) };
}

function toBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // `data:application/zip;base64,` stands before the bytes.
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(new Error(`${file.name} cannot be read.`)));
    reader.readAsDataURL(file);
  });
}
