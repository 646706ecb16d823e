import { listGroupsOf, listMembersOf } from '../group-members.ts';
import type { Context } from '../handling.ts';
import { entryOf } from './get-app.ts';
import { invalid, OktaError } from '../okta-error.ts';
import { displayName, toTarget, toTimestamp } from '../people.ts';
import { checkProfile } from '../profile-schema.ts';
import type {
  AppGroupRecord,
  AppRecord,
  AppUserRecord,
  Json,
  LogTarget,
  Profile,
  UserRecord,
} from '../store/records.ts';
import { appLinksOf, logoOf, toAppTarget } from './app-view.ts';
import { toDefaultProfile } from './app-schema.ts';

/**
 * Everybody who has an app, in id order: who was assigned to it, and who is in a group that was. The latter are
 * not stored, so membership alone decides.
 */
export function listAppUsers(context: Context, app: AppRecord): AppUserRecord[] {
  const { store } = context;
  const found = new Map(store.appUsers.by('app', app.id).map((one) => [one.userId, one]));
  for (const assignment of groupsOf(context, app)) {
    const group = store.groups.get(assignment.groupId);
    if (!group) continue;
    for (const user of listMembersOf(store, group))
      if (!found.has(user.id) && user.status !== 'DEPROVISIONED')
        found.set(user.id, fromGroup(context, app, user, assignment));
  }
  return [...found.values()]
    .filter((one) => isAssigned(context, app, one))
    .sort((a, b) => (a.userId < b.userId ? -1 : 1));
}

/** What a user has of an app; `undefined` when neither they nor a group of theirs was assigned to it. */
export function findAppUser(context: Context, app: AppRecord, user: UserRecord): AppUserRecord | undefined {
  const own = context.store.appUsers.get(`${app.id}/${user.id}`);
  if (own) return isAssigned(context, app, own) ? own : undefined;
  if (user.status === 'DEPROVISIONED') return undefined;
  const assignment = assignmentOf(context, app, user.id);
  return assignment && fromGroup(context, app, user, assignment);
}

/** The apps that a user has, in id order. */
function appsOf(context: Context, userId: string): AppRecord[] {
  const { store } = context;
  const ids = new Set(
    store.appUsers.by('user', userId).flatMap((one) => (one.scope === 'USER' ? [one.appId] : [])),
  );
  for (const group of listGroupsOf(store, userId))
    for (const one of store.appGroups.by('group', group.id)) ids.add(one.appId);
  return [...ids].flatMap((id) => store.apps.get(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A changed record of somebody who has the app through a group counts only while they still have it. */
function isAssigned(context: Context, app: AppRecord, one: AppUserRecord): boolean {
  return one.scope === 'USER' || assignmentOf(context, app, one.userId) !== undefined;
}

/** The groups of an app, the one that counts first in front. */
export function groupsOf({ store }: Context, app: AppRecord): AppGroupRecord[] {
  return [...store.appGroups.by('app', app.id)].sort(
    (a, b) => a.priority - b.priority || (a.id < b.id ? -1 : 1),
  );
}

function assignmentOf(context: Context, app: AppRecord, userId: string): AppGroupRecord | undefined {
  const mine = new Set(listGroupsOf(context.store, userId).map((group) => group.id));
  return groupsOf(context, app).find((one) => mine.has(one.groupId));
}

function fromGroup(
  context: Context,
  app: AppRecord,
  user: UserRecord,
  assignment: AppGroupRecord,
): AppUserRecord {
  const since = Math.max(assignment.created, user.created);
  return {
    id: `${app.id}/${user.id}`,
    appId: app.id,
    userId: user.id,
    scope: 'GROUP',
    created: since,
    lastUpdated: since,
    statusChanged: since,
    passwordChanged: null,
    userName: toUserName(app, user),
    hasPassword: false,
    profile: { ...toDefaultProfile(app, user), ...assignment.profile },
  };
}

export interface AppUserChanges {
  readonly credentials?:
    | {
        readonly userName?: string | null | undefined;
        readonly password?: { readonly value?: string | undefined } | null | undefined;
      }
    | null
    | undefined;
  readonly profile?: Readonly<Record<string, Json>> | null | undefined;
}

/**
 * Assigns a user to an app, or changes what they have of it when they are assigned already. Throws E0000117 when they
 * are not active. Okta: the reference has E0000062 for the second time, recorded orgs take it.
 */
export function assignUser(
  context: Context,
  app: AppRecord,
  user: UserRecord,
  changes: AppUserChanges,
): AppUserRecord {
  const { store, now } = context;
  if (user.status === 'DEPROVISIONED' || user.status === 'SUSPENDED') throw new OktaError('E0000117');
  const known = store.appUsers.get(`${app.id}/${user.id}`);
  if (known?.scope === 'USER') return updateAppUser(context, app, user, known, changes);
  const fresh: AppUserRecord = {
    id: `${app.id}/${user.id}`,
    appId: app.id,
    userId: user.id,
    scope: 'USER',
    created: now,
    lastUpdated: now,
    statusChanged: now,
    passwordChanged: null,
    userName: toUserName(app, user),
    hasPassword: false,
    profile: toDefaultProfile(app, user),
  };
  const assigned = store.appUsers.put(change(context, app, fresh, changes));
  context.log({
    eventType: 'application.user_membership.add',
    displayMessage: 'Add user to application membership',
    legacyEventType: 'app.generic.provision.assign_user_to_app',
    targets: targetsOf(app, user, assigned),
  });
  return assigned;
}

/** Changes the credentials or the profile that somebody has in an app; what is not named stays. */
export function updateAppUser(
  context: Context,
  app: AppRecord,
  user: UserRecord,
  before: AppUserRecord,
  changes: AppUserChanges,
): AppUserRecord {
  if (user.status === 'DEPROVISIONED') throw new OktaError('E0000117');
  const after = context.store.appUsers.put(change(context, app, before, changes));
  const targets = targetsOf(app, user, after);
  if (after.userName !== before.userName)
    context.log({
      eventType: 'application.user_membership.change_username',
      displayMessage: 'Change username of application user',
      legacyEventType: 'app.generic.config.app_username_update',
      targets,
    });
  if (changes.credentials?.password?.value)
    context.log({
      eventType: 'application.user_membership.change_password',
      displayMessage: 'Change password of application user',
      legacyEventType: 'app.generic.config.app_password_update',
      targets,
    });
  if (changes.profile)
    context.log({
      eventType: 'application.user_membership.update',
      displayMessage: 'Update properties of application user',
      legacyEventType: 'app.generic.config.app_user_property_update',
      targets,
    });
  return after;
}

function change(
  context: Context,
  app: AppRecord,
  before: AppUserRecord,
  { credentials, profile }: AppUserChanges,
): AppUserRecord {
  const { now } = context;
  checkCredentials(app, credentials);
  const password = credentials?.password?.value;
  const merged: Profile = { ...before.profile, ...profile };
  if (profile) checkAppProfile(context, app, merged);
  return {
    ...before,
    userName: credentials?.userName ?? before.userName,
    hasPassword: before.hasPassword || Boolean(password),
    passwordChanged: password ? now : before.passwordChanged,
    profile: merged,
    lastUpdated: now,
  };
}

/** Schemes under which nobody has a password of their own in the app (apps#authentication-schemes). */
const WITH_PASSWORD = new Set(['EDIT_USERNAME_AND_PASSWORD', 'EDIT_PASSWORD_ONLY', 'ADMIN_SETS_CREDENTIALS']);

function checkCredentials(app: AppRecord, credentials: AppUserChanges['credentials']): void {
  const { scheme } = app.credentials;
  const sharesAll = scheme === 'SHARED_USERNAME_AND_PASSWORD';
  const hasPassword = Boolean(credentials?.password?.value);
  const refused = sharesAll
    ? hasPassword || Boolean(credentials?.userName)
    : hasPassword && !WITH_PASSWORD.has(scheme ?? '');
  if (refused)
    throw new OktaError('E0000041', {
      causes: ['User level credentials should not be provided for this scheme.'],
    });
}

/** The profile without the user name, which stands in the credentials. Throws E0000001. */
function checkAppProfile({ store }: Context, app: AppRecord, profile: Profile): void {
  const schema = store.schemas.get(app.id);
  if (!schema) return;
  const { userName: _, ...base } = schema.base;
  checkProfile({ ...schema, base }, profile, 'appUser');
}

/** Takes an app away from a user. Throws E0000046 when they have it through a group. */
export function removeAppUser(context: Context, app: AppRecord, user: UserRecord, one: AppUserRecord): void {
  if (one.scope === 'GROUP')
    throw new OktaError('E0000046', { causes: ['The user has the application through a group.'] });
  context.store.appUsers.delete(one.id);
  context.log({
    eventType: 'application.user_membership.remove',
    displayMessage: 'Remove user from application membership',
    legacyEventType: 'app.generic.provision.deactivate_user_from_app',
    targets: targetsOf(app, user, one),
  });
}

/** Takes every app away from a user who was deactivated or is deleted. Okta: their data in the apps is gone then. */
export function removeFromAllApps({ store }: Context, user: UserRecord): void {
  for (const one of store.appUsers.by('user', user.id)) store.appUsers.delete(one.id);
}

/** The tiles that a user sees: of active apps, as far as the app shows them (users#app-links-object). */
export function listAppLinks(context: Context, user: UserRecord): object[] {
  const active = appsOf(context, user.id).filter((app) => app.status === 'ACTIVE');
  return active
    .flatMap((app) =>
      appLinksOf(context, app).map((link) => ({
        id: link.id,
        label: app.label,
        linkUrl: link.href,
        logoUrl: logoOf(context, app),
        appName: app.name,
        appInstanceId: app.id,
        appAssignmentId: assignmentIdOf(app, user),
        credentialsSetup: false,
        hidden: app.visibility.hide.web,
      })),
    )
    .map((link, sortOrder) => ({ ...link, sortOrder }));
}

/** Assigns a group to an app, or changes the assignment that is there. */
export function assignGroup(
  context: Context,
  app: AppRecord,
  groupId: string,
  given: { readonly priority?: number | null | undefined; readonly profile?: Profile | null | undefined },
): AppGroupRecord {
  const { store, now } = context;
  const before = store.appGroups.get(`${app.id}/${groupId}`);
  const profile = given.profile ?? before?.profile ?? {};
  checkGroupProfile(context, app, profile);
  return store.appGroups.put({
    id: `${app.id}/${groupId}`,
    appId: app.id,
    groupId,
    created: before?.created ?? now,
    lastUpdated: now,
    // Okta: without a wish the new one comes last.
    priority: given.priority ?? before?.priority ?? nextPriority(groupsOf(context, app)),
    profile,
  });
}

function nextPriority(groups: readonly AppGroupRecord[]): number {
  return groups.reduce((next, one) => Math.max(next, one.priority + 1), 0);
}

/** What a group gives its members need not be complete. */
function checkGroupProfile({ store }: Context, app: AppRecord, profile: Profile): void {
  const schema = store.schemas.get(app.id);
  const unknown = Object.keys(profile).filter(
    (name) => !(schema && (Object.hasOwn(schema.base, name) || Object.hasOwn(schema.custom, name))),
  );
  if (unknown.length > 0)
    throw invalid('appGroup', ...unknown.map((name) => `Property name '${name}' is not defined in profile`));
}

/** The name that the template of an app makes of a user (apps#built-in-expressions). */
function toUserName(app: AppRecord, user: UserRecord): string {
  const { template, type, suffix } = app.credentials.userNameTemplate;
  if (type === 'NONE' || typeof template !== 'string') return '';
  const name = template
    .replaceAll(/\$\{([^{}]*)\}/g, (_, expression: string) => evaluate(expression.trim(), user))
    .trim();
  const plain = type === 'CUSTOM' && name === template ? evaluate(template.trim(), user) : name;
  return `${plain}${typeof suffix === 'string' ? suffix : ''}`;
}

/** The expressions of the built-in templates; of others, attributes by name. What cannot be evaluated is the login. */
function evaluate(expression: string, user: UserRecord): string {
  const call = /^fn:(\w+)\((.*)\)$/.exec(expression);
  if (call) return apply(call[1] ?? '', call[2] ?? '', user);
  const attribute = /^(?:source|user)\.(\w+)$/.exec(expression)?.[1];
  const value =
    attribute !== undefined && Object.hasOwn(user.profile, attribute) ? user.profile[attribute] : undefined;
  return typeof value === 'string' ? value : String(user.profile.login);
}

function apply(name: string, argument: string, user: UserRecord): string {
  const [inner = '', ...rest] = argument.split(/,(?![^(]*\))/).map((part) => part.trim());
  const value = evaluate(inner, user);
  if (name === 'substringBefore') return value.split(rest[0]?.replaceAll(/["']/g, '') || '@')[0] ?? value;
  if (name === 'toLowerCase') return value.toLowerCase();
  if (name === 'toUpperCase') return value.toUpperCase();
  return value;
}

/** An app user as Okta answers it (recorded answers). */
export function toAppUserView(
  { origin, store }: Context,
  app: AppRecord,
  one: AppUserRecord,
  expand?: string,
): object {
  const user = store.users.get(one.userId);
  const canProvision = entryOf(app)?.canProvision === true && app.connection?.status === 'ENABLED';
  const isShared = app.credentials.scheme === 'SHARED_USERNAME_AND_PASSWORD';
  return {
    id: one.userId,
    externalId: null,
    created: toTimestamp(one.created),
    lastUpdated: toTimestamp(one.lastUpdated),
    scope: one.scope,
    status: canProvision ? 'PROVISIONED' : 'ACTIVE',
    statusChanged: toTimestamp(one.statusChanged),
    passwordChanged: toTimestamp(one.passwordChanged),
    syncState: canProvision ? 'SYNCHRONIZED' : 'DISABLED',
    ...(canProvision ? { lastSync: toTimestamp(one.lastUpdated) } : {}),
    ...(isShared
      ? {}
      : { credentials: { userName: one.userName, ...(one.hasPassword ? { password: {} } : {}) } }),
    profile: one.profile,
    _links: {
      app: { href: `${origin}/api/v1/apps/${app.id}` },
      user: { href: `${origin}/api/v1/users/${one.userId}` },
    },
    ...(expand === 'user' && user
      ? { _embedded: { user: { id: user.id, status: user.status, profile: user.profile } } }
      : {}),
  };
}

/** An assigned group as Okta answers it. */
export function toAppGroupView({ origin }: Context, one: AppGroupRecord, embedded?: object): object {
  const app = `${origin}/api/v1/apps/${one.appId}`;
  return {
    id: one.groupId,
    lastUpdated: toTimestamp(one.lastUpdated),
    priority: one.priority,
    profile: one.profile,
    _links: {
      app: { href: app },
      self: { href: `${app}/groups/${one.groupId}` },
      group: { href: `${origin}/api/v1/groups/${one.groupId}` },
    },
    ...(embedded ? { _embedded: embedded } : {}),
  };
}

/** Okta: an assignment has an id of its own, which only links and the log show. */
function assignmentIdOf(app: AppRecord, user: UserRecord): string {
  return `0ua${app.id.slice(3, 11)}${user.id.slice(-9)}`;
}

function targetsOf(app: AppRecord, user: UserRecord, one: AppUserRecord): LogTarget[] {
  const appUser: LogTarget = {
    id: assignmentIdOf(app, user),
    type: 'AppUser',
    alternateId: one.userName,
    displayName: displayName(user),
  };
  return [appUser, toAppTarget(app), toTarget(user)];
}
