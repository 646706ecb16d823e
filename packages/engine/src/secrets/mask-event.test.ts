import { parseUrl, type Collection } from '@castellan/collection';
import { expect, it } from 'vitest';
import { createHost, createPacing, plan, run, type RunEvent, type RunHost } from '../index.ts';
import { DOTS } from './mask.ts';

it('takes a secret out of the name of a limit, which is the path of the call', async () => {
  const real = createHost();
  const host: RunHost = {
    ...real,
    transport: {
      ...real.transport,
      send: async () => ({
        code: 200,
        status: 'OK',
        httpVersion: '1.1',
        headers: [],
        body: Buffer.from('{}'),
        size: { headers: 1, body: 2 },
        time: 1,
        timeline: { end: 1 },
      }),
    },
  };
  const collection: Collection = {
    kind: 'collection',
    id: 'c',
    name: 'C',
    items: [
      {
        kind: 'request',
        id: 'r',
        name: 'R',
        request: { method: 'POST', url: parseUrl('https://acme.example.com/hooks/{{hook}}'), headers: [] },
        examples: [],
        variables: [],
        scripts: [],
      },
    ],
    variables: [],
    scripts: [],
  };
  const values = [{ key: 'hook', value: 'quiet-hook-word', type: 'secret', enabled: true }];
  const environment = { kind: 'environment', scope: 'environment', id: 'e', name: 'E', values } as const;
  const events: RunEvent[] = [];
  await run(plan({ collection, environment, iterationCount: 2, settings: { lanes: 1 } }), host, {
    pacing: createPacing(host),
    onEvent: (event) => void events.push(event),
  });
  const names = events.flatMap((event) =>
    event.kind === 'pace' ? event.pace.buckets.map(({ bucket }) => bucket) : [],
  );
  expect(names).toContain(`POST /hooks/${DOTS}`);
  expect(JSON.stringify(events)).not.toContain('quiet-hook-word');
});
