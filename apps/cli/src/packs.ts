import { readdir, readFile } from 'node:fs/promises';

/** The build puts Castellan's own packs here. */
const folder = new URL('packs/', import.meta.url);

/** Reads Castellan's own packs: the text of each collection by the name it is served under. */
export async function readPacks(): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name.slice(0, -'.json'.length), texts[index] ?? '']));
}
