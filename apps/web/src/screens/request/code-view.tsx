import { useQuery } from '@tanstack/react-query';
import { Copy } from 'lucide-react';
import { useDeferredValue } from 'react';
import { call, codeLanguagesQuery } from '../../api.ts';
import { attempt, chooseCodeTarget, tell, useStore, type Tab } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';
import { LazyEditor } from '../../ui/lazy-editor.tsx';

/** The request as code in a language of choice. The server writes it, and leaves secrets as variables. */
export function CodeView({ tab }: { tab: Tab }) {
  const languages = useQuery(codeLanguagesQuery).data?.languages ?? [];
  const chosen = useStore((state) => state.codeTarget);
  const environmentId = useStore((state) => state.environmentId);
  const target = languages.find(({ name }) => name === chosen) ?? languages[0];
  const item = useDeferredValue(tab.item);
  const { data, error } = useQuery({
    queryKey: ['environments', 'code', tab.collectionId, item, environmentId, target?.name],
    queryFn: () =>
      call('POST /api/code', {
        body: { collectionId: tab.collectionId, item, environmentId, target: target?.name ?? '' },
      }),
    enabled: target !== undefined,
    placeholderData: (before) => before,
    gcTime: 0,
  });
  const copy = () =>
    attempt(async () => {
      await navigator.clipboard.writeText(data?.code ?? '');
      tell('Copied the code.');
    });
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-4 py-2 text-[12.5px]">
        <select
          aria-label="Language"
          className="h-7 rounded-md border border-line-strong bg-raised px-2"
          value={target?.name ?? ''}
          onChange={(event) => chooseCodeTarget(event.target.value)}
        >
          {languages.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
        <span className="truncate text-ink-3">Secrets stay variables; fill them in where you run it.</span>
        <Button
          className="ml-auto"
          disabled={data === undefined || error !== null}
          onClick={() => void copy()}
        >
          <Copy size={12} aria-hidden /> Copy
        </Button>
      </div>
      {error !== null && (
        <p role="alert" className="m-4 text-[12.5px] text-bad">
          {error.message}
        </p>
      )}
      {error === null && data !== undefined && (
        <LazyEditor
          label="Code"
          language={data.language === 'javascript' ? 'javascript' : 'text'}
          value={data.code}
        />
      )}
    </>
  );
}
