import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;

/** Text that only the holder of the key can read, and that nobody can change unnoticed (AES-256-GCM). */
export const Sealed = z.object({
  cipher: z.literal(CIPHER),
  nonce: z.base64(),
  text: z.base64(),
  tag: z.base64(),
});
export type Sealed = z.infer<typeof Sealed>;

/** A new key of 32 bytes. */
export const createKey = (): Buffer => randomBytes(KEY_BYTES);

export function seal(text: string, key: Uint8Array): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return {
    cipher: CIPHER,
    nonce: nonce.toString('base64'),
    text: sealed.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
}

/** @returns the text, or `undefined` when the key is another one or somebody changed it */
export function unseal({ nonce, text, tag }: Sealed, key: Uint8Array): string | undefined {
  try {
    const decipher = createDecipheriv(CIPHER, key, Buffer.from(nonce, 'base64'));
    decipher.setAuthTag(Buffer.from(tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** How a key is made from a passphrase. */
export const Derivation = z.object({
  salt: z.base64(),
  /** scrypt's N, r and p; a file that asks for more than this is not one of ours. */
  cost: z
    .number()
    .int()
    .min(2)
    .max(2 ** 20),
  blockSize: z.number().int().min(1).max(32),
  parallelism: z.number().int().min(1).max(16),
});
export type Derivation = z.infer<typeof Derivation>;

/** OWASP's recommendation for scrypt (Password Storage Cheat Sheet): N 2^17, r 8, p 1, which takes 128 MiB. */
export function createDerivation(): Derivation {
  return { salt: randomBytes(16).toString('base64'), cost: 2 ** 17, blockSize: 8, parallelism: 1 };
}

export function deriveKey(
  passphrase: string,
  { salt, cost, blockSize, parallelism }: Derivation,
): Promise<Buffer> {
  const maxmem = 256 * cost * blockSize;
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase.normalize('NFC'),
      Buffer.from(salt, 'base64'),
      KEY_BYTES,
      { N: cost, r: blockSize, p: parallelism, maxmem },
      (error, key) => (error === null ? resolve(key) : reject(error)),
    );
  });
}
