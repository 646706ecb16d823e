import { ErrorAnswer, type OperationDefinition, type OperationExample, packs } from '@castellan/okta-api';
import { expect, test } from 'vitest';
import { routes } from './apis/index.ts';
import { fromBase32, toCode, toStep } from './factors/one-time-codes.ts';
import { createOrg } from './org.ts';

interface Call {
  readonly operation: OperationDefinition;
  readonly example: OperationExample;
  readonly isServed: boolean;
}

const calls: readonly Call[] = routes.flatMap(({ operation, handler }) =>
  operation.examples.map((example) => ({ operation, example, isServed: handler !== undefined })),
);

/** The calls of an API in the order of its pack; those that no folder names come last. */
function callsOf(api: string): Call[] {
  const pack = Object.values(packs).find((one) => one.api === api);
  const named = (pack?.folders ?? []).flatMap(({ steps }) => steps.flatMap((step) => callOf(api, step)));
  const rest = calls.filter((call) => call.operation.api === api && !named.includes(call));
  return [...named, ...rest].filter(({ isServed }) => isServed);
}

function callOf(pack: string, step: string): Call[] {
  const [, api = pack, title = step] = /^([a-z-]+): (.*)$/.exec(step) ?? [];
  return calls.filter(({ operation, example }) => operation.api === api && example.title === title);
}

const served = [...new Set(calls.filter(({ isServed }) => isServed).map(({ operation }) => operation.api))];

/** Apps make real keys, which takes its time. */
const PATIENCE = 60_000;

test.each(served)(
  'every example of %s is answered as its operation says',
  { timeout: PATIENCE },
  async (api) => {
    const org = await createOrg({ token: 'tok' });
    const spare = await org.createToken('Spare');
    const known: Record<string, string> = {
      url: 'https://org.example.com',
      apikey: 'tok',
      password: 'Correct-Horse-1',
      newPassword: 'Correct-Horse-2',
      newerPassword: 'Correct-Horse-3',
      passCode: '123456',
      spareApikey: spare.value,
      since: new Date(Date.now() - 60_000).toISOString(),
    };
    const wrong: unknown[] = [];
    let codes = 0;
    for (const call of callsOf(api)) {
      const { operation, example } = call;
      if (JSON.stringify(example.body ?? '').includes('{{totpCode}}'))
        known.totpCode = codeOf(known.totpSecret, codes++);
      const response = await org.fetch(toRequest(call, known));
      const [cookie] = response.headers.getSetCookie();
      if (cookie !== undefined) known.cookie = cookie.split(';')[0] ?? '';
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      const answer: unknown = isJson ? JSON.parse(text) : text || undefined;
      const { status, alsoStatus, answer: schema } = operation.success;
      const isGood = response.status === status || response.status === alsoStatus;
      const { without } = example;
      if (without && known[without.variable] === undefined) {
        if (response.status !== without.status)
          wrong.push({ title: example.title, status: response.status, answer });
        continue;
      }
      const read = isGood && schema ? schema.safeParse(answer) : undefined;
      if (read && !read.success) wrong.push({ title: example.title, issues: read.error.issues });
      if (!isGood && !isRefusal(example, answer) && example.alsoAnswers?.includes(response.status) !== true)
        wrong.push({ title: example.title, status: response.status, answer });
      if (!isGood) continue;
      for (const [name, place] of Object.entries(example.saves ?? {})) {
        const value = at(answer, place);
        if (typeof value === 'string') known[name] = value;
      }
    }
    expect(wrong).toEqual([]);
  },
);

function isRefusal({ refusals }: OperationExample, answer: unknown): boolean {
  const read = ErrorAnswer.safeParse(answer);
  return read.success && Object.hasOwn(refusals ?? {}, read.data.errorCode);
}

/** What the script of a pack computes: the code of an authenticator app, a new one every time. */
function codeOf(secret: string | undefined, used: number): string {
  return toCode(fromBase32(secret ?? '') ?? Buffer.of(), toStep(Date.now()) + used);
}

/** Names and logins that a pack makes by chance are numbers here. */
let made = 0;

function toRequest({ operation, example }: Call, known: Readonly<Record<string, string>>): Request {
  const fill = (text: string, encode = (value: string) => value): string =>
    text.replaceAll(/\{\{([^{}]+)\}\}/g, (_, name: string) =>
      encode(name.startsWith('$') ? String(++made) : (known[name] ?? 'none')),
    );
  const given: Readonly<Record<string, string | undefined>> = example.path ?? {};
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    fill(given[name] ?? `{{${name}}}`, encodeURIComponent),
  );
  const query = new URLSearchParams(
    Object.entries(example.query ?? {}).map(([name, value]): [string, string] => [name, fill(value)]),
  );
  const body = example.raw?.text ?? (example.body === undefined ? null : JSON.stringify(example.body));
  const headers = Object.entries(example.headers ?? {}).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    fill(value),
  ]);
  return new Request(`https://org.example.com${path}?${query}`, {
    method: operation.method,
    headers: {
      authorization: 'SSWS tok',
      ...(known.cookie === undefined ? {} : { cookie: known.cookie }),
      'content-type': 'application/json',
      ...(example.raw ? { 'content-type': example.raw.contentType } : {}),
      ...Object.fromEntries(headers),
    },
    body: operation.method === 'GET' || body === null ? null : fill(body),
  });
}

function at(answer: unknown, place: string): unknown {
  // Whatever is missing on the way ends in nothing.
  if (place.endsWith('/'))
    return String(at(answer, place.slice(0, -1)))
      .split('/')
      .pop();
  return place
    .split('.')
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], answer);
}
