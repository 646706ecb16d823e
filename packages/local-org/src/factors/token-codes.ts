import type { YubikeyRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { type CodeVerdict, judgeTimeCode, toStep } from './one-time-codes.ts';
import { refusalOf } from './refusals.ts';
import { judgeYubikeyCode, readPublicId } from './yubikey-codes.ts';

/** RSA's tokens change their code once a minute, Symantec's every half minute. */
const periods: Readonly<Record<string, number>> = { RSA: 60, SYMANTEC: 30 };

interface TokenCode {
  readonly provider: string;
  readonly credentialId: string;
  readonly code: string;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly last?: number | undefined;
}

/**
 * Judges the code of an RSA or Symantec token. The org plays their server as well: the seed of a token is the text of
 * its credential id, and its codes are the time-based ones of RFC 6238.
 */
export function judgeTokenCode({ provider, credentialId, ...attempt }: TokenCode): CodeVerdict {
  const secret = Buffer.from(credentialId, 'utf8');
  return judgeTimeCode({ ...attempt, secret, seconds: periods[provider] ?? 30 });
}

interface TokenEnrollment extends Omit<TokenCode, 'code'> {
  readonly passCode?: string | undefined;
  readonly nextPassCode?: string | undefined;
}

/** The last counter of a token that is enrolled with its code, Symantec's with the next one too. Throws E0000068. */
export function judgeTokenEnrollment(enrollment: TokenEnrollment): number {
  const { passCode = '', nextPassCode = '', ...token } = enrollment;
  const first = judgeTokenCode({ ...token, code: passCode });
  if (first.kind !== 'right') throw refusalOf(first);
  if (token.provider !== 'SYMANTEC') return first.counter;
  const period = periods.SYMANTEC ?? 30;
  const later = token.now + period * 1000 * Math.max(0, first.counter + 1 - toStep(token.now, period));
  const second = judgeTokenCode({ ...token, code: nextPassCode, now: later, last: first.counter });
  if (second.kind !== 'right' || second.counter !== first.counter + 1) throw refusalOf({ kind: 'wrong' });
  return second.counter;
}

/** The key of the org's stock that typed a code, and what the code is worth. */
export function judgeYubikey(
  store: Store,
  code: string,
): { readonly key?: YubikeyRecord | undefined; readonly verdict: CodeVerdict } {
  const publicId = readPublicId(code);
  const key = publicId === undefined ? undefined : store.yubikeys.by('publicId', publicId)[0];
  return { key, verdict: key ? judgeYubikeyCode(key, code) : { kind: 'wrong' } };
}
