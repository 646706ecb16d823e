import { isObject } from '../../json.ts';
import type { Format, Source } from '../format.ts';
import { readPostmanV2 } from './read.ts';

/** Postman's schema v2.1: auth parameters are lists. What Castellan writes. */
export const postmanV21: Format = {
  title: 'Postman collection v2.1',
  detect: (source) => isV2(source) && !isV20(source),
  read: readCollections,
};

/** Postman's schema v2.0: auth parameters are objects. */
export const postmanV20: Format = {
  title: 'Postman collection v2.0',
  detect: (source) => isV2(source) && isV20(source),
  read: readCollections,
};

function readCollections(source: Source): ReturnType<Format['read']> {
  const { collection, notes } = readPostmanV2(toRoot(source) ?? null);
  return { collections: [collection], environments: [], notes };
}

function isV2(source: Source): boolean {
  const root = toRoot(source);
  if (!isObject(root)) return false;
  if (root['info'] === undefined) return holdsItems(root['item']);
  return isObject(root['info']) && (Array.isArray(root['item']) || schemaOf(root).includes('/collection/v2'));
}

/** A file that says nothing about itself, as written by hand: its items have to look like some. */
function holdsItems(value: unknown): boolean {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const isItem = (item: unknown): boolean =>
    isObject(item) && (item['request'] !== undefined || item['item'] !== undefined);
  return items.length > 0 && items.every(isItem);
}

function isV20(source: Source): boolean {
  const root = toRoot(source);
  return isObject(root) && schemaOf(root).includes('/v2.0');
}

/** Postman's own API wraps a collection in `{"collection": …}`. */
function toRoot(source: Source): Source['json'] {
  const { json } = source;
  return isObject(json) && isObject(json['collection']) && json['info'] === undefined
    ? json['collection']
    : json;
}

function schemaOf(root: Record<string, unknown>): string {
  const schema = isObject(root['info']) ? root['info']['schema'] : undefined;
  return typeof schema === 'string' ? schema : '';
}
