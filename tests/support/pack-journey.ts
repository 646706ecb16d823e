import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Body, readCollection, type RequestItem, walkItems } from '@castellan/collection';
import { ErrorAnswer, type OperationDefinition, operations } from '@castellan/okta-api';
import { z } from 'zod';
import { serveOrg, type ServedOrg, type ServeOptions } from '@castellan/local-org';
import { startCli } from './castellan.ts';
import { listReferencePacks } from './reference.ts';

/** One walk through a pack of Okta's against a fresh, empty org, over HTTP. */
export interface PackJourney extends AsyncDisposable {
  /** Where the org answers. */
  readonly url: string;
  /** What `{{name}}` in the pack's requests becomes. */
  readonly values: Record<string, string>;
  /** Whether the pack of this vintage has a request of this name. */
  has(name: string): boolean;
  /**
   * Sends the first request of this name that was not sent yet (the last one again when all were) and expects
   * the answer that the operation's definition documents: its status, and a body that its schema reads.
   */
  send(name: string, how?: Sending): Promise<PackAnswer>;
  /** Prepares something that the pack itself cannot: a call with the token that has to succeed. */
  call(method: string, path: string, body?: unknown): Promise<PackAnswer>;
  /** The names of the requests that were not sent. A journey ends with `expect(unsent()).toEqual([])`. */
  unsent(): readonly string[];
}

interface Refusal {
  readonly status: number;
  readonly errorCode: string;
}

interface Sending {
  /** Values for this request alone. */
  readonly values?: Readonly<Record<string, string>>;
  /** Values for everything later, each with its dotted place in the answer: `{ userId: 'id' }`. */
  readonly saves?: Readonly<Record<string, string>>;
  /** Headers besides the pack's own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the documented answer to what the pack sends is a refusal: its code, and say why beside it. */
  readonly refusal?: Refusal;
  /** What a person has to put into the body before it can be sent. */
  readonly edit?: (body: string) => string;
}

interface PackAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
  /** The text at a dotted place (`0.id`); throws when there is none. */
  pick(place: string): string;
}

const TOKEN = '00pack-journey-token';

/** The vintages in which Okta published a pack, oldest first. */
export function vintagesOf(pack: string): readonly Vintage[] {
  return VINTAGES.filter((vintage) => findPack(pack, vintage) !== undefined);
}

const VINTAGES = ['2019', '2021', 'current'] as const;
export type Vintage = (typeof VINTAGES)[number];

/** Starts a fresh org and opens a pack by the name of its file: `users`, `system-log`. */
export async function startPackJourney(pack: string, vintage: Vintage): Promise<PackJourney> {
  const requests = await readRequests(pack, vintage);
  const org = await startCli(['org', '--empty', '--port', '0', '--token', TOKEN], /Ctrl-C/);
  return createJourney(requests, org.address('Local org'), async () => org[Symbol.asyncDispose]());
}

/** A walk that has the org in its hands: what it sends and what time it is. */
export interface HandsOnJourney extends PackJourney {
  readonly org: ServedOrg['org'];
  /** The org's time, in epoch milliseconds; it stands still but for `pass`. */
  now(): number;
  /** Lets the time go on, in milliseconds. */
  pass(time: number): void;
}

/** As `startPackJourney`, with policies of its own, and with codes and links of the outbox within reach. */
export async function openPackJourney(
  pack: string,
  vintage: Vintage,
  settings: ServeOptions['settings'] = {},
): Promise<HandsOnJourney> {
  const requests = await readRequests(pack, vintage);
  let now = Date.now();
  const served = await serveOrg({
    port: 0,
    seed: 'empty',
    token: TOKEN,
    settings,
    host: { now: () => now },
  });
  return {
    ...createJourney(requests, served.url, () => served.close()),
    org: served.org,
    now: () => now,
    pass(time) {
      now += time;
    },
  };
}

async function readRequests(pack: string, vintage: Vintage): Promise<readonly RequestItem[]> {
  const path = findPack(pack, vintage);
  if (path === undefined) throw new Error(`There is no pack ${pack} of ${vintage}.`);
  const { collection } = readCollection(await readFile(path), { unlisted: 'kept' });
  return [...walkItems(collection)].flatMap(({ item }) => (item.kind === 'request' ? [item] : []));
}

function findPack(pack: string, vintage: Vintage): string | undefined {
  return listReferencePacks(vintage).find((path) => basename(path) === `${pack}.json`);
}

function createJourney(
  requests: readonly RequestItem[],
  url: string,
  close: () => Promise<void>,
): PackJourney {
  const values: Record<string, string> = { url, apikey: TOKEN };
  const left = new Set(requests);
  return {
    url,
    values,
    has: (name) => requests.some((request) => request.name === name),
    async send(name, how = {}) {
      const named = requests.filter((request) => request.name === name);
      const item = named.find((request) => left.has(request)) ?? named.at(-1);
      if (item === undefined) throw new Error(`The pack has no request “${name}”.`);
      left.delete(item);
      const request = toRequest(item, { ...values, ...how.values }, how);
      const sent = `${name}: ${request.method} ${request.url}`;
      const answer = await readAnswer(await fetch(request, { redirect: 'manual' }));
      expectDocumented(sent, request, answer, how.refusal);
      for (const [variable, place] of Object.entries(how.saves ?? {})) values[variable] = answer.pick(place);
      return answer;
    },
    async call(method, path, body) {
      const headers = { authorization: `SSWS ${TOKEN}`, 'content-type': 'application/json' };
      const response = await fetch(`${url}${path}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = await readAnswer(response);
      if (!response.ok)
        throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.json)}`);
      return answer;
    },
    unsent: () => [...left].map((request) => request.name),
    [Symbol.asyncDispose]: close,
  };
}

function toRequest(item: RequestItem, values: Readonly<Record<string, string>>, how: Sending): Request {
  const { method, url, headers, body } = item.request;
  const fill = (text: string): string =>
    text.replaceAll(/\{\{([^{}]+)\}\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`“${item.name}” needs a value for {{${name}}}.`);
      return value;
    });
  const fields = headers
    .filter((header) => header.disabled !== true && header.key)
    .map((header): [string, string] => [header.key ?? '', fill(header.value ?? '')]);
  const text = method === 'GET' || method === 'HEAD' ? undefined : textOf(body);
  const edited = how.edit && text !== undefined ? how.edit(text) : text;
  return new Request(fill(url.raw).trim(), {
    method,
    headers: { ...Object.fromEntries(fields), ...how.headers },
    ...(edited === undefined ? {} : { body: fill(edited) }),
  });
}

function textOf(body: Body | undefined): string | undefined {
  return body?.kind === 'raw' && body.text !== '' ? body.text : undefined;
}

async function readAnswer(response: Response): Promise<PackAnswer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const json: unknown = isJson ? JSON.parse(text) : text === '' ? undefined : text;
  return {
    status: response.status,
    headers: response.headers,
    json,
    pick(place) {
      const value = place
        .split('.')
        // Whatever is missing on the way ends in nothing.
        .reduce<unknown>((from, part) => (from as Record<string, unknown> | undefined)?.[part], json);
      if (typeof value !== 'string') throw new Error(`There is no text at ${place} of ${text}`);
      return value;
    },
  };
}

/** Throws with the whole answer when it is not the documented one. */
function expectDocumented(
  sent: string,
  request: Request,
  answer: PackAnswer,
  refusal: Refusal | undefined,
): void {
  const { status, json } = answer;
  const wrong = (wanted: string) =>
    new Error(`${sent} answered ${status}, not ${wanted}: ${JSON.stringify(json)}`);
  if (refusal) {
    const { errorCode } = status < 400 ? {} : ErrorAnswer.parse(json);
    if (status !== refusal.status || errorCode !== refusal.errorCode)
      throw wrong(`${refusal.status} ${refusal.errorCode}`);
    return;
  }
  const operation = findOperation(request.method, new URL(request.url).pathname);
  if (operation === undefined) throw new Error(`No definition knows ${sent}.`);
  const { success } = operation;
  if (status !== success.status && status !== success.alsoStatus) throw wrong(String(success.status));
  const read = success.answer?.safeParse(json);
  if (read?.success === false) throw wrong(`as documented (${z.prettifyError(read.error)})`);
}

const known: readonly OperationDefinition[] = Object.values(operations).flatMap((api) =>
  Object.values<OperationDefinition>(api),
);

/** The operation that a path belongs to; fixed segments win over parameters. */
function findOperation(method: string, path: string): OperationDefinition | undefined {
  const segments = path.split('/').filter(Boolean);
  const parametersOf = (operation: OperationDefinition): number => operation.path.split('{').length;
  return known
    .filter((operation) => {
      const wanted = operation.path.split('/').filter(Boolean);
      return (
        operation.method === method &&
        wanted.length === segments.length &&
        wanted.every((segment, index) => segment.startsWith('{') || segment === segments[index])
      );
    })
    .toSorted((a, b) => parametersOf(a) - parametersOf(b))[0];
}
