import { expect, it } from 'vitest';
import { readLink } from './read-link.ts';

const answer =
  (body: string | ReadableStream | null, status = 200) =>
  async () =>
    new Response(body, { status });

it('reads the file behind a link', async () => {
  const { bytes, name } = await readLink(' https://x.example.com/my%20users.json?x=1 ', answer('{}'));
  expect(Buffer.from(bytes).toString()).toBe('{}');
  expect(name).toBe('my users.json');
});

it.each([
  [
    'https://github.com/acme/api/blob/main/a/users.json',
    'https://raw.githubusercontent.com/acme/api/main/a/users.json',
  ],
  ['https://gist.github.com/acme/0123abc', 'https://gist.githubusercontent.com/acme/0123abc/raw'],
  [
    'https://gitlab.example.com/acme/api/-/blob/main/users.json',
    'https://gitlab.example.com/acme/api/-/raw/main/users.json',
  ],
  [
    'https://bitbucket.org/acme/api/src/main/users.json',
    'https://bitbucket.org/acme/api/raw/main/users.json',
  ],
  ['https://example.com/src/users.json', 'https://example.com/src/users.json'],
])('takes the file itself for the page that shows it: %s', async (page, file) => {
  const asked: string[] = [];
  await readLink(page, async (url) => {
    asked.push(String(url));
    return new Response('{}');
  });
  expect(asked).toEqual([file]);
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
