import { appendFile, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { Json } from '@castellan/collection';
import { parseUrl, writeCsvLine } from '@castellan/collection';
import type { Collection, Environment, RequestItem } from '@castellan/collection';
import { createHost, createPacing, plan, run } from '@castellan/engine';
import type { BoundSecret, Pacing, ReceivedResponse, RunHost, RunPlan } from '@castellan/engine';
import { callFacts } from '@castellan/okta-api';
import { jsonpath } from 'json-p3';
import { z } from 'zod';
import { CommandFailure, ExitCode } from '../../exit-codes.ts';

export interface AllPagesOptions {
  readonly collection: Collection;
  readonly item: RequestItem;
  readonly environment?: Environment;
  readonly globals?: Environment;
  readonly secrets: readonly BoundSecret[];
  /** CSV or JSON Lines; by its name. */
  readonly out: string;
  /** Most entries to write. */
  readonly max?: number;
  /** Columns of a CSV by name, each a JSONPath into an entry; the fields of the first entry when there are none. */
  readonly columns: readonly (readonly [string, string])[];
  readonly scripts: 'run' | 'skip';
  /** The host of a guarded org that was typed or given. */
  readonly confirmed?: string;
  readonly signal: AbortSignal;
}

/** Where to go on after a break; beside the file while it is not whole. */
const Place = z.object({
  request: z.string(),
  next: z.string(),
  entries: z.number(),
  bytes: z.number(),
  names: z.array(z.string()),
});
type Place = z.infer<typeof Place>;

/**
 * Follows `rel="next"` from page to page (RFC 8288) within the rate limits and writes every entry as it comes. What is
 * written stays when the run breaks off: the same command goes on from there.
 * @returns how many entries there are in the file
 * @throws CommandFailure an answer is no list, or a page could not be had
 */
export async function sendAllPages(options: AllPagesOptions): Promise<number> {
  const { out, max = Number.POSITIVE_INFINITY } = options;
  const placeFile = `${out}.next`;
  const asCsv = /\.csv$/i.test(out);
  const earlier = await readPlace(placeFile, options);
  const columns = options.columns.map(([name, path]) => ({ name, query: compile(path) }));
  let names = earlier?.names ?? columns.map(({ name }) => name);
  let entries = earlier?.entries ?? 0;
  let bytes = earlier?.bytes ?? 0;
  let url = earlier?.next;
  await cutTo(out, bytes);
  const planned = toPlan(options);
  const host = createHost();
  const pacing = createPacing(host, { facts: callFacts });
  try {
    do {
      const page = await readPage(
        url === undefined ? planned : atAddress(planned, url),
        host,
        pacing,
        options,
      );
      const list = readList(page.response);
      const kept = list.slice(0, max - entries);
      if (asCsv && names.length === 0) names = toNames(kept);
      const head = asCsv && bytes === 0 ? writeCsvLine(names) : '';
      const text = head + kept.map((entry) => (asCsv ? toCsv(entry) : `${JSON.stringify(entry)}\n`)).join('');
      await appendFile(out, text);
      bytes += Buffer.byteLength(text);
      entries += kept.length;
      url = entries < max ? findNext(page.response, page.url) : undefined;
      if (url === undefined) await rm(placeFile, { force: true });
      else {
        const place: Place = { request: options.item.id, next: url, entries, bytes, names };
        await writeFile(placeFile, JSON.stringify(place), { mode: 0o600 });
      }
      process.stderr.write(`\r${entries} entries`);
    } while (url !== undefined);
    process.stderr.write('\n');
    return entries;
  } finally {
    await host.close();
  }

  function toCsv(entry: Json): string {
    if (columns.length === 0) return writeCsvLine(names.map((name) => pick(entry, name)));
    // What a query gives of JSON is JSON.
    return writeCsvLine(
      columns.map(({ query }) => (query.query(entry as never).values() as Json[])[0] ?? null),
    );
  }
}

function toPlan({ collection, item, environment, globals, secrets, scripts }: AllPagesOptions): RunPlan {
  return plan({
    collection,
    items: [item.id],
    secrets,
    ...(environment === undefined ? {} : { environment }),
    ...(globals === undefined ? {} : { globals }),
    settings: { refuseUnresolved: true, scripts },
  });
}

/** The same request at the address that the page before it gave. */
function atAddress(planned: RunPlan, url: string): RunPlan {
  const steps = planned.steps.map((step) => ({
    ...step,
    item: { ...step.item, request: { ...step.item.request, url: parseUrl(url) } },
  }));
  return { ...planned, steps };
}

async function readPage(
  planned: RunPlan,
  host: RunHost,
  pacing: Pacing,
  { confirmed, signal }: AllPagesOptions,
): Promise<{ response: ReceivedResponse; url: string }> {
  let response: ReceivedResponse | undefined;
  let address = '';
  let sentence: string | undefined;
  await run(planned, host, {
    pacing,
    facts: callFacts,
    signal,
    ...(confirmed === undefined ? {} : { confirmed }),
    // The entries are what was asked for, whatever they hold.
    onAnswer(answer) {
      response = answer;
    },
    onEvent(event) {
      if (event.kind === 'response-received' && event.source === 'item') address = event.request.url;
      if (event.kind === 'request-failed' && event.source === 'item') sentence = event.failure.sentence;
    },
  });
  if (signal.aborted)
    throw new CommandFailure('Stopped. The same command goes on from the last page.', ExitCode.interrupted);
  if (response === undefined) throw new CommandFailure(sentence ?? 'The request was skipped by its script.');
  if (response.code >= 400)
    throw new CommandFailure(
      `A page was answered with ${response.code} ${response.status}. What came before it is written; the same command goes on from there.`,
    );
  return { response, url: address };
}

function readList(response: ReceivedResponse): Json[] {
  const json = parse(Buffer.from(response.bodyBase64, 'base64').toString('utf8'));
  // JSON.parse gives Json and nothing else
  if (Array.isArray(json)) return json as Json[];
  throw new CommandFailure('The answer is not a list, so it has no pages. Send it without --all-pages.');
}

/** RFC 8288: `Link` may stand in several lines, each with several links. */
function findNext({ headers }: ReceivedResponse, base: string): string | undefined {
  const lines = headers.filter(([name]) => name.toLowerCase() === 'link').map(([, value]) => value);
  for (const [, target, parameters] of lines.join(', ').matchAll(/<([^>]*)>((?:\s*;\s*[^;,]+)*)/g)) {
    if (!/;\s*rel\s*=\s*"?next"?/i.test(parameters ?? '')) continue;
    const next = new URL(target ?? '', base);
    // The token goes where the first page was, and nowhere else.
    if (next.origin === new URL(base).origin) return next.href;
    throw new CommandFailure(
      `The next page is said to be at ${next.origin}, which is another host. It was not asked for.`,
    );
  }
  return undefined;
}

/** A place that belongs to another request, or to a file that is gone, is no place to go on from. */
async function readPlace(path: string, { item, out }: AllPagesOptions): Promise<Place | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const place = Place.safeParse(parse(text ?? '')).data;
  const size = await stat(out).then(
    (found) => found.size,
    () => 0,
  );
  return place !== undefined && place.request === item.id && size >= place.bytes ? place : undefined;
}

/** Whatever came after the last whole page is written again. */
async function cutTo(path: string, bytes: number): Promise<void> {
  const file = await open(path, bytes === 0 ? 'w' : 'r+').catch((cause: unknown) => {
    throw new CommandFailure(`${path} cannot be written. Check its folder.`, undefined, { cause });
  });
  await file.truncate(bytes);
  await file.close();
}

/** `id`, `profile.login`: the fields of the first entry, those of objects in it too. */
function toNames(entries: readonly Json[]): string[] {
  const [first] = entries;
  return first === undefined ? [] : walkNames(first, '');
}

function walkNames(value: Json, prefix: string): string[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name.startsWith('_')) return [];
    const nested = walkNames(inner, `${prefix}${name}.`);
    return nested.length > 0 ? nested : [`${prefix}${name}`];
  });
}

function pick(entry: Json, path: string): Json {
  let at: Json | undefined = entry;
  for (const name of path.split('.')) {
    if (at === null || typeof at !== 'object' || Array.isArray(at)) return null;
    at = at[name];
  }
  return at ?? null;
}

function compile(text: string) {
  try {
    return jsonpath.compile(text);
  } catch (cause) {
    throw new CommandFailure(`“${text}” is no JSONPath. Write one such as $.profile.login.`, undefined, {
      cause,
    });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
