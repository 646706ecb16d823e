import { expect, it } from 'vitest';
import { createRecentTexts } from './recent-texts.ts';

it('makes a text once for a record and an origin, and again after others took its place', () => {
  const texts = createRecentTexts(2);
  let made = 0;
  const text = (record: object, origin = 'https://a.example.com') =>
    texts.of(record, origin, () => `${origin} ${(made += 1)}`);
  const [one, two, three] = [{}, {}, {}];
  expect([text(one), text(one), text(two)]).toEqual([
    'https://a.example.com 1',
    'https://a.example.com 1',
    'https://a.example.com 2',
  ]);
  expect(text(one, 'https://b.example.com')).toBe('https://b.example.com 3');
  expect([text(three), text(three), text(one)]).toEqual([
    'https://a.example.com 4',
    'https://a.example.com 4',
    'https://a.example.com 5',
  ]);
});
