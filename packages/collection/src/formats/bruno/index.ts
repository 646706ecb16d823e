import { isObject, objectsOf, readText, textOf } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import { folderOf, nameOf, type SourceFile } from '../../sources/source-file.ts';
import { readYaml } from '../../yaml.ts';
import type { Format, FolderFormat, ReadResult } from '../format.ts';
import { readBruEnvironment, readBruItem } from './bru-item.ts';
import { toBrunoEnvironment, toBrunoItem, toBrunoRoot } from './open-collection.ts';
import { readBrunoCollection, readBrunoEnvironment } from './read.ts';

/** Bruno's exports: its JSON, one `.bru` file, or an OpenCollection in one file. */
export const bruno: Format = {
  title: 'Bruno collection',
  detect: ({ json, text }) =>
    json === undefined
      ? /^\s*meta\s*\{/.test(text)
      : isObject(json) && (json['opencollection'] !== undefined || isExport(json)),
  read({ json, text, name }) {
    if (!isObject(json)) {
      const item = readBruItem(text);
      return toResult({ name: textOf(item['name']) ?? name ?? 'Bruno', items: [item] }, []);
    }
    if (json['opencollection'] === undefined) return toResult(json, objectsOf(json['environments']));
    const config = isObject(json['config']) ? json['config'] : {};
    const environments = objectsOf(config['environments']).map(toBrunoEnvironment);
    return toResult(toBrunoItem({ ...json, items: json['items'] ?? [] }), environments);
  },
};

/** A folder with `bruno.json` or `opencollection.yml` in it, and a file for each request. */
export const brunoFolder: FolderFormat = {
  findRoots: (files) =>
    files.filter(({ path }) => isRootFile(nameOf(path))).map(({ path }) => folderOf(path)),
  read(files, name) {
    const rootFile = files.find(({ path }) => isRootFile(path));
    const root = rootFile === undefined ? {} : readObject(rootFile);
    const info = isObject(root['info']) ? root['info'] : root;
    const isInside = ({ path }: SourceFile): boolean => /(?:^|\/)environments\/[^/]+$/.test(path);
    const environments = files.filter((file) => isInside(file) && isItemFile(file.path)).map(toEnvironment);
    const items = files.filter((file) => !isInside(file));
    const tree = toTree(items, textOf(info['name']) ?? name);
    const isYaml = rootFile !== undefined && /\.ya?ml$/.test(rootFile.path);
    return toResult(isYaml ? { ...tree, root: toBrunoRoot(root) } : tree, environments);
  },
};

function isExport(json: JsonObject): boolean {
  const first = objectsOf(json['items'])[0];
  return (
    Array.isArray(json['items']) &&
    (json['brunoConfig'] !== undefined ||
      textOf(json['exportedUsing'])?.startsWith('Bruno') === true ||
      (json['version'] === '1' && (first === undefined || typeof first['type'] === 'string')))
  );
}

function isRootFile(name: string): boolean {
  return name === 'bruno.json' || /^opencollection\.ya?ml$/.test(name);
}

function isItemFile(path: string): boolean {
  return /\.(?:bru|ya?ml)$/.test(path);
}

function toResult(root: JsonObject, environments: readonly JsonObject[]): ReadResult {
  const { collection, notes } = readBrunoCollection(root);
  return {
    collections: [collection],
    environments: environments.map((one) => readBrunoEnvironment(one, 'Bruno')),
    notes,
  };
}

/** The folders of the disk as Bruno's JSON nests them. */
function toTree(files: readonly SourceFile[], name: string): JsonObject {
  const here = files.filter(({ path }) => folderOf(path) === '' && isItemFile(path) && !isRootFile(path));
  const settings = here.find(({ path }) => /^(?:folder|collection)\.(?:bru|ya?ml)$/.test(path));
  const own = settings === undefined ? {} : readItem(settings);
  const folders = [
    ...new Set(files.filter(({ path }) => path.includes('/')).map(({ path }) => path.split('/')[0] ?? '')),
  ];
  const nested = folders.map((folder) =>
    toTree(
      files
        .filter(({ path }) => path.startsWith(`${folder}/`))
        .map(({ path, content }) => ({ path: path.slice(folder.length + 1), content })),
      folder,
    ),
  );
  const requests = here
    .filter((file) => file !== settings)
    .map((file) => withName(readItem(file), file.path));
  const request = isObject(own['request']) ? own['request'] : {};
  return {
    name: textOf(own['name']) ?? name,
    ...(own['seq'] !== undefined && { seq: own['seq'] }),
    root: { request, ...(request['docs'] !== undefined && { docs: request['docs'] }) },
    items: [...nested.filter((one) => objectsOf(one['items']).length > 0), ...requests],
  };
}

function withName(item: JsonObject, path: string): JsonObject {
  return { ...item, name: textOf(item['name']) ?? nameOf(path).replace(/\.[^.]*$/, '') };
}

function readItem(file: SourceFile): JsonObject {
  return file.path.endsWith('.bru') ? readBruItem(readText(file.content)) : toBrunoItem(readObject(file));
}

function toEnvironment(file: SourceFile): JsonObject {
  const name = nameOf(file.path).replace(/\.[^.]*$/, '');
  const read = file.path.endsWith('.bru')
    ? readBruEnvironment(readText(file.content))
    : toBrunoEnvironment(readObject(file));
  return { name, ...read };
}

/** YAML, of which JSON is a part. */
function readObject(file: SourceFile): JsonObject {
  const value = readYaml(readText(file.content));
  return isObject(value) ? value : {};
}
