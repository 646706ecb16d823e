import { compare } from 'bcryptjs';
import { createHash, pbkdf2, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { PasswordHash } from './store/records.ts';

/** A local org holds invented people: cheap enough that thousands can be created a second. */
const ITERATIONS = 500;
const KEY_SIZE = 32;
const SALT_SIZE = 16;

const derive = promisify(pbkdf2);

/** A new password as it is kept. Native code does it beside the program: a bcrypt in JavaScript took 8 ms of its time. */
export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(SALT_SIZE);
  const key = await derive(password, salt, ITERATIONS, KEY_SIZE, 'sha256');
  return {
    algorithm: 'PBKDF2',
    digestAlgorithm: 'SHA256_HMAC',
    iterationCount: ITERATIONS,
    keySize: KEY_SIZE,
    salt: salt.toString('base64'),
    value: key.toString('base64'),
  };
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
