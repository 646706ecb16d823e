import { createDecipheriv } from 'node:crypto';
import { isSame } from '../secrets.ts';
import type { YubikeyRecord } from '../store/records.ts';
import type { CodeVerdict } from './one-time-codes.ts';

/** The keys of every keyboard layout that a YubiKey types with. Source: Yubico's OTP description. */
const MODHEX = 'cbdefghijklnrtuv';
const TOKEN_LENGTH = 32;
const RESIDUE = 0xf0b8;

/** The public name of the key that typed this code; `undefined` when no key typed it. */
export function readPublicId(code: string): string | undefined {
  const text = code.trim().toLowerCase();
  const isCode =
    text.length > TOKEN_LENGTH && text.length <= TOKEN_LENGTH + 16 && !/[^cbdefghijklnrtuv]/.test(text);
  return isCode ? text.slice(0, -TOKEN_LENGTH) : undefined;
}

/** Judges a code by the seed of the key: it decrypts, its checksum fits, and its counters went up. */
export function judgeYubikeyCode(key: YubikeyRecord, code: string): CodeVerdict {
  const encrypted = fromModhex(code.trim().toLowerCase().slice(-TOKEN_LENGTH));
  const cipher = createDecipheriv('aes-128-ecb', Buffer.from(key.aesKey, 'hex'), null).setAutoPadding(false);
  const plain = Buffer.concat([cipher.update(encrypted), cipher.final()]);
  if (checksum(plain) !== RESIDUE || !isSame(plain.toString('hex', 0, 6), key.privateId.toLowerCase()))
    return { kind: 'wrong' };
  const counter = plain.readUInt16LE(6) * 0x100 + plain.readUInt8(11);
  return counter <= key.lastCounter ? { kind: 'replayed' } : { kind: 'right', counter };
}

function fromModhex(text: string): Buffer {
  return Buffer.from([...text].map((key) => MODHEX.indexOf(key).toString(16)).join(''), 'hex');
}

/** CRC-16 of ISO 13239; over a block that ends in its own checksum it leaves a fixed residue. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  }
  return crc;
}
