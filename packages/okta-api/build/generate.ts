import { writeCollection, writeEnvironment } from '@castellan/collection';
import { packs } from '../src/packs.ts';
import { environmentTemplate, toCollection } from '../src/to-collection.ts';

/** The packs and their environment as files: path from the root of the checkout → text. */
export function generate(): Readonly<Record<string, string>> {
  const files = Object.entries(packs).map(([name, pack]) => [
    `packs/${name}.json`,
    writeCollection(toCollection(pack)),
  ]);
  return Object.fromEntries([
    ...files,
    ['packs/okta.postman_environment.json', writeEnvironment(environmentTemplate())],
  ]);
}
