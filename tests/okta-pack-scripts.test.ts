import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Collection, type Item, readCollection, type Script } from '@castellan/collection';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as Library from '../apps/cli/src/index.ts';
import { startCli, type RunningCli } from './support/castellan.ts';
import { listReferencePacks, NO_REFERENCE } from './support/reference.ts';

// The built library is what the types of its source say.
const { run } = (await import(
  fileURLToPath(new URL('../apps/cli/dist/index.mjs', import.meta.url))
)) as typeof Library;

const TOKEN = '00pack-scripts';

/** A folder or a request of a pack with the scripts of its own. */
interface Bearer {
  readonly pack: string;
  readonly at: string;
  readonly scripts: readonly Script[];
}

const bearers: readonly Bearer[] = (['2019', '2021', 'current'] as const).flatMap((vintage) =>
  listReferencePacks(vintage).flatMap((path) => {
    const { collection } = readCollection(readFileSync(path, 'utf8'), { unlisted: 'kept' });
    return findBearers(collection, [], `${vintage}/${basename(path)}`);
  }),
);

function findBearers(item: Item | Collection, above: readonly string[], pack: string): Bearer[] {
  const names = [...above, item.name];
  const own = item.scripts.length === 0 ? [] : [{ pack, at: names.join(' / '), scripts: item.scripts }];
  return item.kind === 'request'
    ? own
    : [...own, ...item.items.flatMap((inner) => findBearers(inner, names, pack))];
}

describe.skipIf(NO_REFERENCE !== false)(`scripts of Okta's packs`, () => {
  let org: RunningCli;
  beforeAll(async () => {
    org = await startCli(['org', '--port', '0', '--token', TOKEN], /Ctrl-C/);
  });
  afterAll(() => org[Symbol.asyncDispose]());

  test('are found in every vintage', () => {
    expect(new Set(bearers.map(({ pack }) => pack.split('/')[0]))).toEqual(
      new Set(['2019', '2021', 'current']),
    );
  });

  test.each(bearers)('$pack: $at', async ({ scripts }) => {
    const seen = { scripts: 0, failed: [] as string[], assertions: [] as boolean[] };
    const url = org.address('Local org');
    const header = [{ key: 'Authorization', value: `SSWS ${TOKEN}` }];
    const chooseUser = "pm.variables.set('userId', pm.response.json()[1].id);";
    await run({
      collection: {
        info: { name: 'Scripts' },
        item: [
          {
            name: 'Find',
            request: { method: 'GET', url: `${url}/api/v1/users`, header },
            event: [{ listen: 'test', script: { exec: [chooseUser] } }],
          },
          {
            name: 'Clear User Sessions',
            request: { method: 'DELETE', url: `${url}/api/v1/users/{{userId}}/sessions`, header },
            event: scripts.map(({ listen, source }) => ({ listen, script: { exec: [source] } })),
          },
        ],
      },
      onEvent(event) {
        if (!('itemName' in event) || event.itemName === 'Find') return;
        if (event.kind === 'script-finished') {
          seen.scripts += 1;
          if (event.error !== undefined) seen.failed.push(event.error.message);
        }
        if (event.kind === 'assertion') seen.assertions.push(event.assertion.passed);
      },
    });
    const claims = scripts.filter(({ source }) => source.includes('tests[')).length;
    expect(seen).toEqual({ scripts: scripts.length, failed: [], assertions: Array(claims).fill(true) });
  });
});
