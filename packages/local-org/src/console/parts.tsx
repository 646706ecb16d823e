import type { Child, PropsWithChildren } from 'hono/jsx';
import type { Visit } from './page.ts';

/** A form whose fields go to an action of the page. */
export function ActionForm({
  visit,
  action,
  label,
  className,
  children,
}: PropsWithChildren<{
  readonly visit: Visit;
  readonly action: string;
  readonly label?: string;
  readonly className?: string;
}>) {
  return (
    <form method="post" action={`${visit.path}/-/${action}`} aria-label={label} class={className}>
      <input type="hidden" name="csrf" value={visit.csrf} />
      {children}
    </form>
  );
}

interface ActionButtonProps {
  readonly visit: Visit;
  readonly action: string;
  /** Fields that the button sends along. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly look?: 'primary' | 'danger';
  /** What is asked before something that cannot be undone. */
  readonly confirm?: string;
  /** Where the text alone does not say what it acts on. */
  readonly label?: string;
}

/** One button that does one thing. */
export function ActionButton({
  visit,
  action,
  fields = {},
  look,
  confirm,
  label,
  children,
}: PropsWithChildren<ActionButtonProps>) {
  return (
    <ActionForm visit={visit} action={action} className="inline">
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class={look} data-confirm={confirm} aria-label={label}>
        {children}
      </button>
    </ActionForm>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | number | undefined;
  readonly type?: 'text' | 'email' | 'password' | 'number' | 'search' | 'url' | 'datetime-local';
  readonly required?: boolean;
  readonly hint?: string;
  readonly min?: number;
  readonly max?: number;
}

export function Field({ name, label, value, type = 'text', required, hint, min, max }: FieldProps) {
  return (
    <label>
      {label}
      <input
        name={name}
        type={type}
        value={value === undefined ? undefined : String(value)}
        required={required}
        min={min}
        max={max}
        autocomplete="off"
      />
      {hint === undefined ? undefined : <small>{hint}</small>}
    </label>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value?: string | undefined;
  readonly options: readonly (readonly [value: string, text: string])[];
}

export function Choice({ name, label, value, options }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        {options.map(([option, text]) => (
          <option value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Check({
  name,
  label,
  checked,
}: {
  readonly name: string;
  readonly label: string;
  readonly checked: boolean;
}) {
  return (
    <label class="check">
      <input type="checkbox" name={name} checked={checked} /> {label}
    </label>
  );
}

/** Something that opens below its title, closed at first unless what was sent has to be mended. */
export function Fold({
  title,
  open,
  children,
}: PropsWithChildren<{ readonly title: string; readonly open?: boolean }>) {
  return (
    <details open={open}>
      <summary class="button">{title}</summary>
      <div class="fold">{children}</div>
    </details>
  );
}

/** A table, or the sentence that says why there is none. */
export function Table<Row>({
  label,
  columns,
  rows,
  empty,
  heading = 0,
  cells,
}: {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly empty: Child;
  /** The column that names its row. */
  readonly heading?: number;
  /** What stands in the columns of a row. */
  readonly cells: (row: Row) => readonly Child[];
}) {
  if (rows.length === 0) return <p class="empty">{empty}</p>;
  return (
    <table aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th scope="col">{column === '' ? <span class="hidden">Actions</span> : column}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            {cells(row).map((cell, column) =>
              column === heading ? <th scope="row">{cell}</th> : <td>{cell}</td>,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What a list is searched by; other fields stand beside the text. */
export function Search({
  visit,
  label,
  children,
}: PropsWithChildren<{ readonly visit: Visit; readonly label: string }>) {
  return (
    <search>
      <form class="bar">
        <Field name="q" type="search" label={label} value={visit.query.get('q') ?? ''} />
        {children}
        <button>Search</button>
      </form>
    </search>
  );
}

/** The link to the next page of a list, and back to its begin. */
export function Pager({ visit, after }: { readonly visit: Visit; readonly after: string | undefined }) {
  const to = (cursor: string | undefined): string => {
    const query = new URLSearchParams(visit.query);
    if (cursor === undefined) query.delete('after');
    else query.set('after', cursor);
    return `${visit.path}?${query}`;
  };
  const isFirst = !visit.query.has('after');
  if (isFirst && after === undefined) return undefined;
  return (
    <p class="pager">
      {isFirst ? undefined : <a href={to(undefined)}>First page</a>}
      {after === undefined ? undefined : (
        <a href={to(after)} rel="next">
          Next page
        </a>
      )}
    </p>
  );
}

const GOOD = new Set(['ACTIVE', 'SUCCESS', 'ALLOW', 'approved']);
const BAD = new Set(['DEPROVISIONED', 'SUSPENDED', 'LOCKED_OUT', 'FAILURE', 'DENY', 'INVALID', 'rejected']);

/** A status in its colour; `PASSWORD_EXPIRED` reads as "Password expired". */
export function Status({ value }: { readonly value: string }) {
  const tone = GOOD.has(value) ? 'ok' : BAD.has(value) ? 'bad' : 'plain';
  const words = value.toLowerCase().replaceAll('_', ' ');
  return <span class={`pill ${tone}`}>{words.charAt(0).toUpperCase() + words.slice(1)}</span>;
}

/** A moment as a day and a time in UTC; nothing for one that has not come. */
export function When({
  at,
  only,
}: {
  readonly at: string | number | null | undefined;
  readonly only?: 'day';
}) {
  if (at === null || at === undefined) return <span class="faint">Never</span>;
  const date = new Date(at);
  const text = date.toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(only === 'day' ? {} : { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    timeZone: 'UTC',
  });
  return <time datetime={date.toISOString()}>{text}</time>;
}
