import { errors } from '@castellan/okta-api';
import { routes } from '../src/apis/index.ts';
import type { Route } from '../src/routes.ts';

/** The page that says which operations the local org serves: path from the root of the checkout → text. */
export function generate(): Readonly<Record<string, string>> {
  return { 'docs/coverage.md': toPage(routes) };
}

const NOT_SERVED = 'E0000060';

function toPage(all: readonly Route[]): string {
  const apis = [...new Set(all.map(({ operation }) => operation.api))].map(
    (api) => [api, all.filter(({ operation }) => operation.api === api)] as const,
  );
  const { status } = errors[NOT_SERVED];
  return [
    '# What the local org serves',
    '',
    `${countServed(all)} of ${all.length} operations. The others are known and answer ${status} ${NOT_SERVED}.`,
    'This page is written by `npm run generate` from the table that the local org itself routes by.',
    '',
    '| API | served | of |',
    '| --- | ---: | ---: |',
    ...apis.map(([api, ofApi]) => `| [${api}](#${api}) | ${countServed(ofApi)} | ${ofApi.length} |`),
    ...apis.flatMap(([api, ofApi]) => ['', `## ${api}`, '', ...toTable(ofApi)]),
    '',
  ].join('\n');
}

function countServed(of: readonly Route[]): number {
  return of.filter((route) => route.handler !== undefined).length;
}

function toTable(of: readonly Route[]): string[] {
  return [
    '| operation | request | local org |',
    '| --- | --- | --- |',
    ...of.map(({ operation, handler }) => {
      const request = `\`${operation.method} ${operation.path}\``;
      return `| ${operation.summary} | ${request} | ${handler === undefined ? 'refused' : 'served'} |`;
    }),
  ];
}
