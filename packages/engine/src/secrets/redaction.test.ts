import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseUrl, type Collection, type RequestItem } from '@castellan/collection';
import type { Sandbox, ScriptHost, ScriptJob } from '@castellan/sandbox';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createHost,
  createMask,
  createRunJournal,
  plan,
  reporters,
  run,
  type Reporter,
  type ReporterName,
  type RunEvent,
  type RunHost,
  type WireRequest,
  type WireResponse,
} from '../index.ts';

/** The number that the project holds itself to; more when told. */
const EVENTS = Number(process.env['CASTELLAN_REDACTION_EVENTS'] ?? 100_000);
/** Few, because every report is searched for every secret of its run. */
const ROWS_OF_A_RUN = 8;

/** Characters that mean something in patterns, addresses, JSON and markup, and some that are no ASCII. */
const CHARACTERS = [
  ...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  ...'-_.~+/=!$&\'()*,;:@%?#[]{}|\\^`"<>',
  ...'éßñ漢字😀',
];
const TOKEN_CHARACTERS = CHARACTERS.slice(0, 66);

const random = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
};
type Random = ReturnType<typeof random>;

const pick = <T>(list: readonly T[], next: Random): T => list[next(list.length)] as T; // it is not empty

/** A digit makes it no word; what is around it is anything. */
function createSecret(next: Random, characters: readonly string[], shortest: number): string {
  const length = shortest + next(pick([4, 30, 200], next));
  return `${Array.from({ length }, () => pick(characters, next)).join('')}${next(10)}`;
}

const ENCODINGS: readonly ((value: string) => string)[] = [
  (value) => value,
  encodeURIComponent,
  (value) => encodeURIComponent(value).replaceAll('%20', '+'),
  (value) => encodeURIComponent(value).replace(/%../g, (code) => code.toLowerCase()),
  (value) => encodeURIComponent(value).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`),
  (value) => JSON.stringify(value).slice(1, -1),
  (value) => JSON.stringify(JSON.stringify(value)),
  (value) => Buffer.from(value).toString('hex'),
  (value) => Buffer.from(value).toString('base64'),
  (value) => Buffer.from(value).toString('base64url'),
  (value) => `Basic ${Buffer.from(`user:${value}`).toString('base64')}`,
  (value) => `Basic ${Buffer.from(`ab:${encodeURIComponent(value)}:cd`).toString('base64')}`,
];

const looks = new Map<string, readonly string[]>();

function looksOf(value: string): readonly string[] {
  const known = looks.get(value) ?? toLooks(value);
  looks.set(value, known);
  return known;
}

/** What an onlooker would search for, made apart from what the mask looks for. */
function toLooks(value: string): string[] {
  const bytes = Buffer.from(value);
  const inner = ['', 'a', 'ab'].map((before) => {
    const encoded = Buffer.from(`${before}${value}`).toString('base64').replace(/=+$/, '');
    return encoded.slice(before === '' ? 0 : 4, encoded.length - 2);
  });
  const texts = [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), bytes.toString('hex')];
  return [...texts, ...inner].filter((text) => text.length >= 8 || text === value);
}

/** A run whose answers bring secrets, and whose scripts spread them and those of the environment everywhere. */
async function runOnce(seed: number, folder: string) {
  const next = random(seed);
  // The first is short and would be no secret if nobody had said so.
  const known = [
    `#${next(10)}~${next(10)}`,
    ...Array.from({ length: 3 }, () => createSecret(next, CHARACTERS, 4)),
  ];
  const brought: string[] = [];
  const newest = (): string => brought[brought.length - 1 - next(Math.min(3, brought.length))] ?? 'nothing';
  const spread = (): string => {
    const value = next(3) === 0 ? pick(known, next) : newest();
    const form = value.length < 8 ? value : pick(ENCODINGS, next)(value);
    return `${'before '.slice(next(7))}${form}${' after'.slice(0, next(6))}`;
  };
  const answer = (request: WireRequest): WireResponse => {
    const token = createSecret(next, CHARACTERS, 8);
    const cookie = createSecret(next, TOKEN_CHARACTERS, 8);
    const carried = createSecret(next, CHARACTERS, 8);
    brought.push(token, cookie, carried);
    const name = pick(
      ['access_token', 'sessionToken', 'stateToken', 'client_secret', 'tempPassword', 'apikey'],
      next,
    );
    const link = `https://acme.example.com/in?step=2&recoveryToken=${encodeURIComponent(carried)}`;
    const body = {
      id: 1,
      deep: [{ [name]: token }],
      next: link,
      echo: [request.address.href, request.headers],
    };
    const { href } = request.address;
    return {
      code: 200,
      status: 'OK',
      httpVersion: '1.1',
      headers: [
        ['Content-Type', 'application/json'],
        ['Set-Cookie', `sid=${cookie}; Path=/`],
        ['X-Echo', href],
      ],
      body: Buffer.from(JSON.stringify(body, null, next(3))),
      size: { headers: 10, body: 10 },
      time: 1,
      timeline: { end: 1 },
    };
  };
  const sandbox: Sandbox = {
    async execute(job: ScriptJob, host: ScriptHost) {
      for (let count = 0; count < 8; count += 1) {
        const deep = { [spread()]: [spread(), { deeper: spread() }], text: JSON.stringify({ x: spread() }) };
        host.console({ level: 'log', values: [spread(), deep] });
      }
      for (let index = 0; index < 2; index += 1) {
        const error = { name: 'AssertionError', message: `expected ${spread()} to equal ${spread()}` };
        host.assertion({ name: `has ${spread()}`, passed: false, skipped: false, index, error });
      }
      const value = { key: 'carry', value: encodeURIComponent(newest()), type: 'string' };
      const copy = { key: 'copy', value: spread(), type: 'string' };
      const scopes = { ...job.scopes, environment: [...job.scopes.environment, value, copy] };
      return {
        scopes,
        request: job.request,
        skipRequest: false,
        duration: 0,
        ...(next(4) === 0 ? { error: { name: 'Error', message: spread(), stack: spread() } } : {}),
      };
    },
    close: async () => undefined,
  };
  const real = createHost();
  const host: RunHost = {
    ...real,
    createSandbox: async () => sandbox,
    transport: {
      ...real.transport,
      async send(request) {
        if (next(10) === 0) throw new Error(`refused ${spread()}`);
        return answer(request);
      },
    },
  };
  const item: RequestItem = {
    kind: 'request',
    id: 'r',
    name: 'R',
    request: {
      method: 'POST',
      url: parseUrl('https://acme.example.com/{{carry}}?token={{carry}}&known={{known1}}'),
      headers: [
        { key: 'X-Copy', value: '{{carry}}' },
        { key: 'Authorization', value: 'SSWS {{known0}}' },
      ],
      body: { kind: 'raw', text: '{"token":"{{copy}}","known":"{{known2}}"}', language: 'json' },
    },
    examples: [],
    variables: [],
    scripts: [
      { listen: 'prerequest', source: '1' },
      { listen: 'test', source: '2' },
    ],
  };
  const collection: Collection = {
    kind: 'collection',
    id: 'c',
    name: 'C',
    items: [item],
    variables: [],
    scripts: [],
  };
  const values = known.map((value, index) => ({
    key: `known${index}`,
    value,
    type: 'secret',
    enabled: true,
  }));
  const made = plan({
    collection: { ...collection, items: [item, { ...item, id: 's', name: 'S' }] },
    environment: { kind: 'environment', scope: 'environment', id: 'e', name: 'E', values },
    iterationCount: ROWS_OF_A_RUN,
    settings: { lanes: 1 },
  });
  const mask = createMask();
  const written: string[] = [];
  const journal = await createRunJournal({
    path: join(folder, `${seed}.journal`),
    plan: made,
    now: 0,
    openFile: async () => ({
      append: async (bytes) => void written.push(bytes.toString()),
      sync: async () => undefined,
      close: async () => undefined,
    }),
  });
  // Searching whole reports takes longer than all the rest, so every third run writes them.
  const names = seed % 3 === 1 ? Object.keys(reporters) : [];
  const all = names.map((name): Reporter =>
    reporters[name as ReporterName]({
      plan: made,
      options: {},
      output: {
        isTerminal: false,
        hasColor: false,
        plainSymbols: false,
        verbose: true,
        write: (text) => void written.push(mask.text(text)),
      },
      writeReport: async (_, text) => void written.push(mask.text(text)),
    }),
  );
  const survived: string[] = [];
  let count = 0;
  const result = await run(made, host, {
    mask,
    journal,
    onEvent(event) {
      count += 1;
      const said = toText(event);
      for (const value of [...known, ...brought.slice(-9)])
        for (const look of looksOf(value)) if (said.includes(look)) survived.push(`${event.kind}: ${look}`);
      for (const reporter of all) reporter.onEvent(event);
    },
  });
  for (const reporter of all) await reporter.finish?.(result);
  await journal.close();
  await real.close();
  const text = written.map(decodeBodies).join('\n');
  for (const value of [...known, ...brought])
    for (const look of looksOf(value)) if (text.includes(look)) survived.push(`written: ${look}`);
  looks.clear();
  return { count, survived };
}

/** An event as an onlooker reads it, bodies decoded. */
function toText(event: RunEvent): string {
  const json = JSON.stringify(event);
  if (event.kind !== 'response-received') return json;
  return `${json}\n${Buffer.from(event.response.bodyBase64, 'base64').toString()}`;
}

/** Bodies stand in the JSON report in base64. */
function decodeBodies(text: string): string {
  if (!text.includes('"Base64"')) return text;
  const bodies = [...text.matchAll(/"data": "([^"]*)"/g)].map(([, data = '']) => data);
  return [text, ...bodies.map((data) => Buffer.from(data, 'base64').toString())].join('\n');
}

test('no secret survives in events, reports, terminal or journal, wherever it comes from and however it is written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'castellan-redaction-'));
  try {
    let seen = 0;
    for (let seed = 1; seen < EVENTS; seed += 1) {
      const { count, survived } = await runOnce(seed, folder);
      expect({ seed, survived: survived.slice(0, 5) }).toEqual({ seed, survived: [] });
      seen += count;
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);

test('finds every text that is there, whatever stands around it', () => {
  const text = fc.string({ minLength: 4, maxLength: 20, unit: fc.constantFrom('a', 'b', 'ab', '9') });
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 8 }),
      fc.string({ unit: fc.constantFrom('a', 'b', '9') }),
      (texts, long) => {
        const masked = createMask(texts).text(long);
        expect(texts.filter((one) => one.length >= 4 && masked.includes(one))).toEqual([]);
        expect(masked === long).toBe(!texts.some((one) => long.includes(one)));
      },
    ),
  );
});
