import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type * as Library from '../apps/cli/src/index.ts';
import { startCli } from './support/castellan.ts';
import { type Example, readSections } from './support/script-examples.ts';

// The built library is what the types of its source say.
const { run } = (await import(
  fileURLToPath(new URL('../apps/cli/dist/index.mjs', import.meta.url))
)) as typeof Library;

const docs = new URL('../docs/', import.meta.url);
const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));
const sections = pages.flatMap((page) => readSections(page, readFileSync(new URL(page, docs), 'utf8')));
const TOKEN = '00scripts';

test('every example of a script in the docs says what comes of it', () => {
  expect(sections.length).toBeGreaterThan(15);
  const silent = sections
    .flatMap(({ examples }) => examples)
    .filter(({ requests }) => requests.every(isSilent));
  expect(silent).toEqual([]);
});

function isSilent(request: Example['requests'][number]): boolean {
  return !/pm\.test\(|tests\[|→|✗/.test(`${request.prerequest}${request.test}`);
}

test.each(sections)('docs/$page, $heading', async ({ heading, examples, rows }) => {
  await using org = await startCli(['org', '--port', '0', '--token', TOKEN], /Ctrl-C/);
  const url = org.address('Local org');
  for (const { requests, prints, fails } of examples) {
    const printed: string[] = [];
    const failed: string[] = [];
    await run({
      collection: toCollection(requests),
      environment: {
        name: 'Local',
        values: Object.entries({ url, apikey: TOKEN }).map(([key, value]) => ({ key, value })),
      },
      ...(rows === undefined ? {} : { iterationData: rows }),
      onEvent(event) {
        if (event.kind === 'console') printed.push(toLine(event.entry));
        if (event.kind === 'assertion' && event.assertion.error !== undefined)
          failed.push(event.assertion.error.message);
        if (event.kind === 'script-finished' && event.error !== undefined) failed.push(event.error.message);
        if (event.kind === 'request-failed' && event.source === 'item') failed.push(event.failure.sentence);
      },
    });
    expect({ heading, printed, failed }).toEqual({ heading, printed: prints, failed: fails });
  }
});

function toLine({
  values,
  texts = [],
}: {
  readonly values: readonly unknown[];
  readonly texts?: readonly string[];
}): string {
  return values
    .map((value, at) => (typeof value === 'string' ? value : (texts[at] ?? String(value))))
    .join(' ');
}

function toCollection(requests: Example['requests']): object {
  return {
    info: { name: 'Scripts', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    auth: {
      type: 'apikey',
      apikey: [
        { key: 'key', value: 'Authorization' },
        { key: 'value', value: 'SSWS {{apikey}}' },
        { key: 'in', value: 'header' },
      ],
    },
    item: requests.map(({ name, method, url, auth, prerequest, test: tested }) => ({
      name,
      request: {
        method,
        url,
        ...(auth === undefined ? {} : { auth: { type: auth } }),
        ...(method === 'POST' ? { body: { mode: 'raw', raw: '{}' } } : {}),
      },
      event: [toEvent('prerequest', prerequest), toEvent('test', tested)],
    })),
  };
}

function toEvent(listen: string, source: string): object {
  return { listen, script: { exec: source.split('\n') } };
}
