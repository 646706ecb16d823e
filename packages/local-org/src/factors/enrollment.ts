import { generateKeyPairSync } from 'node:crypto';
import type { Context } from '../handling.ts';
import { send } from '../messages.ts';
import { invalid, OktaError } from '../okta-error.ts';
import { toTarget } from '../people.ts';
import { hashAnswer } from '../secrets.ts';
import { getSettings } from '../settings.ts';
import type { FactorRecord, Json, UserRecord } from '../store/records.ts';
import { toEntry } from '../system-log.ts';
import { sendCode } from './code-sending.ts';
import { confirmerOf, type FactorType, findFactorType, getFactorType, keyOf } from './factor-types.ts';
import { toBase32, fromBase32 } from './one-time-codes.ts';
import { readPhone } from './phones.ts';
import { questions } from './questions.ts';
import { refusalOf, wrong } from './refusals.ts';
import { judgeTokenEnrollment, judgeYubikey } from './token-codes.ts';

export interface EnrollmentRequest {
  readonly factorType: string;
  readonly provider: string;
  readonly profile?: Readonly<Record<string, Json | undefined>> | undefined;
  readonly factorProfileId?: string | undefined;
  readonly passCode?: string | undefined;
  readonly nextPassCode?: string | undefined;
  /** Skips the confirmation of a phone or an address. */
  readonly activate?: boolean | undefined;
  /** Replaces the phone number that is known. */
  readonly updatePhone?: boolean | undefined;
  /** How many seconds a mailed code works. */
  readonly lifetimeSeconds?: number | undefined;
}

const ABOUT = 'factorEnrollRequest';
const SECRET_BYTES = 20;
const NONCE_LENGTH = 20;
const DEVICE_MINUTES = 10;
const MINUTE = 60_000;
const SHORTEST_ANSWER = 4;
const LONGEST_EXTENSION = 15;

/**
 * Enrols a factor: active at once where the request proves it, otherwise pending with a code, a secret or a challenge.
 * Throws E0000001 on `factorEnrollRequest`, E0000068 for a wrong code, E0000155 for a user who may not have factors.
 */
export function enroll(context: Context, user: UserRecord, request: EnrollmentRequest): FactorRecord {
  const type = findFactorType(request);
  const isAllowed = type && getSettings(context.store).signOnPolicy.factors.includes(keyOf(type));
  if (!isAllowed)
    throw invalid(ABOUT, `The factor ${request.factorType} of ${request.provider} cannot be enrolled.`);
  if (user.status === 'DEPROVISIONED' || user.status === 'SUSPENDED') throw new OktaError('E0000155');
  requireRoom(context, user, type);
  const starts: Readonly<Record<FactorType['method'], Start>> = {
    answer: enrollQuestion,
    'sent-code': type.channel === 'email' ? enrollEmail : enrollPhone,
    'time-code': enrollGenerator,
    'counter-code': enrollCustomToken,
    'token-code': enrollToken,
    yubikey: enrollYubikey,
    device: enrollDevice,
    provider: enrollAtProvider,
    u2f: enrollSecurityKey,
    webauthn: enrollSecurityKey,
  };
  return starts[type.method]({ context, user, request, type });
}

/** The factor as an active one, stored under the id that active ones have; writes the log event. */
export function activated(
  context: Context,
  user: UserRecord,
  factor: FactorRecord,
  changes: Partial<FactorRecord> = {},
): FactorRecord {
  const { store, ids, now } = context;
  const type = getFactorType(factor);
  if (type.pendingIdKind && factor.status === 'PENDING_ACTIVATION') store.factors.delete(factor.id);
  const active = store.factors.put({
    ...factor,
    id: type.pendingIdKind && factor.status === 'PENDING_ACTIVATION' ? ids.next(type.idKind) : factor.id,
    ...(type.factorType === 'push' ? { profile: phoneProfile(user) } : {}),
    ...changes,
    status: 'ACTIVE',
    lastUpdated: now,
    code: undefined,
    challenge: undefined,
    activation: undefined,
    attempts: undefined,
  });
  if (type.channel === 'sms' || type.channel === 'call') rememberPhone(context, user, type.channel, active);
  logActivation(context, user);
  if (context.features.edition === 'oie') enrollSibling(context, user, active);
  return active;
}

interface Enrollment {
  readonly context: Context;
  readonly user: UserRecord;
  readonly request: EnrollmentRequest;
  readonly type: FactorType;
}

type Start = (enrollment: Enrollment) => FactorRecord;

/** A pending factor of the same type makes room; active ones have to be reset first. */
function requireRoom({ store }: Context, user: UserRecord, type: FactorType): void {
  const same = store.factors.by('user', user.id).filter((factor) => keyOf(factor) === keyOf(type));
  const active = same.filter((factor) => factor.status === 'ACTIVE');
  if (active.length >= (type.most ?? 1)) throw invalid(ABOUT, 'A factor of this type is already set up.');
}

function enrollQuestion(enrollment: Enrollment): FactorRecord {
  const { question, answer } = enrollment.request.profile ?? {};
  const isKnown = typeof question === 'string' && Object.hasOwn(questions, question);
  if (!isKnown || typeof answer !== 'string' || answer.trim().length < SHORTEST_ANSWER)
    throw invalid(ABOUT, 'Invalid Profile.');
  return addActive(enrollment, { profile: { question }, answer: hashAnswer(answer) });
}

function enrollPhone(enrollment: Enrollment): FactorRecord {
  const { context, user, request, type } = enrollment;
  const channel = type.channel === 'call' ? 'call' : 'sms';
  const pending = findPending(enrollment);
  const known = pending?.profile.phoneNumber ?? user.phones?.[channel];
  const given = request.profile?.phoneNumber ?? known;
  if (typeof given !== 'string') throw invalid(ABOUT, 'Invalid Phone Number.');
  const isNumber = /^\+?[\d\s().-]+$/.test(given);
  if (!isNumber) throw invalid(ABOUT, 'Invalid Phone Number.');
  const number = readPhone(given);
  if (number === undefined) throw new OktaError('E0000098');
  const extension = request.profile?.phoneExtension;
  if (typeof extension === 'string' && extension.length > LONGEST_EXTENSION)
    throw invalid(ABOUT, 'phoneExtension: The extension is too long.');
  const isOther = typeof known === 'string' && readPhone(known) !== number;
  if (isOther && !request.updatePhone)
    throw invalid(
      ABOUT,
      channel === 'sms'
        ? 'There is an existing verified phone number.'
        : 'A factor of this type is already set up.',
    );
  const profile = {
    phoneNumber: given,
    ...(typeof extension === 'string' ? { phoneExtension: extension } : {}),
  };
  if (request.activate) {
    if (pending) context.store.factors.delete(pending.id);
    return addActive(enrollment, { profile });
  }
  const factor = pending ? { ...pending, profile, lastUpdated: context.now } : draft(enrollment, { profile });
  const code = sendCode(context, { user, channel, kind: 'factor-enrollment', to: number, factor });
  if (isOther) context.log(toEntry('user.mfa.factor.update', { targets: [toTarget(user)] }));
  return context.store.factors.put({ ...factor, code });
}

function enrollEmail(enrollment: Enrollment): FactorRecord {
  const { context, user, request } = enrollment;
  const email = request.profile?.email ?? user.profile.email;
  const own = [user.profile.email, user.profile.secondEmail].filter((one) => typeof one === 'string');
  if (typeof email !== 'string' || !own.some((one) => one.toLowerCase() === email.toLowerCase()))
    throw new OktaError('E0000001', { about: 'Only verified primary or secondary email can be enrolled.' });
  const profile = { email };
  const pending = findPending(enrollment);
  if (request.activate) {
    if (pending) context.store.factors.delete(pending.id);
    return addActive(enrollment, { profile });
  }
  const factor = pending ?? draft(enrollment, { profile });
  const lifetime = request.lifetimeSeconds === undefined ? undefined : request.lifetimeSeconds * 1000;
  const code = sendCode(context, {
    user,
    channel: 'email',
    kind: 'factor-enrollment',
    to: email,
    factor,
    lifetime,
  });
  return context.store.factors.put({ ...factor, profile, code });
}

function enrollGenerator(enrollment: Enrollment): FactorRecord {
  dropPending(enrollment);
  return put(enrollment, draft(enrollment, { profile: account(enrollment), secret: newSecret(enrollment) }));
}

function enrollCustomToken(enrollment: Enrollment): FactorRecord {
  const { request } = enrollment;
  const secret = request.profile?.sharedSecret;
  if (request.factorProfileId === undefined)
    throw invalid(ABOUT, 'factorProfileId: The field cannot be left blank');
  if (typeof secret !== 'string' || (fromBase32(secret)?.length ?? 0) === 0)
    throw invalid(ABOUT, 'sharedSecret: The secret has to be base32.');
  if (!request.activate)
    throw invalid(ABOUT, 'activate: This factor can only be enrolled with activate=true.');
  return addActive(enrollment, { profile: account(enrollment), secret: secret.toUpperCase() });
}

function enrollToken(enrollment: Enrollment): FactorRecord {
  const { context, request, type } = enrollment;
  const { credentialId } = request.profile ?? {};
  if (typeof credentialId !== 'string' || credentialId === '')
    throw invalid(ABOUT, 'credentialId: The field cannot be left blank');
  const lastCounter = judgeTokenEnrollment({
    provider: type.provider,
    credentialId,
    passCode: request.passCode,
    nextPassCode: request.nextPassCode,
    now: context.now,
  });
  return addActive(enrollment, { profile: { credentialId }, lastCounter });
}

function enrollYubikey(enrollment: Enrollment): FactorRecord {
  const { context, user, request } = enrollment;
  const { key, verdict } = judgeYubikey(context.store, request.passCode ?? '');
  if (!key || verdict.kind !== 'right') throw refusalOf(verdict);
  if (key.status !== 'UNASSIGNED' && key.userId !== user.id) throw wrong();
  const factor = addActive(enrollment, { profile: { credentialId: key.serial } });
  context.store.yubikeys.put({
    ...key,
    status: 'ACTIVE',
    userId: user.id,
    factorId: factor.id,
    activated: context.now,
    lastVerified: context.now,
    lastUpdated: context.now,
    lastCounter: verdict.counter,
  });
  return factor;
}

/** A phone or Duo: the device confirms by a message in the outbox. */
function enrollDevice(enrollment: Enrollment): FactorRecord {
  const { context, user, type, request } = enrollment;
  dropPending(enrollment);
  const given = request.profile?.credentialId;
  const profile = typeof given === 'string' ? { credentialId: given } : account(enrollment);
  const factor = draft(enrollment, {
    profile: type.factorType === 'push' ? {} : profile,
    secret: newSecret(enrollment),
  });
  return put(enrollment, offerDevice(context, user, factor));
}

/** Another identity provider confirms by a message in the outbox, or by the page that plays it. */
function enrollAtProvider(enrollment: Enrollment): FactorRecord {
  const { context, user, type } = enrollment;
  dropPending(enrollment);
  return put(
    enrollment,
    offerDevice(context, user, draft(enrollment, { profile: toProviderProfile(user, type) })),
  );
}

/** What a factor of another provider says of the person: by assertion their name there (fixtures). */
export function toProviderProfile(
  user: UserRecord,
  { factorType }: FactorType,
): Readonly<Record<string, Json>> {
  return factorType.startsWith('assertion:') ? { user: String(user.profile.login) } : {};
}

/** The factor with a new message that its device confirms; not stored yet. */
export function offerDevice(context: Context, user: UserRecord, factor: FactorRecord): FactorRecord {
  const expires = context.now + DEVICE_MINUTES * MINUTE;
  const { id } = send(context, {
    channel: 'push',
    kind: 'device-activation',
    user,
    to: confirmerOf(factor) ?? 'Okta Verify',
    expires,
    factorId: factor.id,
  });
  return { ...factor, activation: { messageId: id, expires }, lastUpdated: context.now };
}

function enrollSecurityKey(enrollment: Enrollment): FactorRecord {
  dropPending(enrollment);
  const challenge = enrollment.context.ids.secret(NONCE_LENGTH);
  return put(enrollment, draft(enrollment, { profile: {}, challenge }));
}

function draft({ context, user, type }: Enrollment, parts: Partial<FactorRecord>): FactorRecord {
  return {
    id: context.ids.next(type.pendingIdKind ?? type.idKind),
    userId: user.id,
    factorType: type.factorType,
    provider: type.provider,
    status: 'PENDING_ACTIVATION',
    created: context.now,
    lastUpdated: context.now,
    profile: {},
    ...parts,
  };
}

function put({ context }: Enrollment, factor: FactorRecord): FactorRecord {
  return context.store.factors.put(factor);
}

function addActive(enrollment: Enrollment, parts: Partial<FactorRecord>): FactorRecord {
  return activated(enrollment.context, enrollment.user, draft(enrollment, parts));
}

function findPending({ context, user, type }: Enrollment): FactorRecord | undefined {
  const own = context.store.factors.by('user', user.id);
  return own.find((factor) => keyOf(factor) === keyOf(type) && factor.status === 'PENDING_ACTIVATION');
}

function dropPending(enrollment: Enrollment): void {
  const pending = findPending(enrollment);
  if (pending) enrollment.context.store.factors.delete(pending.id);
}

function account({ user }: Enrollment) {
  return { credentialId: String(user.profile.login) };
}

function newSecret({ context }: Enrollment): string {
  return toBase32(context.ids.bytes(SECRET_BYTES));
}

function rememberPhone(
  { store }: Context,
  user: UserRecord,
  channel: 'sms' | 'call',
  { profile }: FactorRecord,
): void {
  const now = store.users.get(user.id) ?? user;
  store.users.put({ ...now, phones: { ...now.phones, [channel]: String(profile.phoneNumber) } });
}

function logActivation(context: Context, user: UserRecord): void {
  context.log(toEntry('user.mfa.factor.activate', { targets: [toTarget(user)] }));
}

/** Okta: on Identity Engine the app brings its codes and its pushes at once (factors#enroll-okta-verify-totp-factor). */
function enrollSibling(context: Context, user: UserRecord, factor: FactorRecord): void {
  const sibling = { push: 'token:software:totp', 'token:software:totp': 'push' }[factor.factorType];
  const own = context.store.factors.by('user', user.id);
  if (sibling === undefined || factor.provider !== 'OKTA') return;
  if (own.some((one) => one.factorType === sibling && one.provider === 'OKTA' && one.status === 'ACTIVE'))
    return;
  const type = getFactorType({ factorType: sibling, provider: 'OKTA' });
  const enrollment = { context, user, type, request: { factorType: sibling, provider: 'OKTA' } };
  put(enrollment, {
    ...(findPending(enrollment) ?? draft(enrollment, {})),
    profile: sibling === 'push' ? phoneProfile(user) : account(enrollment),
    secret: factor.secret,
    status: 'ACTIVE',
    lastUpdated: context.now,
    activation: undefined,
  });
}

/** The phone that the outbox stands for; its public key is a real one. */
function phoneProfile(user: UserRecord): Readonly<Record<string, Json>> {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return {
    credentialId: String(user.profile.login),
    deviceType: 'SmartPhone_IPhone',
    keys: [{ kty: 'PKIX', use: 'sig', kid: 'default', x5c: [spki] }],
    name: 'Phone of the outbox',
    platform: 'IOS',
    version: '18.0',
  };
}
