import { parseUrl } from '@castellan/collection';
import type { Collection } from '@castellan/collection';
import { expect, test } from 'vitest';
import { estimate, plan } from './index.ts';
import type { RowSource } from './rows/row-source.ts';

function createCollection(method: string): Collection {
  return {
    kind: 'collection',
    id: 'c',
    name: 'C',
    variables: [],
    scripts: [],
    items: [
      {
        kind: 'request',
        id: 'r',
        name: 'R',
        request: { method, url: parseUrl('https://acme.example.com/api/v1/things/1'), headers: [] },
        scripts: [],
        examples: [],
        variables: [],
      },
    ],
  };
}

test('takes a deletion that nobody knows for one that cannot be undone, however it is written', async () => {
  for (const method of ['DELETE', 'delete']) {
    const { writes } = await estimate(plan({ collection: createCollection(method) }));
    expect(writes).toMatchObject([{ method, irreversible: true }]);
  }
});

test('closes the rows when it is broken off', async () => {
  const stop = new AbortController();
  let isClosed = false;
  const data: RowSource = {
    count: 2,
    async *rows() {
      try {
        yield {};
        stop.abort();
        yield {};
      } finally {
        isClosed = true;
      }
    },
  };
  const planned = plan({ collection: createCollection('GET'), data });
  await expect(estimate(planned, { signal: stop.signal })).rejects.toThrow('aborted');
  expect(isClosed).toBe(true);
});
