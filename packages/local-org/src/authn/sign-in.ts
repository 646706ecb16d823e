import { hashToken } from '../authenticate.ts';
import type { Context } from '../handling.ts';
import { clearFailures, countFailure, unlockWhenDue } from '../lockout.ts';
import { post } from '../links.ts';
import { invalid, OktaError } from '../okta-error.ts';
import { hashPassword, verifyPassword } from '../passwords.ts';
import { toTarget } from '../people.ts';
import { maySignIn } from '../sessions.ts';
import { sha256 } from '../secrets.ts';
import { getSettings } from '../settings.ts';
import type { UserRecord } from '../store/records.ts';
import { type Store, toLoginKey } from '../store/store.ts';
import { toEntry } from '../system-log.ts';
import { toAnswer } from './answers.ts';
import { proceed } from './proceed.ts';
import { getAudience } from './step-up.ts';
import { begin, type Beginning } from './transactions.ts';

const LONGEST_DEVICE = 32;

export interface SignInRequest {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly relayState?: string | null | undefined;
  /** The id of the application that the person signs in to. */
  readonly audience?: string | undefined;
  readonly options?:
    | {
        readonly multiOptionalFactorEnroll?: boolean | undefined;
        readonly warnBeforePasswordExpired?: boolean | undefined;
      }
    | undefined;
  readonly context?: { readonly deviceToken?: string | null | undefined } | undefined;
}

/**
 * Primary authentication. Throws E0000004 for whoever may not sign in, whatever the reason (authn#response-parameters);
 * answers LOCKED_OUT where the policy lets people know.
 */
export async function signIn(context: Context, request: SignInRequest): Promise<object> {
  const { username, password } = request;
  if (username === undefined || password === undefined)
    throw invalid('authRequest', 'username and password: The fields cannot be left blank');
  const device = readDevice(context, request);
  const audience = request.audience === undefined ? undefined : getAudience(context, request.audience).id;
  const found = findByLogin(context.store, username);
  const user = found && unlockWhenDue(context, found);
  if (user?.status === 'LOCKED_OUT') return lockedOut(context, user, request);
  const isRight = await isPassword(user, password);
  if (!user || !isRight || !maySignIn(user)) return fail(context, user, username, request);
  clearFailures(context, user.id);
  // The check took a while; the user may have changed in the meantime.
  const current = context.store.users.get(user.id) ?? user;
  const proof = { amr: ['pwd'], lastPasswordVerification: context.now, lastFactorVerification: null };
  return proceed(
    begin(context, current, { ...toBeginning(request), status: 'MFA_REQUIRED', proof, device, audience }),
  );
}

/** Signs in by the token of a welcome mail. Throws E0000004 for one that is unknown, used or too old. */
export function signInByActivationToken(context: Context, token: string, request: SignInRequest): object {
  const { store, now } = context;
  const record = store.oneTimeTokens.get(hashToken(token));
  const user = store.users.get(record?.userId ?? '');
  if (record?.kind !== 'activation' || now >= record.expires || !user) throw new OktaError('E0000004');
  const proof = { amr: ['pwd'], lastPasswordVerification: null, lastFactorVerification: null };
  const beginning = { ...toBeginning(request), proof, device: readDevice(context, request) };
  if (!user.password) {
    if (user.status !== 'PROVISIONED') throw new OktaError('E0000004');
    const recovery = { type: 'ACCOUNT_ACTIVATION' } as const;
    return toAnswer(begin(context, user, { ...beginning, status: 'PASSWORD_RESET', recovery }));
  }
  if (!maySignIn(user)) throw new OktaError('E0000004');
  store.oneTimeTokens.delete(record.id);
  return proceed(begin(context, user, { ...beginning, status: 'MFA_REQUIRED' }));
}

/** A user by full login or, where it is the only one, by short login. */
export function findByLogin(store: Store, login: string): UserRecord | undefined {
  const key = toLoginKey(login);
  const short = store.users.by('shortLogin', key);
  return store.users.by('login', key)[0] ?? (short.length === 1 ? short[0] : undefined);
}

/** What every transaction takes over from the call that begins it. */
export function toBeginning(
  request: Pick<SignInRequest, 'relayState' | 'options'>,
): Omit<Beginning, 'status'> {
  const { relayState, options } = request;
  return {
    ...(typeof relayState === 'string' ? { relayState } : {}),
    options: {
      multiOptionalFactorEnroll: options?.multiOptionalFactorEnroll ?? false,
      warnBeforePasswordExpired: options?.warnBeforePasswordExpired ?? false,
    },
  };
}

/** Only trusted applications may say which device it is; everybody else has a cookie (authn#context-object). */
function readDevice({ caller }: Context, request: SignInRequest): string | undefined {
  if (!caller.token) return caller.device === undefined ? undefined : sha256(caller.device);
  const device = request.context?.deviceToken ?? caller.deviceFingerprint;
  if (device === undefined) return undefined;
  if (request.context?.deviceToken && device.length > LONGEST_DEVICE)
    throw invalid('deviceToken', `deviceToken: At most ${LONGEST_DEVICE} characters are allowed`);
  return sha256(device);
}

/** Somebody unknown takes as long as somebody known. */
const nobody = hashPassword('nobody has this password');

async function isPassword(user: UserRecord | undefined, password: string): Promise<boolean> {
  const isReal = user?.password !== undefined && user.password !== 'hook';
  const isRight = await verifyPassword(password, isReal ? user.password : await nobody);
  return isReal && isRight;
}

function fail(
  context: Context,
  user: UserRecord | undefined,
  username: string,
  request: SignInRequest,
): object {
  const locked = user && maySignIn(user) ? countFailure(context, user.id) : undefined;
  logFailure(context, user, username, 'INVALID_CREDENTIALS');
  if (locked?.status === 'LOCKED_OUT') return lockedOut(context, locked, request);
  throw new OktaError('E0000004');
}

function lockedOut(context: Context, user: UserRecord, request: SignInRequest): object {
  const { showLockoutFailures } = getSettings(context.store).passwordPolicy.lockout;
  logFailure(context, user, String(user.profile.login), 'LOCKED_OUT');
  if (!showLockoutFailures) throw new OktaError('E0000004');
  const base = `${context.origin}/api/v1/authn`;
  return {
    status: 'LOCKED_OUT',
    ...(typeof request.relayState === 'string' ? { relayState: request.relayState } : {}),
    _embedded: {},
    _links: { next: post(`${base}/recovery/unlock`, 'unlock'), cancel: post(`${base}/cancel`) },
  };
}

function logFailure(
  context: Context,
  user: UserRecord | undefined,
  username: string,
  reason: 'INVALID_CREDENTIALS' | 'LOCKED_OUT',
): void {
  const actor = user
    ? toTarget(user)
    : { id: 'unknown', type: 'User', alternateId: username, displayName: 'unknown' };
  const outcome = { result: 'FAILURE', reason };
  context.log(toEntry('user.session.start', { outcome, actor, ...(user && { targets: [actor] }) }));
}
