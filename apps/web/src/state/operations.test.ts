import { expect, it } from 'vitest';
import { checkBody, findError, findOperation, listColumns } from './operations.ts';

it('finds the operation of an address with variables', () => {
  expect(findOperation('GET', '{{url}}/api/v1/users/{{userId}}?x=1')?.path).toBe('/api/v1/users/{userId}');
  expect(findOperation('GET', '{{url}}/api/v1/users/me')?.summary).toBeDefined();
  expect(findOperation('GET', 'https://x.example.com/api/v1/groups/rules')?.path).toBe(
    '/api/v1/groups/rules',
  );
  expect(findOperation('GET', 'https://x.example.com/health')).toBeUndefined();
});

it('describes the parameters of a list', () => {
  const names = findOperation('GET', '{{url}}/api/v1/users')?.parameters;
  expect(names?.find(({ name }) => name === 'limit')?.meaning).toMatch(/page/);
});

it('lists the columns of a list by what its operation declares', () => {
  expect(listColumns('GET', '{{url}}/api/v1/users')).toEqual(
    expect.arrayContaining(['id', 'status', 'lastLogin', 'profile.mobilePhone']),
  );
  expect(listColumns('GET', '{{url}}/api/v1/users/me')).toEqual([]);
  expect(listColumns('GET', 'https://x.example.com/health')).toEqual([]);
});

it('compares a body with what the operation reads, and leaves variables alone', () => {
  const address = '{{url}}/api/v1/users';
  expect(checkBody('POST', address, '{"profile":7}')).not.toEqual([]);
  expect(checkBody('POST', address, 'no json')).toEqual([]);
  expect(checkBody('POST', address, '{"profile":"{{profile}}"}')).toEqual([]);
});

it('knows what to try after an error', () => {
  expect(findError('E0000011')).toMatchObject({ status: 401 });
  expect(findError('E9999999')).toBeUndefined();
});
