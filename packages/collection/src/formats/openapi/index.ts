import { isObject } from '../../json.ts';
import type { Format } from '../format.ts';
import { readOpenApi } from './read.ts';

/** OpenAPI 3.0 and 3.1 and Swagger 2, in JSON or YAML. */
export const openapi: Format = {
  title: 'OpenAPI 3 or Swagger 2',
  detect: ({ json }) =>
    isObject(json) &&
    (typeof json['openapi'] === 'string' || json['swagger'] !== undefined) &&
    isObject(json['info']),
  read: ({ json }) => {
    const { collection, notes } = readOpenApi(isObject(json) ? json : {});
    return { collections: [collection], environments: [], notes };
  },
};
