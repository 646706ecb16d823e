import { isObject, listOf } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Json } from '../../model.ts';

/** References within a document are followed this many times at most, since they may run in circles. */
const MAX_REFERENCES = 20;

/** A sample ends here: schemas of directories hold one another, and every way through them would be written. */
const MAX_SAMPLE_DEPTH = 6;
const MAX_SAMPLE_PARTS = 300;

/** What is being written: the schemas that are open around a part, and how many parts there are so far. */
interface Sampling {
  readonly root: JsonObject;
  readonly open: JsonObject[];
  parts: number;
}

/** Follows `$ref` within the document; a reference that leads nowhere or outside gives an empty object. */
export function resolve(root: JsonObject, value: Json | undefined): JsonObject {
  let current = value;
  for (let count = 0; count < MAX_REFERENCES; count++) {
    if (!isObject(current)) return {};
    const reference = current['$ref'];
    if (typeof reference !== 'string') return current;
    current = lookUp(root, reference);
  }
  return {};
}

function lookUp(root: JsonObject, reference: string): Json | undefined {
  if (!reference.startsWith('#/')) return undefined;
  let current: Json | undefined = root;
  for (const part of reference.slice(2).split('/')) {
    const key = decode(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(current)) current = current[Number(key)];
    else current = isObject(current) && Object.hasOwn(current, key) ? current[key] : undefined;
  }
  return current;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * A value that fits a schema: its example, default or first choice, else one built from its properties. A
 * schema inside itself, and what lies beyond the limits, is `null`.
 */
export function toSample(root: JsonObject, schema: Json | undefined): Json {
  return sample({ root, open: [], parts: 0 }, schema) ?? null;
}

function sample(sampling: Sampling, value: Json | undefined): Json | undefined {
  const schema = resolve(sampling.root, value);
  sampling.parts += 1;
  const isTooMuch = sampling.open.length > MAX_SAMPLE_DEPTH || sampling.parts > MAX_SAMPLE_PARTS;
  if (isTooMuch || sampling.open.includes(schema)) return undefined;
  sampling.open.push(schema);
  try {
    return sampleSchema(sampling, schema);
  } finally {
    sampling.open.pop();
  }
}

function sampleSchema(sampling: Sampling, schema: JsonObject): Json | undefined {
  const given =
    schema['example'] ??
    listOf(schema['examples'])[0] ??
    schema['default'] ??
    schema['const'] ??
    listOf(schema['enum'])[0];
  if (given !== undefined) return given;
  const choice = listOf(schema['oneOf'])[0] ?? listOf(schema['anyOf'])[0];
  if (Array.isArray(schema['allOf'])) return mergeSamples(sampling, schema, schema['allOf']);
  if (choice !== undefined) return sample(sampling, choice);
  const type = Array.isArray(schema['type']) ? schema['type'].find((one) => one !== 'null') : schema['type'];
  if (type === 'object' || isObject(schema['properties'])) return sampleProperties(sampling, schema);
  if (type === 'array') {
    const item = sample(sampling, schema['items']);
    return item === undefined ? [] : [item];
  }
  if (type === 'integer' || type === 'number') return 0;
  if (type === 'boolean') return true;
  return type === 'string' ? sampleText(schema['format']) : undefined;
}

function mergeSamples(sampling: Sampling, schema: JsonObject, parts: readonly Json[]): Json | undefined {
  const samples = [...parts.map((part) => sample(sampling, part)), sampleProperties(sampling, schema)];
  const objects = samples.filter(isObject).filter((one) => Object.keys(one).length > 0);
  return objects.length === 0
    ? samples[0]
    : Object.fromEntries(objects.flatMap((one) => Object.entries(one)));
}

/** What only the server sets is not part of what is sent. */
function sampleProperties(sampling: Sampling, schema: JsonObject): JsonObject {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, one]) => {
      if (resolve(sampling.root, one)['readOnly'] === true) return [];
      const value = sample(sampling, one);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function sampleText(format: Json | undefined): string {
  if (format === 'date-time') return '2030-01-01T00:00:00.000Z';
  if (format === 'date') return '2030-01-01';
  if (format === 'email') return 'person@example.com';
  if (format === 'uri' || format === 'url') return 'https://example.com';
  return format === 'uuid' ? '00000000-0000-4000-8000-000000000000' : 'string';
}
