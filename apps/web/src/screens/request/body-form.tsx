import { editItem, type Item, type Tab } from '../../state/store.ts';
import { FieldTable } from '../../ui/field-table.tsx';
import { LazyEditor } from '../../ui/lazy-editor.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';

type Body = NonNullable<Item['request']['body']>;

const KINDS: Readonly<Record<Body['kind'] | 'none', string>> = {
  none: 'None',
  raw: 'Raw',
  urlencoded: 'URL-encoded form',
  formdata: 'Form data',
  file: 'File',
  graphql: 'GraphQL',
};

function create(kind: string): Body | undefined {
  switch (kind) {
    case 'raw':
      return { kind: 'raw', text: '', language: 'json' };
    case 'urlencoded':
      return { kind: 'urlencoded', fields: [] };
    case 'formdata':
      return { kind: 'formdata', fields: [] };
    case 'file':
      return { kind: 'file', source: '' };
    case 'graphql':
      return { kind: 'graphql', query: '', variables: '' };
    default:
      return undefined;
  }
}

export function BodyForm({ tab }: { tab: Tab }) {
  const { body } = tab.item.request;
  const change = (next: Body | undefined) =>
    editItem(tab.id, (now) => {
      const { body: _before, ...request } = now.request;
      return { ...now, request: next === undefined ? request : { ...request, body: next } };
    });
  return (
    <>
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-4 py-1.5">
        <select
          aria-label="Kind of body"
          className="h-7 rounded-md border border-line-strong bg-raised px-2 text-sm"
          value={body?.kind ?? 'none'}
          onChange={(event) => change(create(event.target.value))}
        >
          {Object.entries(KINDS).map(([kind, label]) => (
            <option key={kind} value={kind}>
              {label}
            </option>
          ))}
        </select>
        {body?.kind === 'raw' && <RawTools body={body} onChange={change} />}
      </div>
      <Editor body={body} onChange={change} />
    </>
  );
}

function RawTools({
  body,
  onChange,
}: {
  body: Extract<Body, { kind: 'raw' }>;
  onChange: (body: Body) => void;
}) {
  const problem = isJson(body) ? findJsonProblem(body.text) : undefined;
  return (
    <>
      {isJson(body) && (
        <Button
          look="ghost"
          disabled={problem !== undefined}
          onClick={() => onChange({ ...body, text: reformat(body.text) })}
        >
          Format
        </Button>
      )}
      {problem !== undefined && <span className="truncate text-sm text-bad">{problem}</span>}
    </>
  );
}

function Editor({ body, onChange }: { body: Body | undefined; onChange: (body: Body) => void }) {
  switch (body?.kind) {
    case undefined:
      return <Empty title="No body">Choose a kind of body above to write one.</Empty>;
    case 'raw':
      return (
        <LazyEditor
          label="Request body"
          language={isJson(body) ? 'json' : 'text'}
          value={body.text}
          onChange={(text) => onChange({ ...body, text })}
        />
      );
    case 'urlencoded':
      return (
        <FieldTable
          label="Form fields"
          rows={body.fields}
          onChange={(fields) => onChange({ ...body, fields })}
          createRow={(key, value) => ({ key, value })}
        />
      );
    case 'formdata':
      return (
        <FieldTable
          label="Form fields"
          rows={body.fields}
          onChange={(fields) => onChange({ ...body, fields })}
          createRow={(key, value) => ({ key, value, type: 'text' as const })}
        />
      );
    case 'file':
      return (
        <label className="flex flex-col gap-1 p-4 text-[12.5px] text-ink-2">
          Path of the file, from where Castellan was started
          <input
            className="h-8 rounded-md border border-line-strong bg-raised px-2 font-mono text-sm text-ink"
            value={body.source ?? ''}
            onChange={(event) => onChange({ ...body, source: event.target.value })}
          />
        </label>
      );
    case 'graphql':
      return (
        <LazyEditor
          label="GraphQL query"
          language="text"
          value={body.query}
          onChange={(query) => onChange({ ...body, query })}
        />
      );
  }
}

function isJson(body: Extract<Body, { kind: 'raw' }>): boolean {
  return body.language === 'json' || (body.language === undefined && /^\s*[[{]/.test(body.text));
}

/** Variables may stand where JSON wants a value, so they count as one. */
function findJsonProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    JSON.parse(
      text.replace(/"(?:[^"\\]|\\.)*"|\{\{[^{}]+\}\}/g, (part) => (part.startsWith('{{') ? '0' : part)),
    );
    return undefined;
  } catch (cause) {
    return cause instanceof Error ? `Not JSON: ${cause.message}` : 'Not JSON.';
  }
}

function reformat(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // With bare variables it is no JSON until it is sent; it stays as it is.
    return text;
  }
}
