import { CORE_SCHEMA, load, YAMLException } from 'js-yaml';
import { CollectionError } from './errors.ts';
import { refuseDangerous } from './json.ts';
import type { Json } from './model.ts';

/** As deep as JSON may be. */
const MAX_DEPTH = 400;

/** Far more than people write, and few enough that what they stand for can be walked. */
const MAX_ALIASES = 1000;

/**
 * Parses YAML that comes from outside. Throws `not-yaml`, and `too-deep` or `forbidden-key` as for JSON;
 * anchors that hold themselves are endless, hence too deep, and anchors that multiply are refused.
 */
export function readYaml(text: string): Json {
  let value: Json;
  try {
    // The core schema knows the types of JSON and no others; a name that is there twice counts as in JSON.
    value = load(text, {
      schema: CORE_SCHEMA,
      json: true,
      maxDepth: MAX_DEPTH,
      maxAliases: MAX_ALIASES,
    }) as Json;
  } catch (cause) {
    if (!(cause instanceof YAMLException)) throw cause;
    if (cause.reason.includes('maxDepth'))
      throw new CollectionError('too-deep', 'its parts lie too many levels deep');
    const line = cause.mark === undefined ? '' : ` from line ${cause.mark.line + 1} on`;
    throw new CollectionError('not-yaml', `it cannot be understood${line}`);
  }
  // A value that is used again is walked again: what the text says is far less than what it stands for.
  refuseDangerous(value, { mostValues: text.length * 4 + 10_000 });
  return value;
}
