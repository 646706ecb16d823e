import { listAllowedTypes, listActiveFactors } from '../factors/user-factors.ts';
import { type FactorType, getFactorType, keyOf } from '../factors/factor-types.ts';
import { pushState } from '../factors/pushes.ts';
import { deviceState } from '../factors/devices.ts';
import { duoFrame, toActivation, toChallenge, toPhone, toSignInFactor } from '../factors/views.ts';
import { providerLink } from './identity-providers.ts';
import { toProviderProfile } from '../factors/enrollment.ts';
import { allow, type HintedLink, post } from '../links.ts';
import { toTimestamp } from '../people.ts';
import { daysLeft } from '../password-policy.ts';
import { maskPhone } from '../factors/phones.ts';
import { getSettings } from '../settings.ts';
import { issueSessionToken } from '../sessions.ts';
import type { FactorRecord, UserRecord } from '../store/records.ts';
import type { Context } from '../handling.ts';
import { canSkipEnrollment, missingFactors } from './policy.ts';
import { toStepUpSuccess, toUnauthenticated } from './step-up.ts';
import { toSignInUser } from './user-view.ts';
import type { Step } from './transactions.ts';

/** What a transaction answers in its present state (authn#transaction-state). */
export function toAnswer(step: Step): object {
  const { transaction } = step;
  switch (transaction.status) {
    case 'PASSWORD_WARN':
      return answer(step, {
        embedded: {
          policy: { expiration: { passwordExpireDays: expiryDays(step) }, ...complexity(step) },
        },
        links: {
          next: next(step, 'credentials/change_password', 'changePassword'),
          skip: next(step, 'skip', 'skip'),
          ...cancel(step),
        },
      });
    case 'PASSWORD_EXPIRED':
      return answer(step, {
        embedded: { policy: complexity(step) },
        links: { next: next(step, 'credentials/change_password', 'changePassword'), ...cancel(step) },
      });
    case 'PASSWORD_RESET':
      return answer(step, {
        embedded: { policy: complexity(step) },
        links: { next: next(step, 'credentials/reset_password', 'resetPassword'), ...cancel(step) },
      });
    case 'RECOVERY':
      return answer(step, {
        links: { next: next(step, 'recovery/answer', 'answer'), ...cancel(step) },
      });
    case 'RECOVERY_CHALLENGE':
      return toRecoveryChallenge(step);
    case 'MFA_ENROLL':
      return answer(step, {
        embedded: { factors: toEnrollable(step) },
        links: { ...(canSkipEnrollment(step) && { skip: post(at(step, 'skip')) }), ...cancel(step) },
      });
    case 'MFA_REQUIRED':
      return toRequired(step);
    case 'MFA_ENROLL_ACTIVATE':
      return toActivating(step);
    case 'MFA_CHALLENGE':
      return toChallenging(step);
    case 'UNAUTHENTICATED':
      return toUnauthenticated(step);
    case 'SUCCESS':
      return toStepUpSuccess(step);
  }
}

/** The end of a transaction: a session token, and no state token any more. */
export function toSuccess(step: Step): object {
  const { context, transaction, user } = step;
  const { value, expires } = issueSessionToken(context, user, transaction.proof);
  return {
    expiresAt: toTimestamp(expires),
    status: 'SUCCESS',
    ...(transaction.relayState === undefined ? {} : { relayState: transaction.relayState }),
    ...(transaction.recovery?.type === 'UNLOCK' ? { recoveryType: 'UNLOCK' } : {}),
    sessionToken: value,
    _embedded: { user: toSignInUser(user) },
    // Okta: Identity Engine orgs still offer to cancel what is done (recorded); classic ones do not.
    ...(context.features.edition === 'oie' && { _links: cancel(step) }),
  };
}

/** A recovery by SMS or call that waits for its code; it says nothing of the user, who may not exist. */
export function toRecoveryChallenge({
  context,
  token,
  transaction,
}: Pick<Step, 'context' | 'token' | 'transaction'>): object {
  const channel = transaction.recovery?.channel ?? 'SMS';
  const base = `recovery/factors/${channel}`;
  return {
    stateToken: token,
    expiresAt: toTimestamp(transaction.expires),
    status: transaction.status,
    ...(transaction.relayState === undefined ? {} : { relayState: transaction.relayState }),
    factorType: channel,
    recoveryType: transaction.recovery?.type,
    _links: {
      next: next({ context }, `${base}/verify`, 'verify'),
      ...cancel({ context }),
      resend: next({ context }, `${base}/resend`, channel.toLowerCase()),
    },
  };
}

/** The link of a relation of a transaction. */
export function cancel(step: Pick<Step, 'context'>): { readonly cancel: HintedLink } {
  return { cancel: post(at(step, 'cancel')) };
}

export function next(step: Pick<Step, 'context'>, path: string, name: string): HintedLink {
  return post(at(step, path), name);
}

interface Parts {
  readonly result?: string | undefined;
  readonly more?: object;
  readonly embedded?: object;
  readonly links: object;
}

function answer(step: Step, { result, more, embedded, links }: Parts): object {
  const { token, transaction, user } = step;
  const { status, recovery, relayState } = transaction;
  return {
    stateToken: token,
    expiresAt: toTimestamp(transaction.expires),
    status,
    ...(relayState === undefined ? {} : { relayState }),
    ...(recovery && { recoveryType: recovery.type }),
    ...(result === undefined ? {} : { factorResult: result }),
    ...more,
    _embedded: { user: toSignInUser(user, status === 'RECOVERY'), ...embedded },
    _links: links,
  };
}

function at({ context }: Pick<Step, 'context'>, path: string): string {
  return `${context.origin}/api/v1/authn/${path}`;
}

function complexity({ context }: Step): object {
  const { complexity, age } = getSettings(context.store).passwordPolicy;
  return {
    complexity,
    ...(age.minAgeMinutes > 0 || age.historyCount > 0
      ? { age: { minAgeMinutes: age.minAgeMinutes, historyCount: age.historyCount } }
      : {}),
  };
}

function expiryDays({ context, user }: Step): number {
  return Math.max(0, daysLeft(context.store, user, context.now) ?? 0);
}

function toEnrollable(step: Step): readonly object[] {
  const { context, user } = step;
  const active = listActiveFactors(context, user);
  const required = missingFactors(step).map(keyOf);
  return listAllowedTypes(context.store)
    .map((type) => ({ type, own: active.filter((factor) => keyOf(factor) === keyOf(type)) }))
    .map(({ type, own }) => ({
      enrollment: required.includes(keyOf(type)) ? 'REQUIRED' : 'OPTIONAL',
      status: own.length === 0 ? 'NOT_SETUP' : 'ACTIVE',
      factorType: type.factorType,
      provider: type.provider,
      vendorName: type.vendorName,
      ...(type.most === undefined
        ? {}
        : { policy: { enrollment: { enrolled: own.length, minimum: 0, maximum: type.most } } }),
      ...profilesOf(type, own),
      ...providerProfileOf(user, type),
      _links: {
        ...(type.method === 'answer' && {
          questions: allow(`${context.origin}/api/v1/users/${user.id}/factors/questions`, ['GET']),
        }),
        ...(own.length < (type.most ?? 1) && { enroll: post(at(step, 'factors')) }),
      },
      ...embeddedOf(user, type),
    }));
}

/** Okta: custom tokens come by profiles; the local org has one. */
function profilesOf(type: FactorType, own: readonly FactorRecord[]): object {
  if (type.method !== 'counter-code') return {};
  const enrolledFactors = own.map(({ profile }) => ({ name: profile.credentialId }));
  return { profiles: [{ id: 'fpr000000000000local', name: 'Custom', _embedded: { enrolledFactors } }] };
}

function providerProfileOf(user: UserRecord, type: FactorType): object {
  const profile = type.method === 'provider' ? toProviderProfile(user, type) : {};
  return Object.keys(profile).length === 0 ? {} : { profile };
}

function embeddedOf(user: UserRecord, type: FactorType): object {
  const known = type.channel === 'sms' || type.channel === 'call' ? user.phones?.[type.channel] : undefined;
  if (known !== undefined) return { _embedded: { phones: [toPhone(user, maskPhone(known))] } };
  if (type.channel === 'email') return { _embedded: { emails: [] } };
  return {};
}

function toRequired(step: Step): object {
  const { context, user } = step;
  const active = listActiveFactors(context, user);
  const several = active.filter((factor) => factor.factorType === 'webauthn').length > 1;
  return answer(step, {
    embedded: {
      ...(several && {
        factorTypes: [
          {
            factorType: 'webauthn',
            _links: { next: next(step, 'factors/webauthn/verify', 'verify') },
          },
        ],
      }),
      factors: active.map((factor) => ({
        ...toSignInFactor(factor),
        _links: { verify: post(at(step, `factors/${factor.id}/verify`)) },
      })),
      policy: toFactorPolicy(context, active),
    },
    links: cancel(step),
  });
}

/** What may be remembered (authn#remember-device-policy-object). */
function toFactorPolicy({ store }: Context, factors: readonly FactorRecord[]): object {
  const { rememberDeviceMinutes, rememberDeviceByDefault } = getSettings(store).signOnPolicy;
  const pushes = factors.filter((factor) => factor.factorType === 'push');
  const info = pushes.map((factor) => [factor.id, { autoPushEnabled: factor.autoPush ?? false }] as const);
  return {
    allowRememberDevice: rememberDeviceMinutes > 0,
    rememberDeviceLifetimeInMinutes: rememberDeviceMinutes,
    rememberDeviceByDefault,
    factorsPolicyInfo: Object.fromEntries(info),
  };
}

function toActivating(step: Step): object {
  const { context, transaction } = step;
  const factor = context.store.factors.get(transaction.factorId ?? '');
  if (!factor) return answer(step, { links: cancel(step) });
  const base = at(step, `factors/${factor.id}`);
  const { method, channel } = getFactorType(factor);
  const result = method === 'device' ? deviceState(context, factor) : undefined;
  const isWaiting = result === undefined || result === 'WAITING';
  const activation = isWaiting ? toActivation(context, factor, base) : undefined;
  return answer(step, {
    result,
    embedded: { factor: { ...toSignInFactor(factor), ...(activation && { _embedded: { activation } }) } },
    links: {
      next: nextOfActivation(step, factor, result),
      ...cancel(step),
      prev: post(at(step, 'previous')),
      ...(channel && { resend: [post(`${base}/lifecycle/resend`, channel)] }),
    },
  });
}

function nextOfActivation(step: Step, factor: FactorRecord, result: string | undefined): HintedLink {
  if (getFactorType(factor).method === 'provider') return providerLink(step, factor, 'activate');
  const base = at(step, `factors/${factor.id}/lifecycle/activate`);
  return result === 'WAITING' ? post(`${base}/poll`, 'poll') : post(base, 'activate');
}

function toChallenging(step: Step): object {
  const { context, transaction } = step;
  if (transaction.factorId === 'webauthn') return toTypeChallenge(step);
  const factor = context.store.factors.get(transaction.factorId ?? '');
  if (!factor) return answer(step, { links: cancel(step) });
  const { method, channel } = getFactorType(factor);
  const push = context.store.messages.get(transaction.pushId ?? '');
  const state = push && pushState(push, context.now);
  const result =
    state && { waiting: 'WAITING', approved: 'SUCCESS', rejected: 'REJECTED', timeout: 'TIMEOUT' }[state];
  const isKey = method === 'u2f' || method === 'webauthn';
  const isAtProvider = method === 'provider';
  const base = at(step, `factors/${factor.id}/verify`);
  const resend = channel ?? (factor.factorType === 'push' ? 'push' : undefined);
  return answer(step, {
    result: isKey ? 'CHALLENGE' : isAtProvider && result === 'WAITING' ? undefined : result,
    ...(isKey && { more: { challengeType: 'FACTOR' } }),
    embedded: {
      factor: { ...toSignInFactor(factor), ...challengeOf(step, factor) },
      policy: toFactorPolicy(context, [factor]),
    },
    links: {
      next:
        isAtProvider && result === 'WAITING'
          ? providerLink(step, factor, 'redirect')
          : post(base, result === 'WAITING' ? 'poll' : 'verify'),
      ...cancel(step),
      prev: post(at(step, 'previous')),
      ...(resend !== undefined && { resend: [post(`${base}/resend`, resend)] }),
    },
  });
}

function challengeOf({ context, transaction }: Step, factor: FactorRecord): object {
  const { method } = getFactorType(factor);
  const push = context.store.messages.get(transaction.pushId ?? '');
  if (method === 'u2f' || method === 'webauthn')
    return { _embedded: { challenge: toChallenge(context, factor) } };
  if (factor.provider === 'DUO') {
    const complete = `${context.origin}/api/v1/authn/factors/${factor.id}/lifecycle/duoCallback`;
    return { _embedded: { verification: duoFrame(context, factor, complete) } };
  }
  if (method === 'provider') return {};
  if (push && pushState(push, context.now) === 'waiting')
    return push.code === undefined ? {} : { _embedded: { challenge: { correctAnswer: Number(push.code) } } };
  return { _embedded: { verification: null } };
}

/** All security keys of a user at once (authn#verify-webauthn-factor). */
function toTypeChallenge(step: Step): object {
  const { context, user } = step;
  const keys = listActiveFactors(context, user).filter((factor) => factor.factorType === 'webauthn');
  const [first] = keys;
  return answer(step, {
    result: 'CHALLENGE',
    more: { challengeType: 'FACTOR_TYPE', factorType: 'webauthn' },
    embedded: {
      ...(first && { challenge: toChallenge(context, first) }),
      factors: keys.map((factor) => ({
        ...toSignInFactor(factor),
        _embedded: { challenge: toChallenge(context, factor) },
      })),
      policy: toFactorPolicy(context, keys),
    },
    links: {
      next: next(step, 'factors/webauthn/verify', 'verify'),
      ...cancel(step),
      prev: post(at(step, 'previous')),
    },
  });
}
