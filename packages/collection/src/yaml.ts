import { parse } from 'yaml';
import { CollectionError } from './errors.ts';
import { refuseDangerous } from './json.ts';
import type { Json } from './model.ts';

/**
 * Parses YAML that comes from outside. Throws `not-yaml`, and `too-deep` or `forbidden-key` as for JSON;
 * anchors that hold themselves are endless, hence too deep, and anchors that multiply are refused.
 */
export function readYaml(text: string): Json {
  let value: Json;
  try {
    // The core schema knows the types of JSON and no others; `uniqueKeys` costs the square of the keys.
    value = parse(text, {
      schema: 'core',
      maxAliasCount: 100,
      uniqueKeys: false,
      logLevel: 'silent',
    }) as Json;
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new CollectionError('too-deep', 'its parts lie too many levels deep');
    const line =
      cause instanceof Error && 'linePos' in cause && Array.isArray(cause.linePos)
        ? readLine(cause.linePos[0])
        : '';
    throw new CollectionError('not-yaml', `it cannot be understood${line}`);
  }
  refuseDangerous(value);
  return value;
}

function readLine(position: unknown): string {
  return typeof position === 'object' && position !== null && 'line' in position
    ? ` from line ${String(position.line)} on`
    : '';
}
