import { operations } from '@castellan/okta-api';
import type { z } from 'zod';
import { listAppLinks, removeFromAllApps } from '../apps/app-users.ts';
import { removeAllFactors } from '../factors/removal.ts';
import { compileFilter } from '../filter.ts';
import { addMember, listGroupsOf, removeFromAllGroups, toGroupView } from '../group-members.ts';
import { applyRules } from '../group-rules.ts';
import { page, reply, type Answer, type Context, type HandlersOf } from '../handling.ts';
import { send } from '../messages.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { issueToken, type IssuedToken, revokeTokens } from '../one-time-tokens.ts';
import { cutPage } from '../paging.ts';
import { historyOf, setPassword } from '../password-change.ts';
import { checkPassword, findHistoryFlaw } from '../password-policy.ts';
import { hashPassword, verifyPassword } from '../passwords.ts';
import {
  checkLogin,
  endSessions,
  getUser,
  getUserSchema,
  getUserType,
  moveTo,
  requireStatus,
  toCredentialsView,
  toTarget,
  toTimestamp,
  toUserView,
} from '../people.ts';
import { forgetHolder } from '../roles/bindings.ts';
import { checkProfile } from '../profile-schema.ts';
import { hashAnswer, isSame } from '../secrets.ts';
import type { Json, Profile, UserRecord } from '../store/records.ts';

/** Groups that a user may be created in (users#create-user-in-group). */
const MOST_GROUPS = 20;
const TEMPORARY_PASSWORD_LENGTH = 12;
const JSON_TYPE = [['content-type', 'application/json']] as const;

export const users = {
  async createUser({ query, body }, context) {
    const { store, ids, now } = context;
    const activate = query.activate ?? true;
    const given = body.credentials?.password;
    if (query.nextLogin !== undefined && !given) throw new OktaError('E0000124');
    if (query.nextLogin !== undefined && !activate) throw new OktaError('E0000125');
    const type = getUserType(store, body.type?.id);
    const schema = getUserSchema(store, type);
    const profile = clean(body.profile);
    checkProfile(schema, profile, 'newUser');
    checkLogin(store, schema, String(profile.login));
    checkUnique(context, schema.custom, profile);
    const groupIds = body.groupIds ?? [];
    if (groupIds.length > MOST_GROUPS) throw new OktaError('E0000093');
    for (const id of groupIds) if (!store.groups.get(id)) throw notFound(id, 'UserGroup');

    const credentials = await readCredentials(context, body.credentials, String(profile.login));
    const federated = ['FEDERATION', 'SOCIAL'].includes(credentials.provider?.type ?? '');
    if (federated && (credentials.password || credentials.question))
      throw invalid(
        'credentials',
        'credentials: A federated user has neither a password nor a recovery question',
      );
    const isReady = credentials.password !== undefined || federated;
    const status = !activate
      ? 'STAGED'
      : query.nextLogin
        ? 'PASSWORD_EXPIRED'
        : isReady
          ? 'ACTIVE'
          : 'PROVISIONED';
    const user = store.users.put({
      id: ids.next('user'),
      status,
      created: now,
      activated: activate ? now : null,
      statusChanged: activate ? now : null,
      lastLogin: null,
      lastUpdated: now,
      passwordChanged: credentials.password === undefined ? null : now,
      typeId: type.id,
      ...(body.realmId === undefined ? {} : { realmId: body.realmId }),
      profile,
      provider: { type: 'OKTA', name: 'OKTA' },
      ...credentials,
    });
    write(
      context,
      user,
      'user.lifecycle.create',
      'Create okta user',
      'core.user.config.user_creation.success',
    );
    if (activate)
      write(
        context,
        user,
        'user.lifecycle.activate',
        'Activate Okta user',
        'core.user.config.user_activated',
      );
    for (const id of groupIds) addMember(context, id, user);
    applyRules(context, user);
    if (user.status === 'PROVISIONED') sendActivation(context, user, issueToken(context, 'activation', user));
    return toUserView(context, user);
  },

  listUsers({ query }, context) {
    if (query.q !== undefined && query.filter !== undefined) throw new OktaError('E0000033');
    if (query.q !== undefined) return findUsers(context, query.q, query.limit);
    const users = context.store.users.values();
    const rows = query.search === undefined ? [...users] : context.indexed('users', users);
    const all = rows.filter((user) => context.sees('user', user.id));
    const test = testOf(query.filter, query.search);
    const found = all.filter(test ?? ((user) => user.status !== 'DEPROVISIONED'));
    const sorted = query.search !== undefined && query.sortBy !== undefined;
    if (sorted) sortUsers(found, query.sortBy ?? '', query.sortOrder?.toLowerCase() === 'desc');
    const prefix = query.search === undefined ? '2' : '';
    return cutPage(found, {
      limit: query.limit,
      after: query.after,
      paging: operations.users.listUsers.paging ?? { defaultLimit: 200, maxLimit: 200 },
      // Okta: plain lists put a digit before the id, searches do not.
      cursorOf: (user) => prefix + user.id,
      view: (user) => toUserView(context, user, 'self'),
      query: [
        ['search', query.search],
        ['filter', query.filter],
        ['sortBy', query.search === undefined ? undefined : query.sortBy],
        ['sortOrder', sorted ? query.sortOrder : undefined],
      ],
      sorted,
    });
  },

  getUser({ params, query }, context) {
    const user = getUser(context, params.userId);
    if (query.expand === undefined && context.wishes.omit.size === 0)
      return reply({
        headers: JSON_TYPE,
        body: context.texts.of(user, aroundOf(context), () => JSON.stringify(toUserView(context, user))),
      });
    // Okta: only `block` may be expanded; nobody is blocked here unless locked out.
    if (query.expand !== 'block' && query.expand !== 'blocks') return toUserView(context, user);
    return { ...toUserView(context, user), _embedded: { block: [] } };
  },

  getCurrentUser: (_, context) => toUserView(context, getUser(context, 'me')),

  updateUser: ({ params, query, body }, context) =>
    change(context, getUser(context, params.userId), body, { how: 'merge', strict: query.strict }),

  updateCurrentUser: ({ body }, context) => change(context, getUser(context, 'me'), body, { how: 'merge' }),

  replaceUser: ({ params, query, body }, context) =>
    change(context, getUser(context, params.userId), body, { how: 'replace', strict: query.strict }),

  deleteUser({ params, query }, context) {
    const user = getUser(context, params.userId);
    if (user.status !== 'DEPROVISIONED') {
      deactivate(context, user, query.sendEmail);
      return;
    }
    write(
      context,
      user,
      'user.lifecycle.delete.initiated',
      'Delete user initiated',
      'core.user.config.user_status.delete.initiated',
    );
    removeFromAllGroups(context.store, user.id);
    removeFromAllApps(context, user);
    removeAllFactors(context, user);
    forgetHolder(context.store, user.id);
    for (const token of context.store.apiTokens.by('user', user.id)) context.store.apiTokens.delete(token.id);
    context.store.users.delete(user.id);
    write(
      context,
      user,
      'user.lifecycle.delete.completed',
      'Delete user completed',
      'core.user.config.user_status.delete.completed',
    );
  },

  listAppLinks({ params }, context) {
    const user = getUser(context, params.userId);
    return listAppLinks(context, user);
  },

  listUserGroups({ params, query }, context) {
    const user = getUser(context, params.userId);
    return cutPage(listGroupsOf(context.store, user.id), {
      ...query,
      limit: query.limit,
      after: query.after,
      paging: { defaultLimit: 200, maxLimit: 200 },
      cursorOf: (group) => group.id,
      view: (group) => toGroupView(context, group),
    });
  },

  activateUser({ params, query }, context) {
    const user = getUser(context, params.userId);
    if (user.status === 'ACTIVE') throw new OktaError('E0000016');
    requireStatus(user, 'STAGED', 'DEPROVISIONED', 'PROVISIONED');
    const isReady = user.password !== undefined || user.provider.type === 'FEDERATION';
    const active = moveTo(context, user, isReady ? 'ACTIVE' : 'PROVISIONED', { activated: context.now });
    const token = issueToken(context, 'activation', active);
    write(
      context,
      active,
      'user.lifecycle.activate',
      'Activate Okta user',
      'core.user.config.user_activated',
    );
    if (query.sendEmail === false) return activation(context, token);
    sendActivation(context, active, token);
    return {};
  },

  reactivateUser({ params, query }, context) {
    const user = getUser(context, params.userId);
    requireStatus(user, 'PROVISIONED', 'RECOVERY');
    const again = moveTo(context, user, 'PROVISIONED');
    const token = issueToken(context, 'activation', again);
    write(
      context,
      again,
      'user.lifecycle.reactivate',
      'Reactivate Okta user',
      'core.user.config.user_reactivation.success',
    );
    if (query.sendEmail !== true) return activation(context, token);
    sendActivation(context, again, token);
    return {};
  },

  deactivateUser({ params, query }, context) {
    const user = getUser(context, params.userId);
    if (user.status === 'DEPROVISIONED') throw new OktaError('E0000038');
    deactivate(context, user, query.sendEmail);
    return {};
  },

  suspendUser({ params }, context) {
    const user = getUser(context, params.userId);
    if (user.status !== 'ACTIVE') throw invalid('suspendUser', 'Cannot suspend a user that is not active');
    endSessions(context, user);
    write(
      context,
      moveTo(context, user, 'SUSPENDED'),
      'user.lifecycle.suspend',
      'Suspend Okta user',
      'core.user.config.user_status.suspended',
    );
    return {};
  },

  unsuspendUser({ params }, context) {
    const user = getUser(context, params.userId);
    if (user.status !== 'SUSPENDED')
      throw invalid('unsuspendUser', 'Cannot unsuspend a user that is not suspended');
    write(
      context,
      moveTo(context, user, 'ACTIVE'),
      'user.lifecycle.unsuspend',
      'Unsuspend Okta user',
      'core.user.config.user_status.unsuspended',
    );
    return {};
  },

  unlockUser({ params }, context) {
    const user = getUser(context, params.userId);
    if (user.status !== 'LOCKED_OUT')
      throw new OktaError('E0000032', { causes: ['The user is not locked out.'] });
    write(
      context,
      moveTo(context, user, 'ACTIVE', { failedAttempts: 0, lockedAt: undefined }),
      'user.account.unlock_by_admin',
      'Unlock user account by admin',
      'core.user_auth.account_unlocked_by_admin',
    );
    return {};
  },

  resetPassword({ params, query }, context) {
    const user = getUser(context, params.userId);
    requireStatus(user, 'PROVISIONED', 'ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY', 'LOCKED_OUT');
    if (query.revokeSessions) endSessions(context, user);
    if (query.provider === 'FEDERATION') {
      if (query.sendEmail === true) throw invalid('sendEmail', 'sendEmail: A federated user gets no mail');
      context.store.users.put({
        ...user,
        password: undefined,
        provider: { type: 'FEDERATION', name: 'FEDERATION' },
        lastUpdated: context.now,
      });
      return {};
    }
    const reset = moveTo(context, user, 'RECOVERY', { provider: { type: 'OKTA', name: 'OKTA' } });
    const { value, expires } = issueToken(context, 'recovery', reset);
    const link = `${context.origin}/reset_password/${value}`;
    write(
      context,
      reset,
      'user.account.reset_password',
      'User password reset by Okta admin',
      'core.user_auth.self_service.password_reset',
    );
    if (query.sendEmail === false) return { resetPasswordUrl: link };
    send(context, { channel: 'email', kind: 'password-reset', user: reset, link, expires });
    return {};
  },

  expirePassword({ params, query }, context) {
    const user = getUser(context, params.userId);
    return query.tempPassword
      ? expireWithTemporary(context, user)
      : toUserView(context, expire(context, user));
  },

  expirePasswordWithTempPassword({ params, query }, context) {
    const user = getUser(context, params.userId);
    if (query.revokeSessions) endSessions(context, user);
    return expireWithTemporary(context, user);
  },

  resetFactors({ params }, context) {
    const user = getUser(context, params.userId);
    removeAllFactors(context, user);
    write(
      context,
      user,
      'user.mfa.factor.reset_all',
      'Reset all factors for user',
      'core.user.factor.reset_all',
    );
    return {};
  },

  deleteCurrentUserSessions({ body }, context) {
    const user = getUser(context, 'me');
    endSessions(context, user, (body?.keepCurrent ?? true) ? context.caller.session?.id : undefined);
    write(context, user, 'user.session.clear', 'Clear user session', 'core.user_auth.session_clear');
    return {};
  },

  deleteUserSessions({ params }, context) {
    const user = getUser(context, params.userId);
    endSessions(context, user);
    write(context, user, 'user.session.clear', 'Clear user session', 'core.user_auth.session_clear');
  },

  forgotPassword({ params, query, body }, context) {
    const user = getUser(context, params.userId);
    if (body?.password && body.recovery_question)
      return setByAnswer(context, user, body.password.value, body.recovery_question.answer);
    // Okta: the reference asks for a recovery question; Identity Engine orgs (recorded) take a password as well.
    if (user.status !== 'ACTIVE' || !(user.question || user.password)) throw new OktaError('E0000034');
    const { value, expires } = issueToken(context, 'recovery', user);
    const link = `${context.origin}/signin/reset-password/${value}`;
    write(
      context,
      user,
      'user.account.reset_password',
      'User password reset by Okta admin',
      'core.user_auth.self_service.password_reset',
    );
    if (query.sendEmail === false) return { resetPasswordUrl: link };
    send(context, { channel: 'email', kind: 'password-reset', user, link, expires });
    return {};
  },

  forgotPasswordByAnswer: ({ params, body }, context) =>
    setByAnswer(context, getUser(context, params.userId), body.password.value, body.recovery_question.answer),

  async changePassword({ params, query, body }, context) {
    const user = getUser(context, params.userId);
    const allowed = ['STAGED', 'ACTIVE', 'PASSWORD_EXPIRED', 'RECOVERY'].includes(user.status);
    if (!allowed || !user.password) throw new OktaError('E0000035');
    if (!(await isPassword(user, body.oldPassword.value)))
      throw new OktaError('E0000014', { causes: ['Old Password is not correct'] });
    const flaw =
      query.strict && (await findHistoryFlaw(context.store, user, body.newPassword.value, context.now));
    if (flaw) throw new OktaError('E0000014', { causes: [flaw] });
    const next = await withPassword(context, user, body.newPassword.value);
    if (body.revokeSessions) endSessions(context, user);
    return toCredentialsView(next);
  },

  async changeRecoveryQuestion({ params, body }, context) {
    const user = getUser(context, params.userId);
    if (!['STAGED', 'ACTIVE', 'RECOVERY'].includes(user.status) || !user.password)
      throw new OktaError('E0000036');
    if (!(await isPassword(user, body.password.value)))
      throw new OktaError('E0000014', { causes: ['Password is not correct'] });
    const question = toQuestion(body.recovery_question.question, body.recovery_question.answer);
    return toCredentialsView(context.store.users.put({ ...user, question, lastUpdated: context.now }));
  },

  // No OAuth server stands behind this org, so nobody has consents, clients or refresh tokens.
  listGrants: ({ params, query }, context) => nothingOf(context, params.userId, query),
  getGrant: ({ params }, context) =>
    missingOf(context, params.userId, params.grantId, 'OAuth2ScopeConsentGrant'),
  revokeGrants: ({ params }, context) => void getUser(context, params.userId),
  revokeGrant: ({ params }, context) =>
    missingOf(context, params.userId, params.grantId, 'OAuth2ScopeConsentGrant'),
  listClients: ({ params }, context) => nothingOf(context, params.userId),
  listClientGrants: ({ params, query }, context) => nothingOf(context, params.userId, query),
  revokeClientGrants: ({ params }, context) => void getUser(context, params.userId),
  listClientTokens: ({ params, query }, context) => nothingOf(context, params.userId, query),
  getClientToken: ({ params }, context) =>
    missingOf(context, params.userId, params.tokenId, 'OAuth2RefreshToken'),
  revokeClientTokens: ({ params }, context) => void getUser(context, params.userId),
  revokeClientToken: ({ params }, context) =>
    missingOf(context, params.userId, params.tokenId, 'OAuth2RefreshToken'),

  listBlocks({ params }, context) {
    getUser(context, params.userId);
    // Okta: orgs without the feature answer so; recorded.
    throw new OktaError('E0000015');
  },

  getRisk: ({ params }, context) => toRiskView(context, getUser(context, params.userId)),

  setRisk({ params, body }, context) {
    const user = getUser(context, params.userId);
    const rated = context.store.users.put({ ...user, riskLevel: body.riskLevel });
    // Okta: 201 the first time, 200 when there was a level (OAS:upsertUserRisk).
    return reply({
      status: user.riskLevel === undefined ? 201 : 200,
      headers: JSON_TYPE,
      body: toRiskView(context, rated),
    });
  },

  listIdentityProviders({ params }, context) {
    getUser(context, params.userId);
    return [];
  },
} satisfies HandlersOf<typeof operations.users>;

/** What the answer of a user depends on beside the user. */
function aroundOf({ origin, features }: Context): string {
  return `${origin} ${features.edition} ${features.governance}`;
}

function nothingOf(
  context: Context,
  userId: string,
  query: { limit?: number | undefined; after?: string | undefined } = {},
): Answer {
  getUser(context, userId);
  return cutPage<string>([], {
    limit: query.limit,
    after: query.after,
    paging: { defaultLimit: 20, maxLimit: 200 },
    cursorOf: (id) => id,
    view: (id) => id,
  });
}

function toRiskView({ origin }: Context, user: UserRecord): object {
  const self = `${origin}/api/v1/users/${user.id}`;
  return {
    riskLevel: user.riskLevel ?? 'NONE',
    ...(user.riskLevel === undefined ? {} : { reason: 'Admin override risk' }),
    _links: {
      user: { href: self, hints: { allow: ['GET'] } },
      self: { href: `${self}/risk`, hints: { allow: ['GET', 'PUT'] } },
    },
  };
}

function missingOf(context: Context, userId: string, id: string, kind: string): never {
  getUser(context, userId);
  throw notFound(id, kind);
}

function write(
  context: Context,
  user: UserRecord,
  eventType: string,
  displayMessage: string,
  legacyEventType: string,
): void {
  context.log({ eventType, displayMessage, legacyEventType, targets: [toTarget(user)] });
}

function activation({ origin }: Context, { value }: IssuedToken): object {
  return { activationUrl: `${origin}/welcome/${value}`, activationToken: value };
}

function sendActivation(context: Context, user: UserRecord, { value, expires }: IssuedToken): void {
  const link = `${context.origin}/welcome/${value}`;
  send(context, { channel: 'email', kind: 'activation', user, link, expires });
}

/** Deactivation takes the password and the sessions (users#deactivate-user). */
function deactivate(context: Context, user: UserRecord, tellCaller = false): void {
  endSessions(context, user);
  revokeTokens(context.store, user);
  removeFromAllApps(context, user);
  const gone = moveTo(context, user, 'DEPROVISIONED', { password: undefined });
  write(
    context,
    gone,
    'user.lifecycle.deactivate',
    'Deactivate Okta user',
    'core.user.config.user_deactivated',
  );
  const { user: caller } = context.caller;
  if (tellCaller && caller)
    send(context, {
      channel: 'email',
      kind: 'user-deactivated',
      user: caller,
      about: String(user.profile.login),
    });
}

function expire(context: Context, user: UserRecord): UserRecord {
  requireStatus(user, 'ACTIVE', 'PASSWORD_EXPIRED', 'STAGED', 'RECOVERY', 'LOCKED_OUT');
  const expired = moveTo(context, user, 'PASSWORD_EXPIRED');
  context.log({
    eventType: 'user.account.expire_password',
    displayMessage: 'Expire user password',
    targets: [toTarget(user)],
  });
  return expired;
}

async function expireWithTemporary(context: Context, user: UserRecord): Promise<object> {
  const expired = expire(context, user);
  const tempPassword = `${context.ids.secret(TEMPORARY_PASSWORD_LENGTH - 3)}aA1`;
  context.store.users.put({
    ...expired,
    password: await hashPassword(tempPassword),
    passwordChanged: context.now,
  });
  return { tempPassword };
}

async function isPassword(user: UserRecord, password: string): Promise<boolean> {
  return user.password !== undefined && user.password !== 'hook' && verifyPassword(password, user.password);
}

async function withPassword(context: Context, user: UserRecord, password: string): Promise<UserRecord> {
  checkPassword(context.store, password, String(user.profile.login));
  return setPassword(context, user, password);
}

async function setByAnswer(
  context: Context,
  user: UserRecord,
  password: string,
  answer: string,
): Promise<object> {
  if (user.status !== 'ACTIVE' || !user.question) throw new OktaError('E0000034');
  if (!isSame(hashAnswer(answer), user.question.answer)) throw new OktaError('E0000087');
  return toCredentialsView(await withPassword(context, user, password));
}

function toQuestion(question: string, answer: string) {
  return { question, answer: hashAnswer(answer) };
}

type Body = z.output<NonNullable<typeof operations.users.updateUser.body>>;
type Credentials = NonNullable<Body['credentials']>;

/** What a body's credentials become in the store. Throws E0000001 for a password that the policy refuses. */
async function readCredentials(
  { store }: Context,
  given: Credentials | undefined,
  login: string,
): Promise<Partial<Pick<UserRecord, 'password' | 'question' | 'provider'>>> {
  const result: { -readonly [Key in 'password' | 'question' | 'provider']?: UserRecord[Key] } = {};
  const { password, recovery_question: asked, provider } = given ?? {};
  if (provider) result.provider = { type: provider.type, name: provider.name ?? provider.type };
  if (password?.hash) {
    result.password = password.hash;
    result.provider = { type: 'IMPORT', name: 'IMPORT' };
  } else if (password?.hook) {
    result.password = 'hook';
    result.provider = { type: 'IMPORT', name: 'IMPORT' };
  } else if (password?.value !== undefined) {
    checkPassword(store, password.value, login);
    result.password = await hashPassword(password.value);
  }
  if (asked) {
    if (asked.question === undefined || asked.answer === undefined)
      throw invalid('recovery_question', 'recovery_question: A question and an answer are needed');
    result.question = toQuestion(asked.question, asked.answer);
  }
  return result;
}

/** Leaves unset values out: a profile keeps only what somebody set. */
function clean(profile: Readonly<Record<string, Json>>): Profile {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== null));
}

async function change(
  context: Context,
  user: UserRecord,
  body: {
    profile?: Readonly<Record<string, Json>> | undefined;
    credentials?: Credentials | undefined;
    type?: { id: string } | undefined;
  },
  { how, strict }: { readonly how: 'merge' | 'replace'; readonly strict?: boolean | undefined },
): Promise<object> {
  const { store, now } = context;
  const type = getUserType(store, body.type?.id ?? user.typeId);
  if (how === 'merge' && type.id !== user.typeId)
    throw invalid('type', 'type: A partial update cannot change the type');
  const schema = getUserSchema(store, type);
  let profile = user.profile;
  if (body.profile) {
    profile = clean(how === 'merge' ? { ...user.profile, ...body.profile } : body.profile);
    checkProfile(schema, profile, 'user');
    checkLogin(store, schema, String(profile.login), user.id);
    checkUnique(context, schema.custom, profile, user.id);
  }
  if (body.credentials?.password?.hash && user.status !== 'STAGED')
    throw invalid('password', 'password: A hashed password can be set for a staged user only');
  const password = body.credentials?.password?.value;
  const flaw = strict && password !== undefined && (await findHistoryFlaw(store, user, password, now));
  if (flaw) throw invalid('password', `password: ${flaw}`);
  const credentials = await readCredentials(context, body.credentials, String(profile.login));
  const changed = store.users.put({
    ...user,
    ...credentials,
    profile,
    typeId: type.id,
    lastUpdated: now,
    ...(credentials.password === undefined
      ? {}
      : { passwordChanged: now, passwordHistory: historyOf(context, user) }),
  });
  if (body.profile) {
    logProfileChange(context, user, changed);
    applyRules(context, changed);
  }
  if (credentials.password !== undefined)
    write(
      context,
      changed,
      'user.account.update_password',
      'User update password for Okta',
      'core.user.config.password_update.success',
    );
  return toUserView(context, changed);
}

function logProfileChange(context: Context, before: UserRecord, after: UserRecord): void {
  write(
    context,
    after,
    'user.account.update_profile',
    'Update user profile for Okta',
    'core.user.config.profile_update.success',
  );
  if (before.profile.email !== after.profile.email)
    write(
      context,
      after,
      'user.account.update_primary_email',
      'User primary email updated',
      'core.user.config.update_primary_email',
    );
  if (before.profile.secondEmail !== after.profile.secondEmail)
    write(
      context,
      after,
      'user.account.update_secondary_email',
      'User secondary email updated',
      'core.user.config.update_secondary_email',
    );
}

/** Refuses a value of a unique custom attribute that another user has. */
function checkUnique(
  { store }: Context,
  custom: Readonly<Record<string, Readonly<Record<string, Json>>>>,
  profile: Profile,
  ownId?: string,
): void {
  for (const [name, attribute] of Object.entries(custom)) {
    const value = profile[name];
    if (attribute.unique !== 'UNIQUE_VALIDATED' || value === undefined) continue;
    const keyOf = (user: UserRecord): string | undefined => toKey(user.profile[name]);
    const holders = store.users.lookUp(`unique ${name}`, keyOf, toKey(value) ?? '');
    if (holders.some((user) => user.id !== ownId))
      throw invalid(name, `${name}: An object with this field already exists in the current organization`);
  }
}

function toKey(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

const DEFAULT_FOUND = 10;
const MOST_FOUND = 200;

function findUsers(context: Context, text: string, limit: number | undefined): Answer {
  const start = text.toLowerCase();
  const found: object[] = [];
  const most = Math.min(limit || DEFAULT_FOUND, MOST_FOUND);
  for (const user of context.store.users.values()) {
    if (found.length >= most) break;
    if (user.status === 'DEPROVISIONED' || !context.sees('user', user.id)) continue;
    const { firstName, lastName, email } = user.profile;
    if (
      [firstName, lastName, email].some((part) =>
        String(part ?? '')
          .toLowerCase()
          .startsWith(start),
      )
    )
      found.push(toUserView(context, user, 'self'));
  }
  return page({
    items: found,
    self: [
      ['limit', String(most)],
      ['q', text],
    ],
  });
}

const ORDERED = ['eq', 'gt', 'ge', 'lt', 'le'];
const FILTERED = ['status', 'id', 'profile.login', 'profile.email', 'profile.firstName', 'profile.lastName'];
const SEARCHED = [...ORDERED, 'pr', 'sw'];
const SEARCHED_TOP = new Set([
  'id',
  'status',
  'created',
  'activated',
  'statusChanged',
  'lastUpdated',
  'type.id',
]);

function testOf(
  filter: string | undefined,
  search: string | undefined,
): ((user: UserRecord) => boolean) | undefined {
  if (search !== undefined && search.trim() !== '')
    return compileFilter(
      search,
      {
        ignoreCase: true,
        operatorsOf: (name) => (SEARCHED_TOP.has(name) || name.startsWith('profile.') ? SEARCHED : undefined),
      },
      readAttribute,
    );
  if (filter !== undefined && filter.trim() !== '')
    return compileFilter(
      filter,
      {
        ignoreCase: false,
        operatorsOf: (name) =>
          name === 'lastUpdated' ? ORDERED : FILTERED.includes(name) ? ['eq'] : undefined,
      },
      readAttribute,
    );
  return undefined;
}

function readAttribute(user: UserRecord, attribute: string): readonly unknown[] {
  if (attribute.startsWith('profile.')) {
    const value = user.profile[attribute.slice('profile.'.length)];
    return Array.isArray(value) ? value : [value];
  }
  switch (attribute) {
    case 'id':
      return [user.id];
    case 'status':
      return [user.status];
    case 'type.id':
      return [user.typeId];
    case 'created':
    case 'activated':
    case 'statusChanged':
    case 'lastUpdated':
      return [toTimestamp(user[attribute])];
    default:
      return [];
  }
}

function sortUsers(found: UserRecord[], sortBy: string, descending: boolean): void {
  const key = (user: UserRecord): string => String(readAttribute(user, sortBy)[0] ?? '').toLowerCase();
  const turn = descending ? -1 : 1;
  found.sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left !== right) return left < right ? -turn : turn;
    return a.id < b.id ? -1 : 1;
  });
}
