import type { Context } from '../handling.ts';
import { allow, post } from '../links.ts';
import { displayName, toTimestamp } from '../people.ts';
import { sha256 } from '../secrets.ts';
import type { FactorRecord, Json, MessageRecord, UserRecord, YubikeyRecord } from '../store/records.ts';
import { type FactorType, getFactorType } from './factor-types.ts';
import { DIGITS, TIME_STEP } from './one-time-codes.ts';
import { maskPhone } from './phones.ts';
import { questions } from './questions.ts';

const KEY_SECONDS = 20;
const QR_LENGTH = 40;

/** A factor as the Factors API answers it (factors#factor-properties). */
export function toFactorView(context: Context, factor: FactorRecord): object {
  const self = addressOf(context, factor);
  const user = { user: allow(userAddress(context, factor.userId), ['GET']) };
  const activation = toActivation(context, factor, self);
  return {
    ...headOf(factor),
    status: factor.status,
    created: toTimestamp(factor.created),
    lastUpdated: toTimestamp(factor.lastUpdated),
    ...profileOf(factor),
    _links:
      factor.status === 'ACTIVE'
        ? { ...verifyLink(context, factor, self), self: allow(self, ['GET', 'DELETE']), ...user }
        : { ...pendingLinks(factor, self), self: allow(self, ['GET']), ...user },
    ...(activation && { _embedded: { activation } }),
  };
}

/** A factor as a transaction answers it: without dates, its phone masked (authn#factor-object). */
export function toSignInFactor(factor: FactorRecord): object {
  const { phoneNumber } = factor.profile;
  const masked = typeof phoneNumber === 'string' ? { phoneNumber: maskPhone(phoneNumber) } : undefined;
  const profile = profileOf(masked ? { ...factor, profile: masked } : factor);
  // Okta: a phone that has not answered yet is shown with an empty profile (fixtures).
  return { ...headOf(factor), ...(factor.factorType === 'push' && { profile: {} }), ...profile };
}

/** What a pending factor gives the person to set it up with; nothing for phones and addresses. */
export function toActivation(context: Context, factor: FactorRecord, base: string): object | undefined {
  if (factor.status === 'ACTIVE') return undefined;
  switch (getFactorType(factor).method) {
    case 'time-code':
      return {
        timeStep: TIME_STEP,
        sharedSecret: factor.secret,
        encoding: 'base32',
        keyLength: DIGITS,
        _links: qrLink(context, factor),
      };
    case 'device':
      return factor.provider === 'DUO'
        ? duoFrame(context, factor, `${base}/lifecycle/duoCallback`)
        : {
            expiresAt: toTimestamp(factor.activation?.expires ?? null),
            factorResult: 'WAITING',
            _links: deviceLinks(context, factor, base),
          };
    case 'u2f':
      return { ...u2fChallenge(factor), version: 'U2F_V2', appId: context.origin };
    case 'webauthn':
      return creationOptions(context, factor);
    default:
      return undefined;
  }
}

/** The picture and the ways to send the link that a phone adds the account by. */
export function deviceLinks(context: Context, factor: FactorRecord, base: string): object {
  return {
    send: [post(`${base}/lifecycle/activate/email`, 'email'), post(`${base}/lifecycle/activate/sms`, 'sms')],
    ...qrLink(context, factor),
  };
}

/** What a security key has to sign, as its browser function wants it. */
export function toChallenge({ origin }: Context, factor: FactorRecord): object {
  return factor.factorType === 'u2f'
    ? u2fChallenge(factor)
    : { challenge: factor.challenge, userVerification: 'preferred', extensions: { appid: origin } };
}

/** Duo's frame: where it lies and what it has to be given. Nothing of it is fetched from Duo. */
export function duoFrame(context: Context, factor: FactorRecord, complete: string): object {
  return {
    expiresAt: toTimestamp(factor.activation?.expires ?? null),
    host: new URL(context.origin).host,
    signature: `TX|${sha256(`${factor.id}/${factor.secret ?? ''}`)}`,
    factorResult: 'WAITING',
    _links: {
      complete: post(complete),
      script: { href: `${context.origin}/admin/console.js`, type: 'text/javascript' },
    },
  };
}

/** A challenge of the Factors API: what was sent and where its answer goes (factors#factor-verify-result-object). */
export function toChallengeView(context: Context, factor: FactorRecord): object {
  const self = addressOf(context, factor);
  const { method, channel } = getFactorType(factor);
  const isKey = method === 'u2f' || method === 'webauthn';
  return {
    factorResult: 'CHALLENGE',
    ...(channel === 'email' ? {} : profileOf(factor)),
    _links: { verify: post(`${self}/verify`), factor: allow(self, ['GET', 'DELETE']) },
    ...(isKey && { _embedded: { challenge: toChallenge(context, factor) } }),
  };
}

/** How a push of the Factors API stands. */
export function toPushView(context: Context, factor: FactorRecord, message: MessageRecord): object {
  const self = addressOf(context, factor);
  const transaction = `${self}/transactions/${message.transactionId ?? ''}`;
  return {
    expiresAt: toTimestamp(message.expires ?? null),
    factorResult: 'WAITING',
    ...profileOf(factor),
    ...(message.code === undefined
      ? {}
      : { _embedded: { challenge: { correctAnswer: Number(message.code) } } }),
    _links: { poll: allow(transaction, ['GET']), cancel: allow(transaction, ['DELETE']) },
  };
}

/** How a push ended without an approval. */
export function toEndedPushView(
  context: Context,
  factor: FactorRecord,
  factorResult: 'REJECTED' | 'TIMEOUT',
): object {
  const self = addressOf(context, factor);
  return {
    factorResult,
    ...profileOf(factor),
    _links: { verify: post(`${self}/verify`), factor: allow(self, ['GET', 'DELETE']) },
  };
}

/** A type that may be enrolled, as the catalogue lists it (factors#list-factors-to-enroll). */
export function toCatalogEntry(context: Context, user: UserRecord, type: FactorType): object {
  const base = `${userAddress(context, user.id)}/factors`;
  const known = type.channel === 'sms' || type.channel === 'call' ? user.phones?.[type.channel] : undefined;
  return {
    factorType: type.factorType,
    provider: type.provider,
    vendorName: type.vendorName,
    _links: {
      ...(type.method === 'answer' && { questions: allow(`${base}/questions`, ['GET']) }),
      enroll: post(base),
    },
    ...(known === undefined ? {} : { _embedded: { phones: [toPhone(user, known)] } }),
  };
}

/** A number that a user confirmed once. Okta: its id belongs to no factor; here it is made from the user's. */
export function toPhone(user: UserRecord, phoneNumber: string): object {
  return { id: `mbl${user.id.slice(3)}`, profile: { phoneNumber }, status: 'ACTIVE' };
}

export function toYubikeyView(context: Context, key: YubikeyRecord): object {
  const self = `${context.origin}/api/v1/org/factors/yubikey_token/tokens/${key.id}`;
  const isFree = key.status === 'UNASSIGNED';
  const user = userAddress(context, key.userId ?? '');
  return {
    id: key.id,
    created: toTimestamp(key.created),
    ...(key.activated === undefined ? {} : { activated: toTimestamp(key.activated) }),
    lastVerified: toTimestamp(key.lastVerified),
    lastUpdated: toTimestamp(key.lastUpdated),
    status: key.status,
    profile: { serial: key.serial },
    _links: {
      self: allow(self, isFree ? ['GET', 'DELETE'] : ['GET']),
      ...(!isFree && {
        user: allow(user, ['GET']),
        deactivate: allow(`${user}/factors/${key.factorId ?? ''}`, ['DELETE']),
      }),
    },
  };
}

/** The address of a factor in the Factors API. */
export function addressOf(context: Context, factor: FactorRecord): string {
  return `${userAddress(context, factor.userId)}/factors/${factor.id}`;
}

/** The last part of the address of a factor's QR picture; whoever has it may see the picture. */
export function qrToken(factor: FactorRecord): string {
  return `00${sha256(`qr/${factor.id}/${factor.secret ?? ''}`).slice(0, QR_LENGTH)}`;
}

function userAddress({ origin }: Context, userId: string): string {
  return `${origin}/api/v1/users/${userId}`;
}

function headOf(factor: FactorRecord): object {
  const { factorType, provider } = factor;
  return { id: factor.id, factorType, provider, vendorName: getFactorType(factor).vendorName };
}

function profileOf({ factorType, profile }: FactorRecord): { readonly profile?: Json } {
  if (Object.keys(profile).length === 0) return {};
  const text = questions[String(profile.question)];
  const isBuiltIn = factorType === 'question' && text !== undefined;
  return { profile: isBuiltIn ? { ...profile, questionText: text } : profile };
}

function verifyLink(context: Context, factor: FactorRecord, self: string): object {
  // Okta: a question links to its kin instead of its check (recorded).
  return factor.factorType === 'question'
    ? { questions: allow(`${userAddress(context, factor.userId)}/factors/questions`, ['GET']) }
    : { verify: post(`${self}/verify`) };
}

function pendingLinks(factor: FactorRecord, self: string): object {
  const { channel, method } = getFactorType(factor);
  if (method === 'device') return { poll: post(`${self}/lifecycle/activate/poll`) };
  return {
    ...(channel && { resend: [post(`${self}/resend`, channel)] }),
    activate: post(`${self}/lifecycle/activate`),
  };
}

function qrLink(context: Context, factor: FactorRecord): object {
  const href = `${addressOf(context, factor)}/qr/${qrToken(factor)}`;
  return { qrcode: { href, type: 'image/png' } };
}

function u2fChallenge({ challenge }: FactorRecord): object {
  return { nonce: challenge, timeoutSeconds: KEY_SECONDS };
}

/** What `navigator.credentials.create` wants (factors#enroll-webauthn-factor). */
function creationOptions(context: Context, factor: FactorRecord): object {
  const user = context.store.users.get(factor.userId);
  const others = context.store.factors
    .by('user', factor.userId)
    .filter((one) => one.factorType === 'webauthn' && one.status === 'ACTIVE');
  return {
    attestation: 'direct',
    authenticatorSelection: { userVerification: 'preferred', requireResidentKey: false },
    challenge: factor.challenge,
    excludeCredentials: others.map(({ profile }) => ({ type: 'public-key', id: profile.credentialId })),
    pubKeyCredParams: [
      { type: 'public-key', alg: -7 },
      { type: 'public-key', alg: -257 },
    ],
    rp: { name: new URL(context.origin).hostname },
    u2fParams: { appid: context.origin },
    user: {
      displayName: user ? displayName(user) : '',
      name: String(user?.profile.login ?? ''),
      id: factor.userId,
    },
  };
}
