import { editItem, type Item, type Tab } from '../../state/store.ts';
import { withQuery } from '../../state/url.ts';
import type { KnownVariable } from '../../state/variables.ts';
import { FieldTable } from '../../ui/field-table.tsx';
import { LazyEditor } from '../../ui/lazy-editor.tsx';
import { TabStrip } from '../../ui/tabs.tsx';
import { AuthForm } from './auth-form.tsx';
import { BodyForm } from './body-form.tsx';

interface RequestPartsProps {
  readonly tab: Tab;
  readonly variables: ReadonlyMap<string, KnownVariable>;
}

/** What a request is made of, each part with its own tab. */
export function RequestParts({ tab, variables }: RequestPartsProps) {
  const { item } = tab;
  const { request } = item;
  const edit = (part: Partial<Item['request']>) =>
    editItem(tab.id, (now) => ({ ...now, request: { ...now.request, ...part } }));
  const on = (rows: readonly { disabled?: boolean }[]) => rows.filter((row) => !row.disabled).length;
  const parameters = on(request.url.query) + request.url.pathVariables.length;
  const scripts = item.scripts.filter((script) => script.source.trim() !== '').length;
  return (
    <TabStrip
      label="Request parts"
      panes={[
        {
          name: 'Params',
          ...(parameters === 0 ? {} : { badge: parameters }),
          content: () => (
            <>
              <FieldTable
                label="Query parameters"
                rows={request.url.query}
                onChange={(query) => edit({ url: withQuery(request.url, query) })}
                createRow={(key, value) => ({ key, value })}
              />
              {request.url.pathVariables.length > 0 && (
                <>
                  <h2 className="px-4 pt-4 pb-1 text-sm font-semibold text-ink-2">Path variables</h2>
                  <FieldTable
                    label="Path variables"
                    isFixed
                    rows={request.url.pathVariables.map((variable) => ({
                      ...variable,
                      value: String(variable.value ?? ''),
                    }))}
                    onChange={(rows) =>
                      edit({
                        url: {
                          ...request.url,
                          pathVariables: rows.map((row) => ({
                            ...row,
                            key: row.key ?? '',
                            value: row.value ?? '',
                          })),
                        },
                      })
                    }
                    createRow={(key, value) => ({ key, value })}
                  />
                </>
              )}
            </>
          ),
        },
        { name: 'Auth', content: () => <AuthForm tab={tab} variables={variables} /> },
        {
          name: 'Headers',
          ...(request.headers.length === 0 ? {} : { badge: on(request.headers) }),
          content: () => (
            <FieldTable
              label="Request headers"
              rows={request.headers}
              onChange={(headers) => edit({ headers })}
              createRow={(key, value) => ({ key, value })}
            />
          ),
        },
        {
          name: 'Body',
          ...(request.body === undefined ? {} : { badge: '•' }),
          content: () => <BodyForm tab={tab} />,
        },
        {
          name: 'Scripts',
          ...(scripts === 0 ? {} : { badge: scripts }),
          content: () => <ScriptsForm tab={tab} />,
        },
        { name: 'Docs', content: () => <Docs tab={tab} /> },
      ]}
    />
  );
}

function ScriptsForm({ tab }: { tab: Tab }) {
  const source = (listen: 'prerequest' | 'test') =>
    tab.item.scripts.find((script) => script.listen === listen)?.source ?? '';
  const change = (listen: 'prerequest' | 'test', text: string) =>
    editItem(tab.id, (now) => {
      const at = now.scripts.findIndex((script) => script.listen === listen);
      if (at === -1)
        return text === '' ? now : { ...now, scripts: [...now.scripts, { listen, source: text }] };
      return {
        ...now,
        scripts: now.scripts.map((script, index) => (index === at ? { ...script, source: text } : script)),
      };
    });
  return (
    <div className="grid min-h-0 flex-1 grid-rows-2">
      {(['prerequest', 'test'] as const).map((listen) => (
        <div key={listen} className="flex min-h-0 flex-col border-b border-line">
          <h2 className="px-4 pt-2 text-sm font-semibold text-ink-2">
            {listen === 'prerequest' ? 'Before the request' : 'After the answer'}
          </h2>
          <LazyEditor
            label={listen === 'prerequest' ? 'Pre-request script' : 'Test script'}
            language="text"
            value={source(listen)}
            onChange={(text) => change(listen, text)}
          />
        </div>
      ))}
    </div>
  );
}

function Docs({ tab }: { tab: Tab }) {
  const own = tab.item.request.description?.text ?? '';
  const change = (text: string) =>
    editItem(tab.id, (now) => {
      const { description, ...request } = now.request;
      if (text === '') return { ...now, request };
      const next = { ...(description ?? { type: 'text/markdown', form: 'text' as const }), text };
      return { ...now, request: { ...request, description: next } };
    });
  return (
    <textarea
      aria-label="Description"
      placeholder="What this request is for, in Markdown."
      className="min-h-0 flex-1 resize-none bg-transparent p-4 text-[12.5px]"
      value={own}
      onChange={(event) => change(event.target.value)}
    />
  );
}
