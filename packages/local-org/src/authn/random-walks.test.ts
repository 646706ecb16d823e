import { ErrorAnswer, type OperationDefinition, operations } from '@castellan/okta-api';
import {
  array,
  assert as assertProperty,
  asyncProperty,
  boolean,
  constant,
  constantFrom,
  oneof,
  record,
} from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase32, toCode, toStep } from '../factors/one-time-codes.ts';
import { createOrg } from '../org.ts';

const PASSWORD = 'Harbour-Lamp-27';
const LOGIN = 'ida.berg@example.com';
const SECOND = 1000;

const settings = record({
  signOnPolicy: record({
    mfa: constantFrom('never', 'always'),
    enrollment: constantFrom('required', 'optional', 'none'),
    requiredFactors: constantFrom([], ['question:OKTA'], ['sms:OKTA', 'email:OKTA']),
    numberChallenge: boolean(),
    rememberDeviceMinutes: constantFrom(0, 15),
  }),
  passwordPolicy: record({
    lockout: record({
      maxAttempts: constantFrom(0, 2, 5),
      autoUnlockMinutes: constantFrom(0, 1),
      showLockoutFailures: boolean(),
    }),
    recovery: record({ sms: boolean(), call: boolean(), question: boolean(), selfServiceUnlock: boolean() }),
    age: record({ maxAgeDays: constantFrom(0, 1), expireWarnDays: constantFrom(0, 1) }),
  }),
});

/** What a walk knows: the newest of everything, which may long be worthless. */
interface Known {
  stateToken: string;
  factorId: string;
  recoveryToken: string;
  sessionToken: string;
  secret: string;
  code: string;
  password: string;
}

/** One step of somebody who clicks about: mostly what could work, sometimes not. */
const step = oneof(
  constant({ kind: 'sign-in' } as const),
  record({ kind: constant('password' as const), right: boolean() }),
  record({
    kind: constant('enroll' as const),
    factor: constantFrom(
      'question:OKTA',
      'sms:OKTA',
      'call:OKTA',
      'email:OKTA',
      'token:software:totp:GOOGLE',
      'token:software:totp:OKTA',
      'push:OKTA',
      'web:DUO',
      'u2f:FIDO',
      'webauthn:FIDO',
      'token:RSA',
      'token:hotp:CUSTOM',
      'nonsense:OKTA',
    ),
  }),
  record({
    kind: constant('factor' as const),
    what: constantFrom(
      'lifecycle/activate',
      'lifecycle/activate/poll',
      'lifecycle/activate/email',
      'lifecycle/activate/sms',
      'lifecycle/resend',
      'lifecycle/duoCallback',
      'verify',
      'verify/resend',
    ),
    answer: constantFrom('none', 'sent', 'shown', 'wrong', 'question'),
    byType: boolean(),
  }),
  record({ kind: constant('move' as const), what: constantFrom('previous', 'skip', 'cancel', '') }),
  record({
    kind: constant('recover' as const),
    what: constantFrom('password', 'unlock'),
    factorType: constantFrom('EMAIL', 'SMS', 'call', undefined),
    trusted: boolean(),
    known: boolean(),
  }),
  record({
    kind: constant('phone' as const),
    what: constantFrom('sms/verify', 'sms/resend', 'call/verify', 'call/resend'),
  }),
  constant({ kind: 'recovery-token' } as const),
  record({ kind: constant('answer' as const), right: boolean() }),
  record({
    kind: constant('set-password' as const),
    what: constantFrom('change_password', 'reset_password'),
    weak: boolean(),
  }),
  record({ kind: constant('push' as const), state: constantFrom('approved', 'rejected') }),
  record({ kind: constant('wait' as const), seconds: constantFrom(1, 31, 200, 400, 90_000) }),
  constant({ kind: 'session' } as const),
  constant({ kind: 'expire' } as const),
);

test('random walks through the state machine never end in a 500 and always in a documented answer', async () => {
  const seen = new Set<string>();
  await assertProperty(
    asyncProperty(
      settings,
      boolean(),
      array(step, { maxLength: 40, size: 'max' }),
      async (policies, hasPhone, steps) => {
        const walk = await openWalk({ policies, hasPhone, seen });
        for (const one of steps) await walk(one);
      },
    ),
    // Always the same walks, so that what is seen below holds; WALKS=1000 walks elsewhere, and for longer.
    process.env.WALKS === undefined ? { numRuns: 60, seed: 4 } : { numRuns: Number(process.env.WALKS) },
  );
  // The walks are worth something only when they get about.
  expect(seen.size).toBeGreaterThan(6);
});

type Step = typeof step extends { generate(...args: never[]): { readonly value: infer Value } }
  ? Value
  : never;
type Policies = typeof settings extends { generate(...args: never[]): { readonly value: infer Value } }
  ? Value
  : never;

interface Start {
  readonly policies: Policies;
  readonly hasPhone: boolean;
  /** Every status that was answered. */
  readonly seen: Set<string>;
}

async function openWalk({ policies, hasPhone, seen }: Start): Promise<(step: Step) => Promise<void>> {
  let now = 1_800_000_000_000;
  const org = await createOrg({ token: 'tok', settings: policies, host: { now: () => now } });
  const known: Known = {
    stateToken: 'none',
    factorId: 'none',
    recoveryToken: 'none',
    sessionToken: 'none',
    secret: '',
    code: '000000',
    password: PASSWORD,
  };

  const send = async (path: string, body: object, trusted = false): Promise<void> => {
    const response = await org.fetch(
      new Request(`https://org.example.com/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(trusted ? { authorization: 'SSWS tok' } : {}) },
        body: JSON.stringify(body),
      }),
    );
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    expectDocumented(path, response.status, answer);
    if (response.ok) learn(known, answer, seen);
    const last = org.messages().at(-1);
    if (last?.code !== undefined) known.code = last.code;
    if (last?.link !== undefined) known.recoveryToken = last.link.split('/').at(-1) ?? 'none';
  };

  const profile = { firstName: 'Ida', lastName: 'Berg', login: LOGIN, email: LOGIN };
  const credentials = {
    password: { value: PASSWORD },
    recovery_question: { question: 'Which harbour?', answer: 'The old one' },
  };
  await send('/users', { profile, credentials }, true);
  const user = known.factorId;
  if (hasPhone)
    await send(
      `/users/${user}/factors?activate=true`,
      {
        factorType: 'sms',
        provider: 'OKTA',
        profile: { phoneNumber: '+1 415 555 0137' },
      },
      true,
    );

  return async (one) => {
    const { stateToken } = known;
    switch (one.kind) {
      case 'sign-in':
        return send('/authn', {
          username: LOGIN,
          password: known.password,
          options: { multiOptionalFactorEnroll: true, warnBeforePasswordExpired: true },
        });
      case 'password':
        return send('/authn', { username: 'ida.berg', password: one.right ? known.password : 'wrong' });
      case 'enroll':
        return send('/authn/factors', { stateToken, ...toEnrollment(one.factor) });
      case 'factor':
        return send(`/authn/factors/${one.byType ? 'webauthn' : known.factorId}/${one.what}`, {
          stateToken,
          ...toAnswer(one.answer, known, now),
        });
      case 'move':
        return send(`/authn${one.what === '' ? '' : `/${one.what}`}`, { stateToken });
      case 'recover': {
        const username = one.known ? LOGIN : 'nobody@example.com';
        const { factorType } = one;
        return send(
          `/authn/recovery/${one.what}`,
          { username, ...(factorType && { factorType }) },
          one.trusted,
        );
      }
      case 'phone':
        return send(`/authn/recovery/factors/${one.what}`, { stateToken, passCode: known.code });
      case 'recovery-token':
        return send('/authn/recovery/token', { recoveryToken: known.recoveryToken });
      case 'answer':
        return send('/authn/recovery/answer', { stateToken, answer: one.right ? 'the old one' : 'wrong' });
      case 'set-password': {
        const newPassword = one.weak ? 'weak' : `Other-Lamp-${now}`;
        const oldPassword = known.password;
        known.password = one.weak ? known.password : newPassword;
        return send(`/authn/credentials/${one.what}`, { stateToken, oldPassword, newPassword });
      }
      case 'push': {
        const push = org.messages().findLast(({ channel }) => channel === 'push');
        // Nobody taps twice, or on what is gone.
        if (push)
          await org.answerPush(push.id, one.state === 'approved' ? 'approved' : 'rejected').catch(() => {});
        return;
      }
      case 'wait':
        now += one.seconds * SECOND;
        return;
      case 'session':
        return send('/sessions', { sessionToken: known.sessionToken });
      case 'expire':
        return send(`/users/${user}/lifecycle/expire_password`, {}, true);
    }
  };
}

const all: readonly OperationDefinition[] = Object.values(operations).flatMap((api) =>
  Object.values<OperationDefinition>(api),
);

/** Refusals that any call may end in (core-okta-api#errors). */
const general = ['E0000001', 'E0000003', 'E0000007', 'E0000011', 'E0000047'];

function expectDocumented(path: string, status: number, answer: unknown): void {
  const segments = `/api/v1${path}`.split('?')[0]?.split('/') ?? [];
  const operation = all
    .filter(({ method, path: template }) => {
      const wanted = template.split('/');
      return (
        method === 'POST' &&
        wanted.length === segments.length &&
        wanted.every((segment, index) => segment.startsWith('{') || segment === segments[index])
      );
    })
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
  if (status >= 400) {
    const { errorCode } = ErrorAnswer.parse(answer);
    expect([path, [...(operation?.errors ?? []), ...general]]).toEqual([
      path,
      expect.arrayContaining([errorCode]),
    ]);
    return;
  }
  expect([path, status]).toEqual([path, operation?.success.status]);
  expect([path, operation?.success.answer?.safeParse(answer).error?.issues]).toEqual([path, undefined]);
}

function learn(known: Known, answer: unknown, seen: Set<string>): void {
  const text = (place: string): string | undefined => {
    const found = place
      .split('.')
      // Whatever is missing on the way ends in nothing.
      .reduce<unknown>((from, part) => (from as Record<string, unknown> | undefined)?.[part], answer);
    return typeof found === 'string' ? found : undefined;
  };
  seen.add(text('status') ?? '');
  known.stateToken = text('stateToken') ?? known.stateToken;
  known.recoveryToken = text('recoveryToken') ?? known.recoveryToken;
  known.sessionToken = text('sessionToken') ?? known.sessionToken;
  known.secret = text('_embedded.factor._embedded.activation.sharedSecret') ?? known.secret;
  known.factorId =
    text('_embedded.factor.id') ?? text('_embedded.factors.0.id') ?? text('id') ?? known.factorId;
}

function toEnrollment(factor: string): object {
  const [provider = '', ...type] = factor.split(':').toReversed();
  const factorType = type.toReversed().join(':');
  const profiles: Readonly<Record<string, object>> = {
    question: { question: 'disliked_food', answer: 'porridge' },
    sms: { phoneNumber: '+1 415 555 0137' },
    call: { phoneNumber: '+1 415 555 0137' },
    token: { credentialId: 'ida' },
  };
  return { factorType, provider, ...(profiles[factorType] && { profile: profiles[factorType] }) };
}

function toAnswer(kind: string, known: Known, now: number): object {
  switch (kind) {
    case 'sent':
      return { passCode: known.code };
    case 'shown':
      return { passCode: toCode(fromBase32(known.secret) ?? Buffer.of(), toStep(now)) };
    case 'wrong':
      return {
        passCode: 'wrong',
        signatureData: '!',
        clientData: '!',
        attestation: '!',
        registrationData: '!',
      };
    case 'question':
      return { answer: 'porridge' };
    default:
      return {};
  }
}
