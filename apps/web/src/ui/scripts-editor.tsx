import { Menu } from '@base-ui/react/menu';
import type { Level } from '@castellan/workbench/api';
import { LazyEditor } from './lazy-editor.tsx';
import { SNIPPETS, toCode } from './script-snippets.ts';

type Script = Level['scripts'][number];

const EDITORS = [
  { listen: 'prerequest', title: 'Before the request', label: 'Pre-request script' },
  { listen: 'test', title: 'After the answer', label: 'Test script' },
] as const;

interface ScriptsEditorProps {
  readonly scripts: readonly Script[];
  readonly onChange: (scripts: Script[]) => void;
  /** Names of the levels around that run a script before this one. */
  readonly around: Readonly<Record<Script['listen'], readonly string[]>>;
}

/** The two scripts of a request, folder or collection. */
export function ScriptsEditor({ scripts, onChange, around }: ScriptsEditorProps) {
  const change = (listen: Script['listen'], source: string) => {
    const at = scripts.findIndex((script) => script.listen === listen);
    if (at !== -1) onChange(scripts.map((script, index) => (index === at ? { ...script, source } : script)));
    else if (source !== '') onChange([...scripts, { listen, source }]);
  };
  const sourceOf = (listen: Script['listen']) =>
    scripts.find((script) => script.listen === listen)?.source ?? '';
  return (
    <div className="grid min-h-0 flex-1 grid-rows-2">
      {EDITORS.map(({ listen, title, label }) => (
        <div key={listen} className="flex min-h-0 flex-col border-b border-line">
          <h2 className="flex items-baseline gap-2 px-4 pt-2 text-sm font-semibold text-ink-2">
            {title}
            {around[listen].length > 0 && (
              <span className="font-normal text-ink-3">
                after the script of {around[listen].map((name) => `“${name}”`).join(', ')}
              </span>
            )}
            <Snippets
              title={title}
              listen={listen}
              onChoose={(code) => change(listen, append(sourceOf(listen), code))}
            />
          </h2>
          <LazyEditor
            label={label}
            language="javascript"
            value={sourceOf(listen)}
            onChange={(text) => change(listen, text)}
          />
        </div>
      ))}
    </div>
  );
}

const append = (source: string, code: string): string =>
  source.trim() === '' ? code : `${source.trimEnd()}\n\n${code}`;

interface SnippetsProps {
  readonly title: string;
  readonly listen: Script['listen'];
  readonly onChoose: (code: string) => void;
}

/** Pieces of script to begin from. */
function Snippets({ title, listen, onChoose }: SnippetsProps) {
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`Snippets: ${title}`}
        className="ml-auto rounded-sm px-1.5 font-normal text-ink-2 hover:bg-hover hover:text-ink"
      >
        Snippets
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="z-50" align="end">
          <Menu.Popup className="rounded-md border border-line bg-raised p-1 shadow-[var(--shadow-pop)]">
            {SNIPPETS.filter((snippet) => snippet.listen === listen).map((snippet) => (
              <Menu.Item
                key={snippet.label}
                className="flex h-7 cursor-default items-center rounded-sm px-2 text-[12.5px] data-highlighted:bg-hover"
                onClick={() => onChoose(toCode(snippet))}
              >
                {snippet.label}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

/** Which of these levels have a script of their own, by when it runs. */
export function namesWithScripts(
  levels: readonly Level[],
): Readonly<Record<Script['listen'], readonly string[]>> {
  const named = (listen: Script['listen']) =>
    levels
      .filter(({ scripts }) =>
        scripts.some((script) => script.listen === listen && script.source.trim() !== ''),
      )
      .map(({ name }) => name);
  return { prerequest: named('prerequest'), test: named('test') };
}
