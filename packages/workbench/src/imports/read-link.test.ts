import { expect, it } from 'vitest';
import { readLink } from './read-link.ts';

const answer =
  (body: string | ReadableStream | null, status = 200) =>
  async () =>
    new Response(body, { status });

it('reads the text behind a link', async () => {
  expect(await readLink(' https://x.example.com/users.json ', answer('{}'))).toBe('{}');
});

it.each([
  ['a missing file', answer(null, 404), 'Nothing is found at https://x.example.com/a (404)'],
  ['a page for people who are signed in', answer(null, 403), 'without signing in (403)'],
  ['a web page', answer('<!DOCTYPE html><p>Hello'), 'is a web page, not a collection'],
  ['a dead host', () => Promise.reject(new TypeError('fetch failed')), 'x.example.com could not be reached'],
])('says what is wrong with %s', async (_, fetch, sentence) => {
  await expect(readLink('https://x.example.com/a', fetch)).rejects.toThrow(sentence);
});

it('stops reading at 50 MB', async () => {
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)),
  });
  await expect(readLink('https://x.example.com/a', answer(endless))).rejects.toThrow('larger than 50 MB');
});

it('refuses what is no web address', async () => {
  await expect(readLink('file:///etc/passwd', answer(''))).rejects.toThrow('A link starts with http');
});
