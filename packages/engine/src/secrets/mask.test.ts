import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMask, DOTS } from './mask.ts';

const secret = fc.string({ minLength: 9, maxLength: 40, unit: 'grapheme-ascii' });

it('leaves no secret in a value, plain or encoded', () => {
  fc.assert(
    fc.property(secret, fc.string(), fc.string(), (value, before, after) => {
      const mask = createMask([value]);
      const basic = Buffer.from(`${before}:${value}`).toString('base64');
      const masked = mask.json({
        plain: before + value + after,
        url: encodeURIComponent(value),
        bodyBase64: Buffer.from(before + value + after).toString('base64'),
      });
      expect(masked.plain).not.toBe(before + value + after);
      expect(masked.url).toContain(DOTS);
      expect(Buffer.from(masked.bodyBase64, 'base64').toString()).toContain(DOTS);
      expect(mask.text(basic)).not.toBe(basic);
    }),
  );
});

it('leaves what holds no secret as it is', () => {
  const event = { kind: 'x', bodyBase64: Buffer.from([0, 255, 128]).toString('base64'), n: [1, null, true] };
  expect(createMask(['00abcdefghijk']).json(event)).toEqual(event);
});
