import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OperationView } from '../../state/operations.ts';
import type { Tab } from '../../state/store.ts';
import { editItem } from '../../state/tabs.ts';
import { Button } from '../../ui/button.tsx';
import { Method } from '../../ui/method.tsx';
import { Prose } from '../../ui/prose.tsx';

const PLANS = [
  ['integrator', 'Integrator'],
  ['oneApp', 'One App'],
  ['enterprise', 'Enterprise'],
  ['workforce', 'Workforce'],
] as const;

/** What the operation does, takes, answers and costs, and the person's own notes below. */
export function DocsView({ tab, operation }: { tab: Tab; operation: OperationView | undefined }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-auto p-4 text-[12.5px]">
      {operation !== undefined && <Operation tab={tab} operation={operation} />}
      <section className="flex min-h-28 flex-1 flex-col">
        <h2 className="pb-1 text-sm font-semibold text-ink-2">Your notes</h2>
        <Notes tab={tab} />
      </section>
    </div>
  );
}

function Operation({ tab, operation }: { tab: Tab; operation: OperationView }) {
  const { limits, paging } = operation;
  return (
    <>
      <header>
        <h2 className="text-lg font-semibold">{operation.summary}</h2>
        <p className="mt-0.5 flex items-center gap-2 font-mono text-sm text-ink-2">
          <Method method={operation.method} />
          {operation.path}
        </p>
        {operation.description !== undefined && (
          <p className="mt-2 max-w-[68ch]">
            <Prose text={operation.description} />
          </p>
        )}
        {operation.isIrreversible && <p className="mt-2 text-bad">What this does cannot be taken back.</p>}
        {operation.isDeprecated && <p className="mt-2 text-warn">Okta advises against this operation.</p>}
        {operation.docs !== undefined && (
          <a
            href={operation.docs}
            target="_blank"
            rel="noreferrer"
            className="mt-2 inline-flex items-center gap-1 text-accent underline underline-offset-2"
          >
            Okta’s page about it <ExternalLink size={12} aria-hidden />
          </a>
        )}
      </header>
      <dl className="grid grid-cols-[120px_1fr] gap-x-4 gap-y-2">
        <Fact name="Proof">{operation.authentication}</Fact>
        <Fact name="Calls a minute">
          {limits === undefined
            ? 'Not counted.'
            : PLANS.map(([plan, label]) => `${label} ${limits[plan].toLocaleString('en')}`).join(' · ')}
        </Fact>
        {paging !== undefined && (
          <Fact name="Pages">
            {paging.defaultLimit} at a time, {paging.maxLimit.toLocaleString('en')} at most with limit
          </Fact>
        )}
        {operation.events.length > 0 && (
          <Fact name="System Log">
            <span className="font-mono text-sm">{operation.events.join(', ')}</span>
          </Fact>
        )}
      </dl>
      {operation.examples.length > 0 && (
        <section>
          <h3 className="pb-1.5 text-sm font-semibold text-ink-2">Bodies to begin with</h3>
          <div className="flex flex-wrap gap-1.5">
            {operation.examples.map(({ title, body }) => (
              <Button
                key={title}
                onClick={() =>
                  editItem(tab.id, (now) => ({
                    ...now,
                    request: { ...now.request, body: { kind: 'raw', text: body, language: 'json' } },
                  }))
                }
              >
                {title}
              </Button>
            ))}
          </div>
        </section>
      )}
      {operation.errors.length > 0 && (
        <section>
          <h3 className="pb-1.5 text-sm font-semibold text-ink-2">What it may refuse</h3>
          <table aria-label="Errors" className="w-full">
            <tbody>
              {operation.errors.map(({ code, status, summary, advice }) => (
                <tr key={code} className="border-t border-line align-top">
                  <th scope="row" className="w-28 py-1.5 text-left font-mono text-sm font-normal">
                    {status} {code}
                  </th>
                  <td className="py-1.5">
                    {summary}
                    {advice !== undefined && <span className="block text-ink-2">{advice}</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="text-ink-2">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Notes({ tab }: { tab: Tab }) {
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
      placeholder="What this request is for, in Markdown. It is saved with the request."
      className="min-h-24 flex-1 resize-none rounded-md border border-line bg-transparent p-2.5 text-[12.5px]"
      value={tab.item.request.description?.text ?? ''}
      onChange={(event) => change(event.target.value)}
    />
  );
}
