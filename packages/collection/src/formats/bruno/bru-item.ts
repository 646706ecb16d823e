import { compact } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Json } from '../../model.ts';
import { readBlocks, readPairs, type BruBlock, type BruPair } from './bru.ts';

const METHODS = new Set(['get', 'post', 'put', 'delete', 'patch', 'options', 'head', 'connect', 'trace']);

/** The blocks of bodies that are text, and what Bruno's JSON calls them. */
const TEXT_BODIES: Readonly<Record<string, string>> = {
  body: 'json',
  'body:json': 'json',
  'body:text': 'text',
  'body:xml': 'xml',
  'body:sparql': 'sparql',
};

/**
 * Reads a `.bru` file (a request, `folder.bru` or `collection.bru`) into the item that Bruno's own JSON export
 * has for it. Throws `malformed` with the line.
 */
export function readBruItem(text: string): JsonObject {
  const blocks = readBlocks(text);
  const block = (name: string): BruBlock | undefined => blocks.find((one) => one.name === name);
  const pairsOf = (name: string): BruPair[] => blocks.filter((one) => one.name === name).flatMap(readPairs);
  const textOf = (name: string): string | undefined => block(name)?.text;
  const meta = toObject(pairsOf('meta'));
  const call = blocks.find((one) => METHODS.has(one.name) || one.name === 'http');
  const http = call === undefined ? {} : toObject(readPairs(call));
  const auth = toObject(pairsOf('auth'));
  const request: JsonObject = {
    ...(call !== undefined && { method: call.name === 'http' ? (http['method'] ?? 'get') : call.name }),
    url: http['url'] ?? '',
    headers: pairsOf('headers').map(toEntry),
    params: [
      ...[...pairsOf('params:query'), ...pairsOf('query')].map((one) => ({ ...toEntry(one), type: 'query' })),
      ...pairsOf('params:path').map((one) => ({ ...toEntry(one), type: 'path' })),
    ],
    body: toBody(http['body'], textOf, pairsOf),
    auth: { mode: http['auth'] ?? auth['mode'] ?? 'inherit', ...toAuths(blocks) },
    script: compact({ req: textOf('script:pre-request'), res: textOf('script:post-response') }),
    vars: { req: pairsOf('vars:pre-request').map(toEntry), res: pairsOf('vars:post-response').map(toEntry) },
    assertions: pairsOf('assert').map(toEntry),
    ...compact({ tests: textOf('tests'), docs: textOf('docs') }),
  };
  const examples = blocks.filter((one) => one.name === 'example').map(readExample);
  return { ...meta, request, ...(examples.length > 0 && { examples }) };
}

/** Reads a `.bru` file of an environment into Bruno's JSON. */
export function readBruEnvironment(text: string): JsonObject {
  const blocks = readBlocks(text);
  const secrets = blocks
    .filter((one) => one.name === 'vars:secret')
    .flatMap((one) => one.text.split(/[\n,]/))
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const plain = blocks.filter((one) => one.name === 'vars').flatMap(readPairs);
  return {
    variables: [
      ...plain.map(toEntry),
      ...secrets.map((one) => ({
        name: one.replace(/^~/, ''),
        value: '',
        enabled: !one.startsWith('~'),
        secret: true,
      })),
    ],
  };
}

function toObject(pairs: readonly BruPair[]): JsonObject {
  return Object.fromEntries(pairs.map(({ name, value }) => [name, value]));
}

function toEntry({ name, value, isOff, description }: BruPair): JsonObject {
  return { name: name.replace(/^@/, ''), value, enabled: !isOff, ...compact({ description }) };
}

function toBody(
  mode: Json | undefined,
  textOf: (name: string) => string | undefined,
  pairsOf: (name: string) => BruPair[],
): JsonObject {
  const texts = Object.entries(TEXT_BODIES).flatMap(([name, key]) => {
    const text = textOf(name);
    return text === undefined ? [] : [[key, text] as const];
  });
  const query = textOf('body:graphql');
  return {
    mode: toBodyMode(mode),
    ...Object.fromEntries(texts),
    ...(query !== undefined && { graphql: { query, variables: textOf('body:graphql:vars') ?? '' } }),
    formUrlEncoded: pairsOf('body:form-urlencoded').map(toEntry),
    multipartForm: pairsOf('body:multipart-form').map(toPart),
    file: pairsOf('body:file').map((one) => {
      const { value, contentType } = toPart(one);
      return {
        filePath: Array.isArray(value) ? (value[0] ?? '') : '',
        ...compact({ contentType }),
        selected: !one.isOff,
      };
    }),
  };
}

function toBodyMode(mode: Json | undefined): Json {
  if (mode === 'form-urlencoded' || mode === 'formUrlEncoded') return 'formUrlEncoded';
  return mode === 'multipart-form' || mode === 'multipartForm' ? 'multipartForm' : (mode ?? 'none');
}

/** `@file(a|b) @contentType(text/csv)` names files, anything else is a text. */
function toPart(pair: BruPair): JsonObject {
  const typed = /^(.*?)\s*@contentType\(([^()]*)\)$/s.exec(pair.value);
  const value = typed?.[1] ?? pair.value;
  const file = /^@file\((.*)\)$/s.exec(value);
  return {
    ...toEntry(pair),
    ...(file === null
      ? { type: 'text', value }
      : { type: 'file', value: (file[1] ?? '').split('|').filter((one) => one !== '') }),
    ...compact({ contentType: typed?.[2] }),
  };
}

function toAuths(blocks: readonly BruBlock[]): JsonObject {
  return Object.fromEntries(
    blocks
      .filter((one) => one.name.startsWith('auth:'))
      .map((one) => [one.name.slice('auth:'.length), toObject(readPairs(one))]),
  );
}

/** A saved answer; blocks stand inside of blocks here. */
function readExample(block: BruBlock): JsonObject {
  const read = (text: string): JsonObject => toObject(readPairs({ text, line: block.line }));
  const example = read(block.text);
  const response = read(toText(example['response']));
  const status = read(toText(response['status']));
  const body = read(toText(response['body']));
  return {
    name: example['name'] ?? '',
    response: {
      status: Number(status['code'] ?? 0),
      statusText: status['text'] ?? '',
      headers: readPairs({ text: toText(response['headers']), line: block.line }).map(toEntry),
      body: { content: body['content'] ?? '' },
    },
  };
}

function toText(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
