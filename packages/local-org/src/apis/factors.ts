import { operations } from '@castellan/okta-api';
import { deviceState, offerAgain, sendDeviceLink, toDeviceLink } from '../factors/devices.ts';
import { enroll } from '../factors/enrollment.ts';
import { findFactorType, getFactorType } from '../factors/factor-types.ts';
import { pushState } from '../factors/pushes.ts';
import { drawQr, toKeyUri } from '../factors/qr-picture.ts';
import { questions } from '../factors/questions.ts';
import { removeFactor } from '../factors/removal.ts';
import { getFactor, listAllowedTypes, listFactors } from '../factors/user-factors.ts';
import {
  activate,
  challengeByCode,
  challengeByPush,
  challengeKey,
  type FactorAnswer,
  hasAnswer,
  settlePush,
  verify,
} from '../factors/verification.ts';
import {
  addressOf,
  deviceLinks,
  qrToken,
  toCatalogEntry,
  toChallengeView,
  toEndedPushView,
  toFactorView,
  toPushView,
  toYubikeyView,
} from '../factors/views.ts';
import { compileFilter } from '../filter.ts';
import { type Answer, type Context, type HandlersOf, page, reply } from '../handling.ts';
import { post } from '../links.ts';
import { unlockWhenDue } from '../lockout.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { cutPage } from '../paging.ts';
import { getUser, toTimestamp } from '../people.ts';
import { isSame } from '../secrets.ts';
import type { FactorRecord, MessageRecord, UserRecord, YubikeyRecord } from '../store/records.ts';

export const factors = {
  listFactors({ params }, context) {
    const user = getUser(context, params.userId);
    // Okta: this list comes without pages and without Link headers (recorded).
    return page({ items: listFactors(context, user).map((factor) => toFactorView(context, factor)) });
  },

  enrollFactor({ params, query, body }, context) {
    const user = getUser(context, params.userId);
    const { verify: codes, ...request } = body;
    if (findFactorType(body)?.method === 'provider')
      throw invalid('factorEnrollRequest', 'This factor can be enrolled while signing in only.');
    const factor = enroll(context, user, {
      ...request,
      ...codes,
      activate: query.activate,
      updatePhone: query.updatePhone,
      lifetimeSeconds: readLifetime(query.tokenLifetimeSeconds),
    });
    return toFactorView(context, factor);
  },

  getFactor({ params }, context) {
    const { factor } = find(context, params);
    return toFactorView(context, factor);
  },

  deleteFactor({ params, query }, context) {
    const { user, factor } = find(context, params);
    removeFactor(context, user, factor);
    const { channel } = getFactorType(factor);
    if (!query.removeRecoveryEnrollment || (channel !== 'sms' && channel !== 'call')) return;
    const phones = Object.fromEntries(Object.entries(user.phones ?? {}).filter(([name]) => name !== channel));
    context.store.users.put({ ...user, phones });
  },

  listCatalog({ params }, context) {
    const user = getUser(context, params.userId);
    // Okta: not documented how an administrator enrols other identity providers.
    const types = listAllowedTypes(context.store).filter(({ method }) => method !== 'provider');
    const entries = types.map((type) => toCatalogEntry(context, user, type));
    return page({ items: entries });
  },

  listQuestions({ params }, context) {
    // Whoever has no token learns nothing of who is there.
    if (context.caller.token) getUser(context, params.userId);
    const items = Object.entries(questions).map(([question, questionText]) => ({ question, questionText }));
    return page({ items });
  },

  activateFactor({ params, body }, context) {
    const { user, factor } = find(context, params);
    if (getFactorType(factor).method === 'device') {
      if (factor.status === 'ACTIVE') return toFactorView(context, factor);
      return waitingDevice(context, offerAgain(context, user, factor));
    }
    requirePending(factor);
    return toFactorView(context, activate(context, user, factor, body ?? {}));
  },

  pollActivation({ params }, context) {
    const { factor } = find(context, params);
    if (getFactorType(factor).method !== 'device') throw new OktaError('E0000107');
    return factor.status === 'ACTIVE' ? toFactorView(context, factor) : waitingDevice(context, factor);
  },

  emailActivationLink: ({ params }, context) => sendLink(context, params, 'email'),

  textActivationLink: ({ params }, context) => sendLink(context, params, 'sms'),

  async getQrCode({ params }, context) {
    const { user, factor } = find(context, params);
    const { method } = getFactorType(factor);
    const hasPicture = method === 'time-code' || method === 'device';
    if (!hasPicture || factor.status === 'ACTIVE' || !isSame(params.token, qrToken(factor)))
      throw notFound(params.token, 'QRCode');
    const host = new URL(context.origin).host;
    const text =
      method === 'device'
        ? toDeviceLink(context, factor)
        : toKeyUri(host, String(user.profile.login), factor.secret ?? '');
    return reply({ headers: [['content-type', 'image/png']], body: await drawQr(text) });
  },

  resendEnrollment({ params }, context) {
    const { user, factor } = find(context, params);
    if (getFactorType(factor).method !== 'sent-code') throw new OktaError('E0000107');
    requirePending(factor);
    return toFactorView(context, challengeByCode(context, user, factor));
  },

  verifyFactor({ params, query, body }, context) {
    const { user, factor } = find(context, params);
    const isHere = getFactorType(factor).method !== 'provider';
    if (factor.status !== 'ACTIVE' || !isHere) throw new OktaError('E0000107');
    return verifyOrChallenge(context, {
      user: unlockWhenDue(context, user),
      factor,
      answer: body ?? {},
      lifetimeSeconds: readLifetime(query.tokenLifetimeSeconds),
    });
  },

  pollVerification: ({ params }, context) => pollPush(context, params),

  pollVerificationPackPath: ({ params }, context) => pollPush(context, params),

  cancelVerification({ params }, context) {
    const { message } = findPush(context, params);
    if (pushState(message, context.now) !== 'waiting') throw new OktaError('E0000107');
    context.store.messages.put({ ...message, state: 'rejected', isSettled: true });
  },

  listYubikeyTokens({ query }, context) {
    const keys = [...context.store.yubikeys.values()];
    const test =
      query.filter === undefined
        ? undefined
        : compileFilter(
            query.filter,
            {
              ignoreCase: false,
              operatorsOf: (name) => (yubikeyAttributes.has(name) ? ['eq', 'sw', 'gt', 'lt'] : undefined),
            },
            (key: YubikeyRecord, attribute) => readYubikey(context, key, attribute),
          );
    return cutPage(test ? keys.filter(test) : keys, {
      limit: query.limit,
      after: query.after,
      paging: operations.factors.listYubikeyTokens.paging ?? { defaultLimit: 20, maxLimit: 200 },
      cursorOf: (key) => key.id,
      view: (key) => toYubikeyView(context, key),
      query: [['filter', query.filter]],
    });
  },

  getYubikeyToken({ params }, context) {
    const key = context.store.yubikeys.get(params.tokenId);
    if (!key) throw notFound(params.tokenId, 'YubikeyToken');
    return toYubikeyView(context, key);
  },

  uploadYubikeySeed({ body }, context) {
    const { store, ids, now } = context;
    const { serialNumber, publicId, privateId, aesKey } = readSeed(body);
    // A key that is programmed anew replaces itself, as long as nobody has it.
    const same = [...store.yubikeys.by('serial', serialNumber), ...store.yubikeys.by('publicId', publicId)];
    if (same.some((key) => key.status !== 'UNASSIGNED'))
      throw invalid('serialNumber', 'serialNumber: A YubiKey with this number or public id is in use.');
    for (const key of same) store.yubikeys.delete(key.id);
    const key = store.yubikeys.put({
      id: ids.next('yubikeyToken'),
      serial: serialNumber,
      publicId,
      privateId,
      aesKey,
      created: now,
      lastUpdated: now,
      lastVerified: now,
      status: 'UNASSIGNED',
      lastCounter: -1,
    });
    return toYubikeyView(context, key);
  },
} satisfies HandlersOf<typeof operations.factors>;

interface FactorPath {
  readonly userId: string;
  readonly factorId: string;
}

function find(
  context: Context,
  { userId, factorId }: FactorPath,
): { user: UserRecord; factor: FactorRecord } {
  const user = getUser(context, userId);
  return { user, factor: getFactor(context, user, factorId) };
}

function requirePending(factor: FactorRecord): void {
  if (factor.status !== 'PENDING_ACTIVATION') throw new OktaError('E0000107');
}

const LONGEST_LIFETIME = 86_400;

function readLifetime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_LIFETIME)
    throw invalid(
      'tokenLifetimeSeconds',
      `tokenLifetimeSeconds: A whole number from 1 to ${LONGEST_LIFETIME} is needed.`,
    );
  return seconds;
}

function waitingDevice(context: Context, factor: FactorRecord): object {
  const self = addressOf(context, factor);
  const factorResult = deviceState(context, factor);
  if (factorResult !== 'WAITING')
    return { factorResult, _links: { activate: post(`${self}/lifecycle/activate`) } };
  return {
    expiresAt: toTimestamp(factor.activation?.expires ?? null),
    factorResult,
    _links: {
      poll: post(`${self}/lifecycle/activate/poll`),
      ...(factor.provider === 'DUO' ? {} : deviceLinks(context, factor, self)),
    },
  };
}

function sendLink(context: Context, path: FactorPath, channel: 'email' | 'sms'): object {
  const { user, factor } = find(context, path);
  if (factor.factorType !== 'push') throw new OktaError('E0000107');
  requirePending(factor);
  return waitingDevice(context, sendDeviceLink(context, { user, factor, channel }));
}

interface Verification {
  readonly user: UserRecord;
  readonly factor: FactorRecord;
  readonly answer: FactorAnswer;
  readonly lifetimeSeconds: number | undefined;
}

function verifyOrChallenge(
  context: Context,
  { user, factor, answer, lifetimeSeconds }: Verification,
): object | Answer {
  const { method } = getFactorType(factor);
  const isKey = method === 'u2f' || method === 'webauthn';
  if (method === 'device') {
    const message = challengeByPush(context, user, factor);
    // Okta: a push that waits is something new: 201 (verifyFactor of the management API).
    return reply({ status: 201, body: toPushView(context, factor, message) });
  }
  if (method === 'sent-code' && !hasAnswer(answer))
    return toChallengeView(context, challengeByCode(context, user, factor, lifetimeSeconds));
  if (isKey && !hasAnswer(answer)) return toChallengeView(context, challengeKey(context, factor));
  const { profile } = verify(context, user, factor, answer);
  return { factorResult: 'SUCCESS', ...(isKey && { profile }) };
}

interface TransactionPath extends FactorPath {
  readonly transactionId: string;
}

function findPush(
  context: Context,
  path: TransactionPath,
): { user: UserRecord; factor: FactorRecord; message: MessageRecord } {
  const { user, factor } = find(context, path);
  const message = context.store.messages.by('transaction', path.transactionId)[0];
  if (message?.factorId !== factor.id) throw notFound(path.transactionId, 'Transaction');
  return { user, factor, message };
}

function pollPush(context: Context, path: TransactionPath): object {
  const { user, factor, message } = findPush(context, path);
  const state = pushState(message, context.now);
  if (state === 'waiting') return toPushView(context, factor, message);
  settlePush(context, user, message);
  if (state === 'approved') return { factorResult: 'SUCCESS' };
  return toEndedPushView(context, factor, state === 'rejected' ? 'REJECTED' : 'TIMEOUT');
}

const yubikeyAttributes = new Set([
  'profile.email',
  'profile.serial',
  'activated',
  'user.id',
  'created',
  'status',
  'lastVerified',
]);

function readYubikey({ store }: Context, key: YubikeyRecord, attribute: string): readonly unknown[] {
  switch (attribute) {
    case 'profile.email':
      return [store.users.get(key.userId ?? '')?.profile.email];
    case 'profile.serial':
      return [key.serial];
    case 'activated':
      return [key.activated === undefined ? undefined : toTimestamp(key.activated)];
    case 'created':
    case 'lastVerified':
      return [toTimestamp(key[attribute])];
    case 'user.id':
      return [key.userId];
    case 'status':
      return [key.status];
    default:
      return [];
  }
}

interface Seed {
  readonly serialNumber: string;
  readonly publicId: string;
  readonly privateId: string;
  readonly aesKey: string;
}

/** Refuses a seed by which no code could ever be checked. */
function readSeed(seed: Seed): Seed {
  const publicId = seed.publicId.toLowerCase();
  if (seed.serialNumber === '') throw invalid('serialNumber', 'serialNumber: The field cannot be left blank');
  if (!/^[cbdefghijklnrtuv]{1,16}$/.test(publicId))
    throw invalid('publicId', 'publicId: Up to 16 characters of modhex are needed.');
  if (!/^[\da-f]{12}$/i.test(seed.privateId))
    throw invalid('privateId', 'privateId: Twelve hexadecimal digits are needed.');
  if (!/^[\da-f]{32}$/i.test(seed.aesKey))
    throw invalid('aesKey', 'aesKey: 32 hexadecimal digits are needed.');
  return { ...seed, publicId };
}
