import type { HeaderLine } from '../headers.ts';
import { DOTS } from '../secrets/mask.ts';

/** Headers that prove who somebody is. */
const PROOFS = /^(authorization|proxy-authorization|cookie|set-cookie)$|api-?key|token|secret/i;

/** The headers as a report shows them that is passed on: without the values of those that prove who somebody is. */
export function hideProofs(headers: readonly HeaderLine[]): HeaderLine[] {
  return headers.map(([name, value]) => [name, PROOFS.test(name) ? DOTS : value]);
}
