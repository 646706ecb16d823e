import type { Context } from '../handling.ts';
import { send } from '../messages.ts';
import { OktaError } from '../okta-error.ts';
import type { FactorRecord, UserRecord } from '../store/records.ts';
import { requirePause } from './code-sending.ts';
import { offerDevice } from './enrollment.ts';
import { readPhone } from './phones.ts';
import { pushState } from './pushes.ts';

/** How the activation of a device stands. */
export type DeviceState = 'WAITING' | 'TIMEOUT' | 'REJECTED';

/** Where a pending device is; an active one never gets here. */
export function deviceState({ store, now }: Context, factor: FactorRecord): DeviceState {
  const message = factor.activation && store.messages.get(factor.activation.messageId);
  const state = message ? pushState(message, now) : 'timeout';
  if (state === 'rejected') return 'REJECTED';
  return state === 'timeout' ? 'TIMEOUT' : 'WAITING';
}

/** Offers the device once more when the first offer ended; one that still waits stays as it is. */
export function offerAgain(context: Context, user: UserRecord, factor: FactorRecord): FactorRecord {
  if (deviceState(context, factor) === 'WAITING') return factor;
  return context.store.factors.put(offerDevice(context, user, factor));
}

/** What the QR picture of a phone holds, and the links that are mailed or texted: Okta Verify opens it. */
export function toDeviceLink({ origin }: Context, factor: FactorRecord): string {
  const query = new URLSearchParams({ t: factor.secret ?? '', f: factor.id, s: origin });
  return `oktaverify://activate?${query.toString()}`;
}

interface LinkSending {
  readonly user: UserRecord;
  readonly factor: FactorRecord;
  readonly channel: 'email' | 'sms';
  /** Another number than the one that is known. */
  readonly phoneNumber?: string | undefined;
}

/** Sends the link that adds the account to the phone. Throws E0000097 without a number, or as `requirePause`. */
export function sendDeviceLink(
  context: Context,
  { user, factor, channel, phoneNumber }: LinkSending,
): FactorRecord {
  const offered = offerAgain(context, user, factor);
  const known = phoneNumber ?? user.phones?.sms ?? user.profile.mobilePhone;
  const to = channel === 'email' ? String(user.profile.email) : readPhone(String(known ?? ''));
  if (to === undefined) throw new OktaError('E0000097');
  requirePause(context, user, channel, to);
  send(context, {
    channel,
    kind: 'device-activation',
    user,
    to,
    link: toDeviceLink(context, offered),
    expires: offered.activation?.expires,
    factorId: offered.id,
  });
  return offered;
}
