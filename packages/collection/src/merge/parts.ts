import { compact } from '../json.ts';
import type { Collection, Folder, Json, RequestItem } from '../model.ts';

/** A collection, folder or request without a look at what lies inside of it. */
export type Node = Collection | Folder | RequestItem;

/** One part of a node that is compared and merged by itself. */
export interface Part {
  /** What a person calls it. */
  readonly name: string;
  readonly read: (node: Node) => Json | undefined;
  /** The node with this part exchanged. */
  readonly write: (node: Node, value: Json | undefined) => Node;
  /** Of a list whose entries are merged one by one: what tells them apart, and what one is called. */
  readonly entries?: { readonly key: string; readonly title: (key: string) => string };
}

const variables = part('variables', 'variables', { key: 'key', title: (key) => `variable ${key}` });
const scripts = part('scripts', 'scripts', {
  key: 'listen',
  title: (key) => (key === 'test' ? 'test script' : 'pre-request script'),
});

/** What folders and collections are made of. */
const LEVEL_PARTS: readonly Part[] = [
  part('name', 'name'),
  part('description', 'description'),
  part('authorization', 'auth'),
  variables,
  scripts,
  part('settings', 'settings'),
  part('other fields', 'extra'),
];

const REQUEST_PARTS: readonly Part[] = [
  part('name', 'name'),
  requestPart('method', 'method'),
  requestPart('address', 'url'),
  requestPart('headers', 'headers', { key: 'key', title: (key) => `header ${key}` }),
  requestPart('body', 'body'),
  requestPart('authorization', 'auth'),
  requestPart('description', 'description'),
  scripts,
  part('examples', 'examples', { key: 'name', title: (key) => `example ${key}` }),
  variables,
  part('settings', 'settings'),
  requestPart('other fields of the request', 'extra'),
  part('other fields', 'extra'),
];

/** The parts of a node in the order in which a person reads them. */
export function partsOf(node: Node): readonly Part[] {
  return node.kind === 'request' ? REQUEST_PARTS : LEVEL_PARTS;
}

function part(name: string, key: string, entries?: Part['entries']): Part {
  return {
    name,
    read: (node) => read(node, key),
    write: (node, value) => write(node, key, value),
    ...compact({ entries }),
  };
}

function requestPart(name: string, key: string, entries?: Part['entries']): Part {
  return {
    name,
    read: (node) => (node.kind === 'request' ? read(node.request, key) : undefined),
    write: (node, value) =>
      node.kind === 'request' ? { ...node, request: write(node.request, key, value) } : node,
    ...compact({ entries }),
  };
}

function read(source: object, key: string): Json | undefined {
  // The model is JSON, and the tables above name its fields.
  return (source as Record<string, Json | undefined>)[key];
}

function write<T extends object>(source: T, key: string, value: Json | undefined): T {
  // A part goes back only where one of the same kind was read.
  return compact({ ...source, [key]: value }) as unknown as T;
}

/** A value as a person compares it: an address and a script as text, everything else laid out. */
export function toPartText(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  const said = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  for (const key of ['raw', 'source', 'text']) {
    const text = said[key];
    if (typeof text === 'string') return text;
  }
  return JSON.stringify(value, null, 2);
}
