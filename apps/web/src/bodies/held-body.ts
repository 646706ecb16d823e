import { layOutJson } from './lay-out-json.ts';
import { layOutText, type Layout } from './layout.ts';

/** A way to look at a body: laid out, as it came, or the part that a JSONPath (RFC 9535) names. */
export type View =
  | { readonly kind: 'pretty' }
  | { readonly kind: 'raw' }
  | { readonly kind: 'path'; readonly path: string };

/** A body in one view; or why there is nothing to see. */
export interface Sight {
  readonly layout: Layout;
  readonly problem?: string;
}

/** What is known of a body once it was laid out. */
export interface BodyFacts {
  readonly layout: Layout;
  readonly isJson: boolean;
  /** Entries of a JSON list. */
  readonly items?: number;
}

/** The bytes of one answer, and what a person asks of them. It holds them in the thread that made it. */
export interface HeldBody {
  /** Lays the body out anew: who asks may give the layout away. */
  open(): BodyFacts;
  see(view: View): Promise<Sight>;
  /** Numbers of the lines that hold a text, small and capital letters being one. */
  find(view: View, wanted: string): Promise<Int32Array>;
  text(): string;
  bytes(): Uint8Array;
}

export function holdBody(source: Uint8Array): HeldBody {
  /** What was searched last, a character for each byte. */
  let searched: { readonly key: string; readonly text: string; readonly starts: Uint32Array } | undefined;
  let parsed: { readonly value: unknown } | undefined;
  const text = () => new TextDecoder().decode(source);
  const open = (): BodyFacts => {
    const json = layOutJson(source);
    if (json === undefined) return { layout: layOutText(source.slice()), isJson: false };
    const { items, ...layout } = json;
    return { layout, isJson: true, ...(items === undefined ? {} : { items }) };
  };
  const see = async (view: View): Promise<Sight> => {
    if (view.kind === 'raw') return { layout: layOutText(source.slice()) };
    if (view.kind === 'pretty') return { layout: open().layout };
    parsed ??= { value: JSON.parse(text()) };
    return selectByPath(parsed.value, view.path);
  };
  return {
    open,
    see,
    async find(view, wanted) {
      const key = JSON.stringify(view);
      if (searched?.key !== key) {
        const { layout } = await see(view);
        searched = { key, text: toSearchable(layout.bytes), starts: layout.starts };
      }
      return findLines(searched.text, searched.starts, toSearchable(new TextEncoder().encode(wanted)));
    },
    text,
    bytes: () => source.slice(),
  };
}

async function selectByPath(json: unknown, path: string): Promise<Sight> {
  const { jsonpath } = await import('json-p3');
  try {
    // The library's values are JSON, and so is what was parsed.
    const found = jsonpath.query(path.startsWith('$') ? path : `$.${path}`, json as never).values();
    if (found.length === 0) return { layout: toLayout(''), problem: 'Nothing in the answer has this path.' };
    return { layout: toLayout(JSON.stringify(found)) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it cannot be read';
    return { layout: toLayout(''), problem: `This is no JSONPath: ${reason}` };
  }
}

/** A text as lines: JSON laid out, anything else as it is. */
export function toLayout(text: string): Layout {
  const bytes = new TextEncoder().encode(text);
  return layOutJson(bytes) ?? layOutText(bytes);
}

/** One character for each byte, so that places in the text are places in the bytes. */
const toSearchable = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes).toLowerCase();

function findLines(text: string, starts: Uint32Array, wanted: string): Int32Array {
  if (wanted === '') return new Int32Array();
  const lines: number[] = [];
  let line = 0;
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, starts[line + 1] ?? text.length)) {
    while ((starts[line + 1] ?? Infinity) <= at) line += 1;
    lines.push(line);
    if (line + 1 >= starts.length) break;
  }
  return Int32Array.from(lines);
}
