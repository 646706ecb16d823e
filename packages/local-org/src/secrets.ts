import { createHash, timingSafeEqual } from 'node:crypto';

/** How long, random secrets are kept: a fast hash is enough where nobody can guess. */
export function sha256(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex');
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function isSame(left: string, right: string): boolean {
  return timingSafeEqual(Buffer.from(sha256(left), 'hex'), Buffer.from(sha256(right), 'hex'));
}

/** How answers to questions are kept: people do not care about case or about spaces around. */
export function hashAnswer(answer: string): string {
  return sha256(answer.trim().toLowerCase());
}
