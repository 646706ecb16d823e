import { createHmac } from 'node:crypto';
import { isSame } from '../secrets.ts';

/** How many digits a code has, and for how many seconds it is the current one. */
export const DIGITS = 6;
export const TIME_STEP = 30;

/** Clocks may differ by this many steps either way; further off a code is right but too old (E0000083). */
const TOLERANCE = 2;
const TOO_OLD = 10;
/** How many codes of a counter token may have been made without being used (RFC 4226, section 7.4). */
const LOOK_AHEAD = 10;

/** The code of a counter value. Source: RFC 4226, section 5.3. */
export function toCode(secret: Uint8Array, counter: number): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const digest = createHmac('sha1', secret).update(moving).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The time step of a moment (epoch milliseconds). Source: RFC 6238, section 4. */
export function toStep(now: number, seconds: number = TIME_STEP): number {
  return Math.floor(now / 1000 / seconds);
}

export type CodeVerdict =
  | { readonly kind: 'right'; readonly counter: number }
  | { readonly kind: 'wrong' | 'replayed' | 'too-old' };

interface Attempt {
  readonly secret: Uint8Array;
  readonly code: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The step or counter that was used last. */
  readonly last?: number | undefined;
  /** How long a code is the current one; 30 unless said otherwise. */
  readonly seconds?: number;
}

/** Judges a time-based code: each one works once, and only while clocks may call it current. */
export function judgeTimeCode({ secret, code, now, last = -1, seconds }: Attempt): CodeVerdict {
  const current = toStep(now, seconds);
  for (let distance = 0; distance <= TOO_OLD; distance++) {
    for (const step of distance === 0 ? [current] : [current - distance, current + distance]) {
      if (step < 0 || !isSame(toCode(secret, step), code)) continue;
      if (distance > TOLERANCE) return { kind: 'too-old' };
      return step <= last ? { kind: 'replayed' } : { kind: 'right', counter: step };
    }
  }
  return { kind: 'wrong' };
}

/** Judges a counter-based code: the next one, or one of those that were made and not used. */
export function judgeCounterCode({ secret, code, last = -1 }: Omit<Attempt, 'now'>): CodeVerdict {
  for (let counter = last + 1; counter <= last + LOOK_AHEAD; counter++)
    if (isSame(toCode(secret, counter), code)) return { kind: 'right', counter };
  for (let counter = Math.max(0, last - LOOK_AHEAD); counter <= last; counter++)
    if (isSame(toCode(secret, counter), code)) return { kind: 'replayed' };
  return { kind: 'wrong' };
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes as base32 without padding. Source: RFC 4648, section 6. */
export function toBase32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

/** The bytes of base32 text, padded or not; `undefined` when it is none. */
export function fromBase32(text: string): Uint8Array | undefined {
  let bits = '';
  for (const character of text.toUpperCase().replace(/=+$/, '')) {
    const value = BASE32.indexOf(character);
    if (value < 0) return undefined;
    bits += value.toString(2).padStart(5, '0');
  }
  return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
