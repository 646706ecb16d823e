import { idLength, idPrefixes, type IdKind } from '@castellan/okta-api';
import type { OrgHost } from './org-options.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CLOCK_CHARACTERS = 9;
const STEPS_PER_MILLISECOND = 1000;

/** Makes Okta-like ids and secrets. */
export interface Ids {
  /**
   * An id that sorts (by ASCII) after every id of the same kind made before: the clock stands behind the prefix.
   * So insertion order is id order, and a cursor survives the deletion of the object it names.
   */
  next(kind: IdKind): string;
  /** `length` characters nobody can guess. */
  secret(length: number): string;
  /** As many random decimal digits. */
  digits(length: number): string;
  /** As many random bytes. */
  bytes(length: number): Uint8Array;
}

export function createIds(host: OrgHost): Ids {
  let last = 0;
  const secret = (length: number): string => {
    let text = '';
    for (const byte of host.random(length)) text += ALPHABET[byte % ALPHABET.length];
    return text;
  };
  return {
    secret,
    bytes: (length) => host.random(length),
    digits(length) {
      let text = '';
      for (const byte of host.random(length)) text += byte % 10;
      return text;
    },
    next(kind) {
      last = Math.max(last + 1, host.now() * STEPS_PER_MILLISECOND);
      const prefix = idPrefixes[kind];
      const length = idLength(kind) - prefix.length;
      return prefix + inBase62(last) + secret(Math.max(0, length - CLOCK_CHARACTERS));
    },
  };
}

function inBase62(number: number): string {
  let text = '';
  let rest = number;
  for (let digit = 0; digit < CLOCK_CHARACTERS; digit++) {
    text = ALPHABET[rest % ALPHABET.length] + text;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}
