import { createCipheriv, createHmac } from 'node:crypto';

/** The code of a time-based generator: RFC 6238 with six digits. `now` in epoch milliseconds, a step in seconds. */
export function timeCode(secret: Uint8Array, now: number, step = 30): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(Math.floor(now / 1000 / step)));
  const digest = createHmac('sha1', secret).update(moving).digest();
  const number = digest.readUInt32BE((digest.at(-1) ?? 0) & 15) & 0x7fff_ffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** The bytes of base32 text. */
export function readBase32(text: string): Uint8Array {
  const bits = [...text].map((character) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Uint8Array.from(bytes.map((eight) => Number.parseInt(eight, 2)));
}

/** A YubiKey in the hand: what its seed says, and what it types at a touch. */
export interface Yubikey {
  readonly serialNumber: string;
  readonly publicId: string;
  readonly privateId: string;
  readonly aesKey: string;
}

/** The code of the n-th time that a key was plugged in. */
export function touch({ publicId, privateId, aesKey }: Yubikey, uses: number): string {
  const block = Buffer.alloc(16);
  block.write(privateId, 'hex');
  block.writeUInt16LE(uses, 6);
  let crc = 0xffff;
  for (const byte of block.subarray(0, 14)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0x8408 : crc >> 1;
  }
  block.writeUInt16LE(~crc & 0xffff, 14);
  const cipher = createCipheriv('aes-128-ecb', Buffer.from(aesKey, 'hex'), null).setAutoPadding(false);
  const typed = Buffer.concat([cipher.update(block), cipher.final()]).toString('hex');
  return publicId + [...typed].map((digit) => 'cbdefghijklnrtuv'[Number.parseInt(digit, 16)]).join('');
}
