import type { ErrorCode } from '@castellan/okta-api';
import type { Context } from '../handling.ts';
import { send } from '../messages.ts';
import { OktaError } from '../okta-error.ts';
import { sha256 } from '../secrets.ts';
import type { FactorRecord, MessageKind, OneTimeCode, UserRecord } from '../store/records.ts';
import { DIGITS } from './one-time-codes.ts';

type Channel = 'sms' | 'call' | 'email';

const MINUTE = 60_000;
const LIFETIME = 5 * MINUTE;

/** How long nothing is sent again, and how Okta says so (factors#rate-limit). */
const pauses: Readonly<Record<Channel, { readonly milliseconds: number; readonly refusal: ErrorCode }>> = {
  sms: { milliseconds: 30_000, refusal: 'E0000109' },
  call: { milliseconds: 30_000, refusal: 'E0000133' },
  email: { milliseconds: 5000, refusal: 'E0000118' },
};

interface Sending {
  readonly user: UserRecord;
  readonly channel: Channel;
  readonly kind: MessageKind;
  /** The number; mails go to the user's own address unless said otherwise. */
  readonly to?: string | undefined;
  readonly factor?: FactorRecord | undefined;
  /** How many milliseconds the code works; five minutes unless said otherwise. */
  readonly lifetime?: number | undefined;
}

/** Sends a new code. Throws E0000109, E0000133 or E0000118 when one went the same way a moment ago. */
export function sendCode(context: Context, sending: Sending): OneTimeCode {
  const { user, channel, kind, factor, lifetime = LIFETIME } = sending;
  const to = sending.to ?? String(user.profile.email);
  requirePause(context, user, channel, to);
  const code = context.ids.digits(DIGITS);
  const expires = context.now + lifetime;
  send(context, { channel, kind, user, to, code, expires, factorId: factor?.id });
  return { hash: sha256(code), expires };
}

/** Throws the refusal of a channel by which this user got something a moment ago. */
export function requirePause(context: Context, user: UserRecord, channel: Channel, to: string): void {
  if (isPaused(context, user, channel, to)) throw new OktaError(pauses[channel].refusal);
}

/** Whether this user got something by a channel a moment ago. */
export function isPaused({ store, now }: Context, user: UserRecord, channel: Channel, to: string): boolean {
  const last = store.messages.by('sending', `${channel}/${user.id}/${to}`).at(-1);
  return last !== undefined && now < last.created + pauses[channel].milliseconds;
}
