import { expect, it } from 'vitest';
import { toUrl, withQuery } from './url.ts';

const empty = { raw: '', query: [], pathVariables: [] };

it('takes a typed address apart and keeps what is switched off', () => {
  const off = { key: 'after', value: 'x', disabled: true };
  const url = toUrl('{{url}}/api/v1/users/:id?limit=25', { ...empty, query: [off] });
  expect(url).toMatchObject({
    host: ['{{url}}'],
    path: ['api', 'v1', 'users', ':id'],
    query: [{ key: 'limit', value: '25' }, off],
    pathVariables: [{ key: 'id', value: '' }],
  });
});

it('writes the table of parameters back into the address', () => {
  const url = toUrl('{{url}}/users?limit=25#top', empty);
  expect(withQuery(url, [{ key: 'limit', value: '3' }]).raw).toBe('{{url}}/users?limit=3#top');
});
