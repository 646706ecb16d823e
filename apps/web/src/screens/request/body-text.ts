export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function formatTime(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** Rows and columns of a list of objects. */
export interface Table {
  /** What tells rows apart first, those of `profile` next; at the end those that no row has. */
  readonly columns: readonly string[];
  /** How many of the columns have values. */
  readonly filled: number;
  readonly rows: readonly Record<string, string>[];
}

/** @param declared columns that the operation says there may be */
export function toTable(json: unknown, declared: readonly string[] = []): Table | undefined {
  if (!Array.isArray(json) || json.length === 0) return undefined;
  const rows = json.map(flatten);
  const counts = new Map<string, number>();
  for (const row of rows) for (const key of Object.keys(row)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const columns = [...counts.keys()].sort((a, b) => rankColumn(a) - rankColumn(b));
  if (columns.length === 0) return undefined;
  const empty = declared.filter((name) => !counts.has(name) && !name.startsWith('_'));
  return { columns: [...columns, ...empty], filled: columns.length, rows };
}

const FIRST = ['id', 'name', 'label', 'status', 'type', 'profile.name', 'profile.login', 'profile.email'];

/** What tells one row from another comes first, profiles next, dates after them, what lies deeper last. */
function rankColumn(name: string): number {
  const place = FIRST.indexOf(name);
  if (place !== -1) return place;
  if (name.startsWith('profile.')) return FIRST.length;
  return FIRST.length + (name.includes('.') ? 2 : 1);
}

function flatten(value: unknown): Record<string, string> {
  if (!isObject(value)) return { value: toCell(value) };
  const row: Record<string, string> = {};
  const put = (members: object, prefix: string): void => {
    for (const [key, inner] of Object.entries(members)) {
      // Okta: links and what is embedded say how to go on, not what the thing is.
      if (key.startsWith('_')) continue;
      if (isObject(inner)) put(inner, `${prefix}${key}.`);
      else row[prefix + key] = toCell(inner);
    }
  };
  put(value, '');
  return row;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function toCell(value: unknown): string {
  if (Array.isArray(value))
    return value
      .map((entry) => (typeof entry === 'object' ? JSON.stringify(entry) : String(entry)))
      .join(', ');
  return value === null ? '' : String(value);
}
