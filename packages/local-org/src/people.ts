import type { Context } from './handling.ts';
import { invalid, notFound, OktaError } from './okta-error.ts';
import { isEmail } from './profile-schema.ts';
import type {
  Features,
  Json,
  LogTarget,
  Moment,
  SchemaRecord,
  UserRecord,
  UserStatus,
  UserTypeRecord,
} from './store/records.ts';
import { toLoginKey, type Store } from './store/store.ts';

/** A user by id, login, unique short login or `me`. Throws E0000007. */
export function getUser({ store, caller }: Context, reference: string): UserRecord {
  if (reference === 'me' && caller.user) return caller.user;
  const key = toLoginKey(reference);
  const short = store.users.by('shortLogin', key);
  const user =
    store.users.get(reference) ??
    store.users.by('login', key)[0] ??
    (short.length === 1 ? short[0] : undefined);
  if (!user) throw notFound(reference, 'User');
  return user;
}

/** The type a user may be created with; the default one when none is named. Throws E0000001. */
export function getUserType(store: Store, id: string | undefined): UserTypeRecord {
  if (id === undefined) return getDefaultUserType(store);
  const type = store.userTypes.get(id);
  if (!type) throw invalid('type', `type: The user type ${id} does not exist`);
  return type;
}

export function getDefaultUserType(store: Store): UserTypeRecord {
  for (const type of store.userTypes.values()) if (type.isDefault) return type;
  throw new Error('The org has no default user type.');
}

export function getUserSchema(store: Store, type: UserTypeRecord): SchemaRecord {
  const schema = store.schemas.get(type.schemaId);
  if (!schema) throw new Error(`The user type ${type.id} has no schema.`);
  return schema;
}

/** Refuses a login that another user has or that does not look like the schema's pattern. */
export function checkLogin(store: Store, schema: SchemaRecord, login: string, ownId?: string): void {
  const pattern = schema.base.login?.pattern;
  if (typeof pattern !== 'string' && !isEmail(login))
    throw invalid('login', 'login: Username must be in the form of an email address');
  const holder = store.users.by('login', toLoginKey(login)).find((user) => user.id !== ownId);
  if (holder)
    throw invalid('login', 'login: An object with this field already exists in the current organization');
}

/** The user in a new status, stored. */
export function moveTo(
  context: Context,
  user: UserRecord,
  status: UserStatus,
  more: Partial<UserRecord> = {},
): UserRecord {
  const { now } = context;
  return context.store.users.put({ ...user, lastUpdated: now, statusChanged: now, ...more, status });
}

/** Ends every session of a user. */
export function endSessions({ store }: Context, user: UserRecord, except?: string): void {
  for (const session of store.sessions.by('user', user.id))
    if (session.id !== except) store.sessions.delete(session.id);
}

/** Throws E0000038 unless the user is in one of these. */
export function requireStatus(user: UserRecord, ...allowed: readonly UserStatus[]): void {
  if (!allowed.includes(user.status)) throw new OktaError('E0000038');
}

export function displayName(user: UserRecord): string {
  return [user.profile.firstName, user.profile.lastName].filter(Boolean).join(' ');
}

export function toTarget(user: UserRecord): LogTarget {
  return {
    id: user.id,
    type: 'User',
    alternateId: String(user.profile.login),
    displayName: displayName(user),
  };
}

const SECOND = 1000;
/** Most moments of an object are the same one, and writing one costs more than all else of an answer. */
let written = { second: Number.NaN, text: '' };

/** Okta: moments are told to the second. */
export function toTimestamp(moment: Moment | null): string | null {
  if (moment === null) return null;
  const second = moment - (moment % SECOND);
  if (written.second !== second) written = { second, text: new Date(second).toISOString() };
  return written.text;
}

/** A user as Okta answers it: all links on single reads, `self` alone in collections. */
export function toUserView(context: Context, user: UserRecord, links: 'all' | 'self' = 'all'): object {
  const { omit } = context.wishes;
  const self = `${context.origin}/api/v1/users/${user.id}`;
  return {
    id: user.id,
    status: user.status,
    created: toTimestamp(user.created),
    activated: toTimestamp(user.activated),
    statusChanged: toTimestamp(user.statusChanged),
    lastLogin: toTimestamp(user.lastLogin),
    lastUpdated: toTimestamp(user.lastUpdated),
    passwordChanged: toTimestamp(user.passwordChanged),
    ...realmOf(context, user),
    type: { id: user.typeId },
    profile: toProfileView(user),
    ...(omit.has('omitCredentials') ? {} : { credentials: withEmails(context, user) }),
    _links:
      links === 'self' || omit.has('omitCredentialsLinks')
        ? { self: { href: self } }
        : linksOf(context, user, self),
  };
}

/** Okta: where realms are, every user stands in one, the org's own one if in no other. */
function realmOf({ store, features }: Context, user: UserRecord): { realmId?: string } {
  if (user.realmId !== undefined) return { realmId: user.realmId };
  return features.governance ? { realmId: `guo${getDefaultUserType(store).id.slice(3)}` } : {};
}

/** Okta: unset attributes are absent, but mobilePhone and secondEmail always stand there. */
function toProfileView({ profile }: UserRecord): object {
  const view: Record<string, Json> = { mobilePhone: null, secondEmail: null };
  for (const [name, value] of Object.entries(profile)) if (value !== null) view[name] = value;
  return view;
}

/** Okta: a user with a password shows addresses beside it, but in orgs with realms (recorded answers). */
function withEmails({ features }: Context, user: UserRecord): object {
  const { password, ...rest } = toCredentialsView(user);
  if (!password) return rest;
  return { password, ...(features.governance ? {} : { emails: emailsOf(user) }), ...rest };
}

/** Credentials as the calls that change them answer (users#change-password). */
export function toCredentialsView(user: UserRecord): {
  readonly password?: object;
  readonly provider: object;
} {
  return {
    ...(user.password ? { password: {} } : {}),
    ...(user.question ? { recovery_question: { question: user.question.question } } : {}),
    provider: user.provider,
  };
}

function emailsOf({ profile }: UserRecord): object[] {
  const address = (value: Json | undefined, type: string): object[] =>
    typeof value === 'string' ? [{ value, status: 'VERIFIED', type }] : [];
  return [...address(profile.email, 'PRIMARY'), ...address(profile.secondEmail, 'SECONDARY')];
}

/** Okta's order of the relations, and the place below the user that each leads to. */
const RELATIONS = [
  ['suspend', 'lifecycle/suspend'],
  ['schema', undefined],
  ['resetPassword', 'lifecycle/reset_password'],
  ['reactivate', 'lifecycle/reactivate'],
  ['activate', 'lifecycle/activate'],
  ['unsuspend', 'lifecycle/unsuspend'],
  ['unlock', 'lifecycle/unlock'],
  ['resetFactors', 'lifecycle/reset_factors'],
  ['forgotPassword', 'credentials/forgot_password'],
  ['expirePassword', 'lifecycle/expire_password'],
  ['changeRecoveryQuestion', 'credentials/change_recovery_question'],
  ['self', undefined],
  ['type', undefined],
  ['changePassword', 'credentials/change_password'],
  ['deactivate', 'lifecycle/deactivate'],
  ['delete', undefined],
] as const;

function linksOf(context: Context, user: UserRecord, self: string): object {
  const allowed = allowedRelations(user, context.features);
  const links: Record<string, object> = {};
  for (const [name, path] of RELATIONS) {
    if (path !== undefined && allowed.includes(name))
      links[name] = { href: `${self}/${path}`, method: 'POST' };
    else if (name === 'self') links.self = { href: self };
    else if (name === 'type')
      links.type = { href: `${context.origin}/api/v1/meta/types/user/${user.typeId}` };
    else if (name === 'delete' && allowed.includes(name)) links.delete = { href: self, method: 'DELETE' };
    else if (name === 'schema') {
      const schemaId = context.store.userTypes.get(user.typeId)?.schemaId ?? '';
      links.schema = { href: `${context.origin}/api/v1/meta/schemas/user/${schemaId}` };
    }
  }
  return links;
}

type Relation = (typeof RELATIONS)[number][0];

/** What an org of this kind offers for a user in this state. */
function allowedRelations(user: UserRecord, { edition, governance }: Features): readonly Relation[] {
  const all = relationsOf(user);
  if (edition !== 'classic') return all;
  // A recovery question is the one way there; an Identity Engine org has other ways to recover a password.
  // Okta: not documented; Classic orgs offer `resetFactors` where realms are, and seldom elsewhere (recorded answers).
  return all.filter(
    (name) =>
      (name !== 'resetFactors' || governance) && (name !== 'forgotPassword' || user.question !== undefined),
  );
}

/** Links say what is allowed now (recorded answers; LOCKED_OUT and RECOVERY from users#links-object). */
function relationsOf(user: UserRecord): readonly Relation[] {
  switch (user.status) {
    case 'STAGED':
      return ['activate', 'resetFactors'];
    case 'PROVISIONED':
      return ['deactivate', 'reactivate', 'resetPassword', 'suspend', 'resetFactors'];
    case 'ACTIVE':
    case 'PASSWORD_EXPIRED': {
      const usual: readonly Relation[] = [
        'suspend',
        'resetPassword',
        'expirePassword',
        'changePassword',
        'changeRecoveryQuestion',
        'deactivate',
        'resetFactors',
      ];
      return user.question || user.password ? [...usual, 'forgotPassword'] : usual;
    }
    case 'RECOVERY':
      return ['reactivate', 'resetPassword', 'deactivate', 'changePassword'];
    case 'LOCKED_OUT':
      return ['unlock', 'deactivate'];
    case 'SUSPENDED':
      return ['unsuspend', 'deactivate', 'resetFactors'];
    case 'DEPROVISIONED':
      return ['activate', 'delete'];
  }
}
