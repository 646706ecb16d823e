import { isObject, readText } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { folderOf, nameOf, type SourceFile } from '../../sources/source-file.ts';
import { readYaml } from '../../yaml.ts';
import { toCollection } from '../draft.ts';
import type { DraftFolder, DraftRequest } from '../draft.ts';
import type { Format, FolderFormat } from '../format.ts';
import type { Note } from '../../model.ts';
import { readEnvironmentFile, toDraftExample, toDraftFolder, toDraftRequest } from './read.ts';

const DEFINITION = /(?:^|\/)\.resources\/definition\.ya?ml$/;
const REQUEST = /\.request\.ya?ml$/;
const EXAMPLE = /(?:^|\/)\.resources\/(.+)\.resources\/examples\/[^/]+\.ya?ml$/;

/** Single files of Postman's schema 3: an environment or globals, or one request. */
export const postmanV3: Format = {
  title: 'Postman collection v3 (YAML)',
  detect: ({ json, name }) =>
    isObject(json) &&
    (json['$kind'] === 'http-request' ||
      json['$kind'] === 'environment' ||
      /\.(?:environment|globals)\.ya?ml$/.test(name ?? '')),
  read({ json, name }) {
    const file = isObject(json) ? json : {};
    if (file['$kind'] !== 'http-request')
      return { collections: [], environments: [readEnvironmentFile(file, name)], notes: [] };
    const request = toDraftRequest(file, nameOf(name ?? 'Request').replace(REQUEST, ''), []);
    const { collection, notes } = toCollection({ name: request.name, items: [request] });
    return { collections: [collection], environments: [], notes };
  },
};

/** Postman's schema 3: a folder with a YAML file for each request, and what folders hand down in `.resources`. */
export const postmanV3Folder: FolderFormat = {
  findRoots(files) {
    const held = files.flatMap(({ path }) => {
      if (DEFINITION.test(path)) return [folderOf(folderOf(path))];
      return REQUEST.test(path) && !path.includes('.resources/') ? [folderOf(path)] : [];
    });
    // The topmost folder with a definition or a request is the collection, unless it only holds other folders.
    return [...new Set(held)].filter((one) => !held.some((other) => isAbove(other, one)));
  },
  read(files, name) {
    const notes: Note[] = [];
    const examples = readExamples(files);
    const draft = toFolder(files, '', name, { examples, notes });
    const { collection, notes: more } = toCollection(draft);
    return { collections: [collection], environments: [], notes: [...notes, ...more] };
  },
};

function isAbove(folder: string, inner: string): boolean {
  return folder !== inner && (folder === '' || inner.startsWith(`${folder}/`));
}

/** Saved answers by the path of their request, without its ending. */
type Examples = ReadonlyMap<string, readonly { readonly name: string; readonly file: JsonObject }[]>;

interface Context {
  readonly examples: Examples;
  readonly notes: Note[];
}

function readExamples(files: readonly SourceFile[]): Examples {
  const examples = new Map<string, { name: string; file: JsonObject }[]>();
  for (const file of files) {
    const request = EXAMPLE.exec(file.path)?.[1];
    if (request === undefined) continue;
    const folder = file.path.slice(0, file.path.indexOf('.resources/'));
    const key = `${folder}${request}`;
    const name = nameOf(file.path).replace(/(?:\.example)?\.ya?ml$/, '');
    examples.set(key, [...(examples.get(key) ?? []), { name, file: readObject(file) }]);
  }
  return examples;
}

interface Ordered {
  readonly item: DraftFolder | DraftRequest;
  readonly order: number;
  readonly name: string;
}

function toFolder(
  files: readonly SourceFile[],
  folder: string,
  name: string,
  context: Context,
): DraftFolder & { order: number } {
  const inside = files.filter(({ path }) => !path.slice(folder.length).includes('.resources/'));
  const here = inside.filter(({ path }) => folderOf(path) === folder.replace(/\/$/, ''));
  const definition = files.find(
    ({ path }) => path.startsWith(`${folder}.resources/definition.`) && DEFINITION.test(path),
  );
  const below = new Set(
    inside
      .filter(({ path }) => path.startsWith(folder) && path.slice(folder.length).includes('/'))
      .map(({ path }) => path.slice(folder.length).split('/')[0] ?? ''),
  );
  const own = definition === undefined ? {} : readObject(definition);
  const folders = [...below].map((one): Ordered => {
    const { order, ...item } = toFolder(files, `${folder}${one}/`, one, context);
    return { item, order, name: one };
  });
  const requests = here.flatMap((file) => toRequest(file, context));
  const items = [...folders.filter(({ item }) => !('items' in item) || item.items.length > 0), ...requests];
  return {
    ...toDraftFolder(own, name),
    items: items.sort((a, b) => a.order - b.order || a.name.localeCompare(b.name)).map(({ item }) => item),
    order: orderOf(own),
  };
}

function toRequest(file: SourceFile, { examples, notes }: Context): Ordered[] {
  const name = nameOf(file.path);
  if (!/\.ya?ml$/.test(name)) return [];
  const value = readObject(file);
  const kind = value['$kind'];
  if (kind !== 'http-request' && kind !== 'graphql-request') {
    if (typeof kind === 'string' && kind.endsWith('-request'))
      notes.push({
        kind: 'lost',
        place: name,
        sentence: 'It is not a request over HTTP, and so it is left out.',
      });
    return [];
  }
  const stem = file.path.replace(REQUEST, '');
  const saved = [...(examples.get(stem) ?? [])]
    .sort((a, b) => orderOf(a.file) - orderOf(b.file) || a.name.localeCompare(b.name))
    .map((one) => toDraftExample(one.file, one.name));
  return [{ item: toDraftRequest(value, nameOf(stem), saved), order: orderOf(value), name }];
}

function orderOf(file: JsonObject): number {
  return typeof file['order'] === 'number' ? file['order'] : Number.MAX_SAFE_INTEGER;
}

function readObject(file: SourceFile): JsonObject {
  const value = readYaml(readText(file.content));
  return isObject(value) ? value : {};
}
