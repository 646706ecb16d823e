import type { LogEventType } from '@castellan/okta-api';
import type { Context } from './handling.ts';
import { toTarget } from './people.ts';
import type { MessageKind, MessageRecord, UserRecord } from './store/records.ts';
import { toEntry } from './system-log.ts';

type Channel = MessageRecord['channel'];

export interface Outgoing {
  readonly channel: Channel;
  readonly kind: MessageKind;
  readonly user: UserRecord;
  /** The number of an SMS or a call, the device of a push; mails go to the user's own address. */
  readonly to?: string | undefined;
  readonly code?: string | undefined;
  readonly link?: string | undefined;
  /** Epoch milliseconds. */
  readonly expires?: number | undefined;
  readonly factorId?: string | undefined;
  readonly transactionId?: string | undefined;
  /** Whom or what the message is about, where that is not its reader. */
  readonly about?: string | undefined;
}

/** Puts a message into the outbox, where the admin console shows it, and writes the log event of its kind. */
export function send(context: Context, { user, about, ...out }: Outgoing): MessageRecord {
  const type = events[out.channel]?.[out.kind];
  if (type) context.log(toEntry(type, { targets: [toTarget(user)] }));
  return context.store.messages.put({
    id: context.ids.next('message'),
    created: context.now,
    userId: user.id,
    subject: subjects[out.kind],
    text: textOf(out, about),
    ...out,
    to: out.to ?? String(user.profile.email),
    ...(out.channel === 'push' ? { state: 'waiting' } : {}),
  });
}

const events: Partial<Record<Channel, Partial<Record<MessageKind, LogEventType>>>> = {
  email: {
    'password-reset': 'system.email.password_reset.sent_message',
    'account-unlock': 'system.email.account_unlock.sent_message',
    'factor-enrollment': 'system.email.send_factor_verify_message',
    'factor-challenge': 'system.email.send_factor_verify_message',
  },
  sms: {
    'password-reset': 'system.sms.send_password_reset_message',
    'account-unlock': 'system.sms.send_account_unlock_message',
    'factor-enrollment': 'system.sms.send_factor_verify_message',
    'factor-challenge': 'system.sms.send_factor_verify_message',
    'device-activation': 'system.sms.send_okta_push_verify_message',
  },
  call: {
    'password-reset': 'system.voice.send_password_reset_call',
    'account-unlock': 'system.voice.send_account_unlock_call',
    'factor-enrollment': 'system.voice.send_mfa_challenge_call',
    'factor-challenge': 'system.voice.send_mfa_challenge_call',
  },
  push: { 'factor-challenge': 'system.push.send_factor_verify_push' },
};

const subjects: Readonly<Record<MessageKind, string>> = {
  activation: 'Activate your account',
  'password-reset': 'Reset your password',
  'account-unlock': 'Unlock your account',
  'factor-enrollment': 'Confirm your factor',
  'factor-challenge': 'Confirm your sign-in',
  'device-activation': 'Add your account to Okta Verify',
  'user-deactivated': 'A user was deactivated',
};

function textOf({ channel, kind, code, link }: Omit<Outgoing, 'user'>, about = ''): string {
  if (channel === 'push') return 'Did you just try to sign in?';
  const parts = [`${subjects[kind]}${about && `: ${about}`}.`];
  if (code !== undefined) parts.push(`Your code is ${code}.`);
  if (link !== undefined) parts.push(`Open ${link}`);
  return parts.join(' ');
}
