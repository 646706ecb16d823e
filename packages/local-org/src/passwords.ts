import { compare, hash as bcryptHash } from 'bcryptjs';
import { createHash, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import type { PasswordHash } from './store/records.ts';

/** A local org holds invented people: cheap enough that thousands can be created a second. */
const ROUNDS = 4;

/** A new password as it is kept. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  return { algorithm: 'BCRYPT', value: await bcryptHash(password, ROUNDS) };
}

/** Whether the password is the one that was hashed, by Okta or by the system it was imported from. */
export async function verifyPassword(password: string, hash: PasswordHash): Promise<boolean> {
  if (hash.algorithm === 'BCRYPT') return compare(password, toBcrypt(hash));
  const expected = Buffer.from(hash.value, 'base64');
  const actual = digest(password, hash, expected.length);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Imported bcrypt comes in three parts: work factor, 22 characters of salt, 31 of hash. */
function toBcrypt({ value, salt, workFactor }: PasswordHash): string {
  if (salt === undefined) return value;
  return `$2a$${String(workFactor ?? 10).padStart(2, '0')}$${salt}${value}`;
}

function digest(password: string, hash: PasswordHash, length: number): Buffer {
  const salt = Buffer.from(hash.salt ?? '', 'base64');
  const secret = Buffer.from(password, 'utf8');
  if (hash.algorithm === 'PBKDF2') {
    const name = hash.digestAlgorithm === 'SHA512_HMAC' ? 'sha512' : 'sha256';
    return pbkdf2Sync(secret, salt, hash.iterationCount ?? 4096, hash.keySize ?? length, name);
  }
  const name = hash.algorithm.replace('-', '').toLowerCase();
  const parts = hash.saltOrder === 'POSTFIX' ? [secret, salt] : [salt, secret];
  return createHash(name).update(Buffer.concat(parts)).digest();
}
