import { useMemo } from 'react';
import type { Item, Tab } from '../../state/store.ts';
import { editItem } from '../../state/tabs.ts';
import type { KnownVariable } from '../../state/variables.ts';
import { FieldTable } from '../../ui/field-table.tsx';
import { LazyEditor } from '../../ui/lazy-editor.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import type { Operations } from '../../ui/use-operations.ts';
import { VariableInput } from '../../ui/variable-input.tsx';

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

interface BodyFormProps {
  readonly tab: Tab;
  readonly variables: ReadonlyMap<string, KnownVariable>;
  readonly operations: Operations | undefined;
}

/** The body in the kind that it is written in; JSON is compared with what the operation reads. */
export function BodyForm({ tab, variables, operations }: BodyFormProps) {
  const { body, method, url } = tab.item.request;
  const check = useMemo(
    () =>
      operations === undefined
        ? undefined
        : (text: string) => operations.checkBody(method, url.raw, withoutVariables(text)),
    [operations, method, url.raw],
  );
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
      <Editor body={body} variables={variables} check={check} onChange={change} />
      {body?.kind === 'raw' && isJson(body) && <Problems problems={check?.(body.text) ?? []} />}
    </>
  );
}

/** What the operation would refuse, in words below the text. */
function Problems({ problems }: { problems: ReturnType<Operations['checkBody']> }) {
  if (problems.length === 0) return null;
  return (
    <div
      role="status"
      aria-label="What the operation would refuse"
      className="max-h-28 shrink-0 overflow-auto border-t border-line bg-warn-soft px-4 py-1.5 text-sm"
    >
      {problems.map(({ path, sentence }) => (
        <p key={`${path.join('.')} ${sentence}`}>
          <span className="font-mono">{path.join('.') || 'The body'}</span>: {sentence}
        </p>
      ))}
    </div>
  );
}

const LANGUAGES = ['json', 'xml', 'html', 'text', 'javascript'];

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
      <select
        aria-label="Language of the body"
        className="h-7 rounded-md border border-line-strong bg-raised px-2 text-sm"
        value={body.language ?? (isJson(body) ? 'json' : 'text')}
        onChange={(event) => onChange({ ...body, language: event.target.value })}
      >
        {LANGUAGES.map((language) => (
          <option key={language}>{language}</option>
        ))}
      </select>
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

interface EditorProps {
  readonly body: Body | undefined;
  readonly variables: ReadonlyMap<string, KnownVariable>;
  readonly check: ((text: string) => ReturnType<Operations['checkBody']>) | undefined;
  readonly onChange: (body: Body) => void;
}

function Editor({ body, variables, check, onChange }: EditorProps) {
  switch (body?.kind) {
    case undefined:
      return <Empty title="No body">Choose a kind of body above to write one.</Empty>;
    case 'raw':
      return (
        <LazyEditor
          label="Request body"
          language={isJson(body) ? 'json' : 'text'}
          value={body.text}
          variables={variables}
          check={check}
          onChange={(text) => onChange({ ...body, text })}
        />
      );
    case 'urlencoded':
      return (
        <FieldTable
          label="Form fields"
          rows={body.fields}
          variables={variables}
          onChange={(fields) => onChange({ ...body, fields })}
          createRow={(key, value) => ({ key, value })}
        />
      );
    case 'formdata':
      return (
        <FieldTable
          label="Form fields"
          rows={body.fields}
          variables={variables}
          onChange={(fields) => onChange({ ...body, fields })}
          createRow={(key, value) => ({ key, value, type: 'text' as const })}
          drawValue={(row, change) => (
            <FormValue row={row} variables={variables} onChange={(next) => change(next)} />
          )}
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
        <div className="grid min-h-0 flex-1 grid-rows-[2fr_1fr]">
          <LazyEditor
            label="GraphQL query"
            language="text"
            value={body.query}
            variables={variables}
            onChange={(query) => onChange({ ...body, query })}
          />
          <div className="flex min-h-0 flex-col border-t border-line">
            <h2 className="px-4 pt-2 text-sm font-semibold text-ink-2">Variables</h2>
            <LazyEditor
              label="GraphQL variables"
              language="json"
              value={body.variables ?? ''}
              variables={variables}
              onChange={(text) => onChange({ ...body, variables: text })}
            />
          </div>
        </div>
      );
  }
}

type FormField = Extract<Body, { kind: 'formdata' }>['fields'][number];

interface FormValueProps {
  readonly row: FormField;
  readonly variables: ReadonlyMap<string, KnownVariable>;
  readonly onChange: (row: FormField) => void;
}

/** The value of a form field: text, or the path of a file. */
function FormValue({ row, variables, onChange }: FormValueProps) {
  const isFile = row.type === 'file';
  return (
    <div className="flex h-8 items-center">
      <select
        aria-label={`Kind of ${row.key ?? 'field'}`}
        className="h-7 shrink-0 bg-raised text-sm"
        value={row.type}
        onChange={(event) => onChange({ ...row, type: event.target.value === 'file' ? 'file' : 'text' })}
      >
        <option value="text">Text</option>
        <option value="file">File</option>
      </select>
      <VariableInput
        label={isFile ? `Path of ${row.key ?? 'file'}` : `Value of ${row.key ?? ''}`}
        value={isFile ? (row.source?.[0] ?? '') : (row.value ?? '')}
        variables={variables}
        placeholder={isFile ? 'Path, from where Castellan was started' : ''}
        onChange={(value) => onChange(isFile ? { ...row, source: [value] } : { ...row, value })}
      />
    </div>
  );
}

function isJson(body: Extract<Body, { kind: 'raw' }>): boolean {
  return body.language === 'json' || (body.language === undefined && /^\s*[[{]/.test(body.text));
}

/** Variables may stand where JSON wants a value; each gives way to a text that says that it was one. */
function withoutVariables(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\{\{[^{}]+\}\}/g, (part) =>
    part.startsWith('{{') ? JSON.stringify(part) : part,
  );
}

function findJsonProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    JSON.parse(withoutVariables(text));
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
