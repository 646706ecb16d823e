import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { operations } from './apis/index.ts';
import type { OperationDefinition } from './define.ts';
import { findBucket } from './rate-limits.ts';

const all = Object.values(operations).flatMap((api) => Object.values<OperationDefinition>(api));
const nameOf = (operation: OperationDefinition) => `${operation.method} ${operation.path}`;
const parametersOf = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);

const reference = new URL('../../../../shared/okta/operations.json', import.meta.url);
const Reference = z.array(
  z.object({
    method: z.string(),
    path: z.string(),
    success: z.string(),
    rateLimit: z.object({ id: z.string() }),
    deprecated: z.boolean(),
    recorded: z.record(z.string(), z.number()).nullable(),
  }),
);

test.skipIf(!existsSync(reference))(
  'every operation of the reference list is defined, with its status and its bucket (skipped where the list is not beside the checkout)',
  () => {
    const rows = Reference.parse(JSON.parse(readFileSync(reference, 'utf8')));
    const wanted = rows.map((row) => ({
      name: `${row.method} ${row.path}`,
      status: successOf(row),
      bucket: row.rateLimit.id,
      deprecated: row.deprecated,
    }));
    const defined = all.map((operation) => ({
      name: nameOf(operation),
      status: operation.success.status,
      bucket: operation.bucket,
      deprecated: operation.deprecated ?? false,
    }));
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    const listed = defined.filter(({ name }) => wanted.some((one) => one.name === name));
    expect(listed.toSorted(byName)).toEqual(wanted.toSorted(byName));
  },
);

/** What was recorded wins over what was written down. */
function successOf(row: z.infer<typeof Reference>[number]): number {
  const recorded = Object.entries(row.recorded ?? {})
    .filter(([status]) => status.startsWith('2'))
    .toSorted((a, b) => b[1] - a[1])[0];
  return recorded ? Number(recorded[0]) : Number.parseInt(row.success, 10);
}

test('no operation is defined twice', () => {
  const names = all.map(nameOf);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each(all.map((operation) => [nameOf(operation), operation] as const))(
  '%s has the bucket that its path is counted by',
  (_, operation) => {
    const path = operation.path.replaceAll(/\{\w+\}/g, 'x');
    expect(findBucket(operation.method, path)).toBe(operation.bucket);
  },
);

const examples = all.flatMap((operation) =>
  operation.examples.map((example) => [`${operation.api}: ${example.title}`, operation, example] as const),
);

test('every operation has an example, and no API uses a title twice', () => {
  expect(all.filter((operation) => operation.examples.length === 0).map(nameOf)).toEqual([]);
  const titles = examples.map(([title]) => title);
  expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
});

test.each(examples)('%s is valid by its schemas', (_, operation, example) => {
  expect(problemsOf(operation, example)).toEqual([]);
});

function problemsOf(
  operation: OperationDefinition,
  example: OperationDefinition['examples'][number],
): readonly unknown[] {
  const query = z.safeParse(operation.query ?? z.strictObject({}), example.query ?? {});
  const notJson = example.raw !== undefined || operation.bodyType === 'multipart';
  const mayBeAbsent = !operation.body || operation.bodyRequired === false || notJson;
  const absent = example.body === undefined && mayBeAbsent;
  const body = absent ? undefined : z.safeParse(operation.body ?? z.never(), example.body);
  return [query.error?.issues, body?.error?.issues].filter((issues) => issues !== undefined);
}

test.each(examples)('%s fills in only parameters of its path', (_, operation, example) => {
  expect(parametersOf(operation.path)).toEqual(expect.arrayContaining(Object.keys(example.path ?? {})));
});
