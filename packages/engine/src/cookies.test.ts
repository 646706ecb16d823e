import { expect, test } from 'vitest';
import { createCookies } from './cookies.ts';

test('calls that ask for the jar at once get the same one', async () => {
  const cookies = createCookies();
  const [first, second] = await Promise.all([cookies.jar(), cookies.jar()]);
  first.setCookieSync('theme=dark', 'http://org.example.com/');
  expect(second).toBe(first);
  expect(cookies.header('http://org.example.com/')).toBe('theme=dark');
});
