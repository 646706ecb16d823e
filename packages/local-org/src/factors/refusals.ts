import { OktaError } from '../okta-error.ts';
import type { CodeVerdict } from './one-time-codes.ts';

/** 403 E0000068 in Okta's words (factors#activate-totp-factor, authn#verify-sms-recovery-factor). */
export function wrong(what: 'passcode' | 'answer' | 'token' = 'passcode'): OktaError {
  return new OktaError('E0000068', {
    causes: [`Your ${what} doesn't match our records. Please try again.`],
  });
}

/** What Okta says of a code that was not right (error catalogue). */
export function refusalOf(verdict: CodeVerdict): OktaError {
  switch (verdict.kind) {
    case 'replayed':
      return new OktaError('E0000082');
    case 'too-old':
      return new OktaError('E0000083');
    case 'right':
    case 'wrong':
      return wrong();
  }
}
