import { expect, it } from 'vitest';
import { findNextPage } from '../../state/answer.ts';
import { toTable } from './body-text.ts';
import { explain } from './explain.ts';

it('finds the next page among several links', () => {
  const headers = [
    ['link', '<https://x.example.com/a?limit=1>; rel="self", <https://x.example.com/a?after=2>; rel="next"'],
  ] as const;
  expect(findNextPage(headers)).toBe('https://x.example.com/a?after=2');
});

it('puts what tells rows apart into the first columns', () => {
  const table = toTable([{ created: '2026', profile: { login: 'a@example.com' }, id: '1', _links: {} }]);
  expect(table?.columns).toEqual(['id', 'profile.login', 'created']);
  const declared = toTable([{ id: '1' }], ['id', 'status', '_links']);
  expect(declared).toMatchObject({ columns: ['id', 'status'], filled: 1 });
});

it('puts what lies deeper behind the rest, and lists into one cell', () => {
  const app = {
    id: '1',
    settings: { app: { url: 'https://a.example.com' } },
    features: ['A', 'B'],
    _links: {},
  };
  expect(toTable([app])).toEqual({
    columns: ['id', 'features', 'settings.app.url'],
    filled: 3,
    rows: [{ id: '1', features: 'A, B', 'settings.app.url': 'https://a.example.com' }],
  });
});

it('explains an answer of Okta by its code and causes', () => {
  const body = JSON.stringify({
    errorCode: 'E0000011',
    errorSummary: 'Invalid token provided',
    errorCauses: [],
  });
  expect(explain({ status: 401, body })).toMatchObject({ title: 'E0000011: Invalid token provided' });
  expect(explain({ status: 200, body: '[]' })).toBeUndefined();
});
