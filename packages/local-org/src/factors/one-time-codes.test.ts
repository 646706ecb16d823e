import { expect, test } from 'vitest';
import { fromBase32, judgeCounterCode, judgeTimeCode, toBase32, toCode, toStep } from './one-time-codes.ts';

const secret = Buffer.from('12345678901234567890');

test('makes the codes of the RFCs', () => {
  // RFC 4226, appendix D.
  const counted = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583'];
  expect(counted.map((_, counter) => toCode(secret, counter))).toEqual(counted);
  // RFC 6238, appendix B: the last six of its eight digits.
  const moments = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000];
  const timed = ['287082', '081804', '050471', '005924', '279037', '353130'];
  expect(moments.map((moment) => toCode(secret, toStep(moment * 1000)))).toEqual(timed);
});

test('takes a time-based code once, while clocks may differ, and says when it is too old', () => {
  const now = 1_700_000_010_000;
  const step = toStep(now);
  const judge = (distance: number, last?: number) =>
    judgeTimeCode({ secret, code: toCode(secret, step + distance), now, last }).kind;
  expect([-3, -2, 0, 2, 3].map((distance) => judge(distance))).toEqual([
    'too-old',
    'right',
    'right',
    'right',
    'too-old',
  ]);
  expect(judge(0, step)).toBe('replayed');
  expect(judge(1, step)).toBe('right');
  expect(judge(-40)).toBe('wrong');
  expect(judgeTimeCode({ secret, code: '', now }).kind).toBe('wrong');
});

test('looks ahead for a counter-based code and takes none twice', () => {
  const judge = (counter: number) => judgeCounterCode({ secret, code: toCode(secret, counter), last: 4 });
  expect(judge(5)).toEqual({ kind: 'right', counter: 5 });
  expect(judge(14)).toEqual({ kind: 'right', counter: 14 });
  expect(judge(15)).toEqual({ kind: 'wrong' });
  expect(judge(4)).toEqual({ kind: 'replayed' });
});

test('writes and reads base32', () => {
  // RFC 4648, section 10, without padding.
  expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
  expect(fromBase32('mzxw6ytboi======')).toEqual(new Uint8Array(Buffer.from('foobar')));
  expect(fromBase32('0189')).toBeUndefined();
});
