import { CollectionError } from '../errors.ts';
import { readJson, readText } from '../json.ts';
import type { ReadLimits } from '../json.ts';
import { readYaml } from '../yaml.ts';
import type { Collection, Environment, Json, Note } from '../model.ts';
import type { Format, ReadResult, Source } from './format.ts';
import { bruno } from './bruno/index.ts';
import { curl } from './curl/index.ts';
import { har } from './har/index.ts';
import { hoppscotch } from './hoppscotch/index.ts';
import { insomnia } from './insomnia/index.ts';
import { openapi } from './openapi/index.ts';
import { postmanDump } from './postman-dump/index.ts';
import { postmanEnvironment } from './postman-environment/index.ts';
import { postmanV1 } from './postman-v1/index.ts';
import { postmanV20, postmanV21 } from './postman-v2/index.ts';
import { postmanV3 } from './postman-v3/index.ts';
import { yaak } from './yaak/index.ts';

export type FormatName =
  | 'postman-v2.1'
  | 'postman-v2.0'
  | 'postman-v1'
  | 'postman-v3'
  | 'postman-dump'
  | 'postman-environment'
  | 'openapi'
  | 'har'
  | 'insomnia'
  | 'hoppscotch'
  | 'bruno'
  | 'yaak'
  | 'curl';

/** Every format that is read, in the order in which a file is tried. */
export const FORMATS = {
  'postman-v2.1': postmanV21,
  'postman-v2.0': postmanV20,
  'postman-v1': postmanV1,
  'postman-v3': postmanV3,
  'postman-dump': postmanDump,
  'postman-environment': postmanEnvironment,
  openapi,
  har,
  insomnia,
  hoppscotch,
  bruno,
  yaak,
  curl,
} satisfies Record<FormatName, Format>;

export interface ReadOptions extends ReadLimits {
  /** Name of the file; some files say nothing about themselves but their name. */
  readonly name?: string;
  /**
   * v1 files may hold requests that none of their lists names. Postman takes them for deleted: `left-out`
   * (default), for runs that equal Postman's. `kept` puts them at the end, for an import that loses nothing.
   */
  readonly unlisted?: 'left-out' | 'kept';
}

/**
 * Reads a file in any known format and says what it held. Throws a `CollectionError`: `too-large`, `empty`,
 * `html-instead-of-json`, `not-json`, `too-deep`, `forbidden-key`, `unknown-format` or `malformed`.
 */
export function readAny(
  file: string | Uint8Array,
  options: ReadOptions = {},
): ReadResult & { readonly format: FormatName } {
  const text = readText(file, options);
  const source: Source = {
    name: options.name,
    text,
    json: readValue(text, options.name),
    unlisted: options.unlisted,
  };
  for (const name of Object.keys(FORMATS)) {
    // The keys of FORMATS are the names of formats.
    const format = name as FormatName;
    if (FORMATS[format].detect(source)) return { ...FORMATS[format].read(source), format };
  }
  const titles = Object.values(FORMATS).map((one: Format) => one.title);
  throw new CollectionError('unknown-format', `Castellan reads ${titles.join(', ')}`);
}

/** Formats that are neither JSON nor YAML. */
const TEXT_FORMATS: readonly Format[] = [curl, bruno];

/** YAML is tried only where a name or a line says so: nearly every text is YAML. */
function readValue(text: string, name: string | undefined): Json | undefined {
  if (TEXT_FORMATS.some((one) => one.detect({ name, text, json: undefined }))) return undefined;
  const isYaml =
    !/^\s*[[{<]/.test(text) &&
    (/\.ya?ml$/i.test(name ?? '') ||
      /^["']?(?:openapi|swagger|type|opencollection|\$kind)["']?\s*:/m.test(text));
  return isYaml ? readYaml(text) : readJson(text);
}

/** Reads one collection in any known format; throws as {@link readAny}, and `wrong-kind` for another thing. */
export function readCollection(
  file: string | Uint8Array,
  options: ReadOptions = {},
): { collection: Collection; notes: readonly Note[] } {
  const result = readAny(file, options);
  const [collection, ...others] = result.collections;
  if (collection === undefined)
    throw new CollectionError(
      'wrong-kind',
      result.environments.length > 0 ? 'it is an environment, not a collection' : 'it holds no collection',
    );
  if (others.length > 0)
    throw new CollectionError(
      'wrong-kind',
      `it holds ${others.length + 1} collections; import them one by one`,
    );
  return { collection, notes: result.notes };
}

/** Reads an environment or globals; throws as {@link readAny}, and `wrong-kind` for another thing. */
export function readEnvironment(
  file: string | Uint8Array,
  options: ReadOptions = {},
): { environment: Environment; notes: readonly Note[] } {
  const result = readAny(file, options);
  const [environment] = result.environments;
  if (environment === undefined)
    throw new CollectionError('wrong-kind', 'it is a collection, not an environment');
  return { environment, notes: result.notes };
}
