import { memo, useMemo } from 'react';
import type { Item, Tab } from '../../state/store.ts';
import { editItem, isSameRequest } from '../../state/tabs.ts';
import { withQuery } from '../../state/url.ts';
import type { KnownVariable } from '../../state/variables.ts';
import { AuthForm } from '../../ui/auth-form.tsx';
import { FieldEditor } from '../../ui/field-editor.tsx';
import { FieldTable } from '../../ui/field-table.tsx';
import { namesWithScripts, ScriptsEditor } from '../../ui/scripts-editor.tsx';
import { TabStrip } from '../../ui/tabs.tsx';
import { useOperations } from '../../ui/use-operations.ts';
import { BodyForm } from './body-form.tsx';
import { CodeView } from './code-view.tsx';
import { DocsView } from './docs-view.tsx';
import { ExamplesView } from './examples-view.tsx';
import { SettingsForm } from './settings-form.tsx';

interface RequestPartsProps {
  readonly tab: Tab;
  readonly variables: ReadonlyMap<string, KnownVariable>;
}

/** What a request is made of, each part with its own tab. An answer changes nothing here. */
export const RequestParts = memo(
  Parts,
  (before, now) => isSameRequest(before.tab, now.tab) && before.variables === now.variables,
);

function Parts({ tab, variables }: RequestPartsProps) {
  const { item } = tab;
  const { request } = item;
  const operations = useOperations();
  const operation = useMemo(
    () => operations?.findOperation(request.method, request.url.raw),
    [operations, request.method, request.url.raw],
  );
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
              <FieldEditor
                label="Query parameters"
                rows={request.url.query}
                variables={variables}
                offers={operation?.parameters ?? []}
                onChange={(query) => edit({ url: withQuery(request.url, query) })}
                createRow={(key, value) => ({ key, value })}
              />
              {request.url.pathVariables.length > 0 && (
                <>
                  <h2 className="px-4 pt-4 pb-1 text-sm font-semibold text-ink-2">Path variables</h2>
                  <FieldTable
                    label="Path variables"
                    isFixed
                    variables={variables}
                    rows={request.url.pathVariables.map((variable) => ({
                      ...variable,
                      value: String(variable.value ?? ''),
                    }))}
                    onChange={(rows) => edit({ url: { ...request.url, pathVariables: rows } })}
                    createRow={(key, value) => ({ key, value })}
                  />
                </>
              )}
            </>
          ),
        },
        {
          name: 'Auth',
          ...(request.auth === undefined ? {} : { badge: '•' }),
          content: () => (
            <AuthForm
              auth={request.auth}
              levels={tab.levels}
              variables={variables}
              onChange={(auth) =>
                editItem(tab.id, (now) => {
                  const { auth: _before, ...rest } = now.request;
                  return { ...now, request: auth === undefined ? rest : { ...rest, auth } };
                })
              }
            />
          ),
        },
        {
          name: 'Headers',
          ...(request.headers.length === 0 ? {} : { badge: on(request.headers) }),
          content: () => (
            <FieldEditor
              label="Request headers"
              rows={request.headers}
              variables={variables}
              onChange={(headers) => edit({ headers })}
              createRow={(key, value) => ({ key, value })}
            />
          ),
        },
        {
          name: 'Body',
          ...(request.body === undefined ? {} : { badge: '•' }),
          content: () => <BodyForm tab={tab} variables={variables} operations={operations} />,
        },
        {
          name: 'Scripts',
          ...(scripts === 0 ? {} : { badge: scripts }),
          content: () => (
            <ScriptsEditor
              scripts={item.scripts}
              around={namesWithScripts(tab.levels)}
              onChange={(changed) => editItem(tab.id, (now) => ({ ...now, scripts: changed }))}
            />
          ),
        },
        { name: 'Docs', content: () => <DocsView tab={tab} operation={operation} /> },
        { name: 'Code', content: () => <CodeView tab={tab} /> },
        {
          name: 'Examples',
          ...(item.examples.length === 0 ? {} : { badge: item.examples.length }),
          content: () => <ExamplesView tab={tab} />,
        },
        {
          name: 'Settings',
          ...(Object.keys(item.settings ?? {}).length === 0 ? {} : { badge: '•' }),
          content: () => <SettingsForm tab={tab} />,
        },
      ]}
    />
  );
}
