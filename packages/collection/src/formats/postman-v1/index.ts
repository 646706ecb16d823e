import { isObject } from '../../json.ts';
import type { Format } from '../format.ts';
import { readPostmanV1 } from './read.ts';

/** Postman's first schema (until 2017), which today's Postman refuses. */
export const postmanV1: Format = {
  title: 'Postman collection v1',
  detect: ({ json }) =>
    isObject(json) &&
    Array.isArray(json['requests']) &&
    json['info'] === undefined &&
    typeof json['name'] === 'string',
  read: ({ json, unlisted }) => {
    const { collection, notes } = readPostmanV1(json ?? null, unlisted);
    return { collections: [collection], environments: [], notes };
  },
};
