import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isObject, objectsOf, type JsonObject } from '../json.ts';
import type { Body, Collection, Json, RequestItem } from '../model.ts';
import { walkItems } from '../tree.ts';
import { toUrlText } from '../url.ts';
import { readCollection } from './index.ts';
import { writeCollection } from './postman-v2/write.ts';

/**
 * Okta's own packs of three vintages, which may not be redistributed: they are read here a second time, by code
 * that shares nothing with the readers, and request by request both must say the same. The golden file keeps a
 * digest of each pack, so that a change of what is imported is seen where the packs are not.
 */
const packs = new URL('../../../../../shared/okta/packs/', import.meta.url);
const golden = new URL('reference.golden.json', import.meta.url);
const isAbsent = !existsSync(packs);
const REASON = 'skipped where Okta’s own packs are not beside the checkout';

/** What a request must not lose. */
interface Reading {
  readonly path: readonly string[];
  readonly name: string;
  readonly method: string;
  readonly address: string;
  readonly headers: readonly (readonly [name: string, value: string, isOff: boolean])[];
  readonly body: Json;
  readonly preRequest: string;
  readonly test: string;
  readonly auth: string;
  readonly examples: readonly (readonly [name: string, code: number, body: string])[];
}

interface Pack {
  readonly file: string;
  readonly text: string;
}

const files: readonly Pack[] = isAbsent
  ? []
  : ['2019', '2021', 'current'].flatMap((vintage) =>
      readdirSync(new URL(vintage, packs))
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => {
          const file = `${vintage}/${name}`;
          return { file, text: readFileSync(new URL(file, packs), 'utf8') };
        }),
    );

test.skipIf(isAbsent)(`every request of the three vintages comes in whole and in order (${REASON})`, () => {
  let count = 0;
  for (const { file, text } of files) {
    const imported = readImported(readCollection(text, { unlisted: 'kept' }).collection);
    expect({ file, imported }).toEqual({ file, imported: readSource(text) });
    count += imported.length;
  }
  expect(count).toBe(716);
});

test.skipIf(isAbsent)(`what is imported is what the golden file says (${REASON})`, async () => {
  const digests = files.map(({ file, text }) => {
    const requests = readImported(readCollection(text, { unlisted: 'kept' }).collection);
    const digest = createHash('sha256').update(JSON.stringify(requests)).digest('hex');
    return [file, { requests: requests.length, digest }] as const;
  });
  await expect(`${JSON.stringify(Object.fromEntries(digests), null, 2)}\n`).toMatchFileSnapshot(
    golden.pathname,
  );
});

test.skipIf(isAbsent)(`a pack is written and read again alike (${REASON})`, () => {
  for (const { file, text } of files) {
    const once = writeCollection(readCollection(text, { unlisted: 'kept' }).collection);
    expect({ file, isSame: writeCollection(readCollection(once).collection) === once }).toEqual({
      file,
      isSame: true,
    });
  }
});

function readImported(collection: Collection): Reading[] {
  return [...walkItems(collection)].flatMap(({ item, folders }) =>
    item.kind === 'request'
      ? [
          readItem(
            item,
            folders.map((one) => one.name),
          ),
        ]
      : [],
  );
}

function readItem(item: RequestItem, path: readonly string[]): Reading {
  const { request } = item;
  const script = (listen: string): string =>
    item.scripts
      .filter((one) => one.listen === listen)
      .map((one) => one.source)
      .join('\n');
  return {
    path,
    name: item.name,
    method: request.method,
    address: toUrlText(request.url, { pathVariables: 'kept' }),
    headers: request.headers.map((one) => [one.key ?? '', one.value ?? '', one.disabled === true]),
    body: bodyOf(request.body),
    preRequest: script('prerequest'),
    test: script('test'),
    auth: request.auth?.type ?? '',
    examples: item.examples.map((one) => [one.name, one.code ?? 0, one.body ?? '']),
  };
}

function bodyOf(body: Body | undefined): Json {
  if (body === undefined) return null;
  switch (body.kind) {
    case 'raw':
      return body.text;
    case 'urlencoded':
    case 'formdata':
      return body.fields.map((one) => [one.key, one.value]);
    default:
      return body.kind;
  }
}

/** The second reading. A v1 file lists its order in ids, some twice; what no list names stands at the end. */
function readSource(text: string): Reading[] {
  const root = JSON.parse(text) as JsonObject; // a pack is an object
  if (!Array.isArray(root['requests'])) return readV2(objectsOf(root['item']), []);
  const requests = objectsOf(root['requests']);
  const folders = objectsOf(root['folders']);
  const named: { id: Json; path: string[] }[] = [];
  const visit = (ids: Json | undefined, path: string[]): void => {
    for (const id of Array.isArray(ids) ? ids : []) {
      if (!named.some((one) => one.id === id)) named.push({ id, path });
    }
  };
  const nested = new Set(folders.flatMap((one) => (one['folders_order'] ?? []) as Json[])); // lists of ids
  const byOrder = (
    Array.isArray(root['folders_order']) ? root['folders_order'] : folders.map((one) => one['id'] ?? null)
  )
    .map((id) => folders.find((one) => one['id'] === id))
    .filter((one) => one !== undefined && !nested.has(one['id'] ?? null));
  for (const folder of byOrder) visit(folder?.['order'], [String(folder?.['name'])]);
  visit(root['order'], []);
  for (const one of requests)
    if (!named.some(({ id }) => id === one['id'])) named.push({ id: one['id'] ?? null, path: [] });
  return named.flatMap(({ id, path }) =>
    requests.filter((one) => one['id'] === id).map((one) => readV1(one, path)),
  );
}

function readV1(request: JsonObject, path: readonly string[]): Reading {
  const headers = String(request['headers'] ?? '')
    .split('\n')
    .filter((line) => line.includes(':'))
    .map((line): [string, string, boolean] => {
      const [key = '', ...value] = line.split(':');
      return [key.replace('//', '').trim(), value.join(':').trim(), key.startsWith('//')];
    });
  const helper = request['currentHelper'];
  const isForm = request['dataMode'] === 'params' || request['dataMode'] === 'urlencoded';
  const data = objectsOf(request['data']);
  return {
    path,
    name: String(request['name']),
    method: String(request['method']),
    address: String(request['url']),
    headers,
    body: isForm
      ? data.map((one) => [one['key'] ?? null, one['value'] ?? null])
      : request['dataMode'] === 'raw'
        ? (request['rawModeData'] ?? '')
        : null,
    preRequest: String(request['preRequestScript'] ?? ''),
    test: String(request['tests'] ?? ''),
    auth: typeof helper === 'string' && helper !== 'normal' ? helper.replace(/Auth$/, '') : '',
    examples: objectsOf(request['responses']).map((one) => [
      String(one['name']),
      isObject(one['responseCode']) ? Number(one['responseCode']['code']) : 0,
      String(one['text'] ?? ''),
    ]),
  };
}

function readV2(items: readonly JsonObject[], path: readonly string[]): Reading[] {
  return items.flatMap((item) => {
    const name = String(item['name']);
    if (Array.isArray(item['item'])) return readV2(objectsOf(item['item']), [...path, name]);
    const request = isObject(item['request']) ? item['request'] : {};
    return [
      {
        path,
        name,
        method: String(request['method']),
        address: addressOf(request['url']),
        headers: objectsOf(request['header']).map((one): [string, string, boolean] => [
          String(one['key']),
          String(one['value']),
          one['disabled'] === true,
        ]),
        body: bodyOfV2(request['body']),
        preRequest: scriptOf(item, 'prerequest'),
        test: scriptOf(item, 'test'),
        auth: isObject(request['auth']) ? String(request['auth']['type']) : '',
        examples: objectsOf(item['response']).map((one) => [
          String(one['name']),
          Number(one['code'] ?? 0),
          String(one['body'] ?? ''),
        ]),
      },
    ];
  });
}

function addressOf(url: Json | undefined): string {
  if (!isObject(url)) return String(url);
  const { protocol, host, port, path, query, hash } = url;
  const on = objectsOf(query).filter((one) => one['disabled'] !== true);
  const joined = on.map((one) =>
    one['value'] === null ? String(one['key']) : `${String(one['key'])}=${String(one['value'])}`,
  );
  return [
    protocol === undefined ? '' : `${String(protocol)}://`,
    (host as Json[]).join('.'), // every pack has it as a list
    port === undefined ? '' : `:${String(port)}`,
    path === undefined ? '' : `/${(path as Json[]).join('/')}`, // likewise
    on.length === 0 ? '' : `?${joined.join('&')}`,
    hash === undefined ? '' : `#${String(hash)}`,
  ].join('');
}

function bodyOfV2(body: Json | undefined): Json {
  if (!isObject(body) || body['mode'] === undefined) return null;
  const mode = String(body['mode']);
  const content = body[mode];
  if (mode === 'raw') return String(content ?? '');
  if (mode === 'file') return 'file';
  return objectsOf(content).map((one) => [
    one['key'] ?? '',
    one['value'] ?? (mode === 'formdata' ? '' : null),
  ]);
}

function scriptOf(item: JsonObject, listen: string): string {
  return objectsOf(item['event'])
    .filter((one) => one['listen'] === listen && isObject(one['script']))
    .map((one) => {
      const exec = isObject(one['script']) ? one['script']['exec'] : '';
      return Array.isArray(exec) ? exec.join('\n') : String(exec ?? '');
    })
    .join('\n');
}
