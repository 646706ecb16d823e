import * as bcrypt from 'bcryptjs';
import { createHash, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import type { PasswordHash } from './store/records.ts';

/** A local org holds invented people: as little work as bcrypt knows, so that hundreds can be created a second. */
const WORK_FACTOR = 4;

/** `$2b$04$`, 22 characters of salt, the hash. */
const BCRYPT = /^\$2[aby]\$(\d\d)\$(.{22})(.+)$/;

/** A new password as it is kept: bcrypt, in the parts that Okta's imported hashes have (users#hashed-password-object). */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const text = await bcrypt.hash(password, WORK_FACTOR);
  const [, , salt = '', value = ''] = BCRYPT.exec(text) ?? [];
  return { algorithm: 'BCRYPT', workFactor: WORK_FACTOR, salt, value };
}

/** Whether the password is the one that was hashed, by Okta or by the system it was imported from. */
export async function verifyPassword(password: string, hash: PasswordHash): Promise<boolean> {
  if (hash.algorithm === 'BCRYPT') return bcrypt.compare(password, toBcrypt(hash));
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
