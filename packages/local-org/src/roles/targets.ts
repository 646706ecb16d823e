import { entryOf, getApp } from '../apps/get-app.ts';
import { toGroupView } from '../group-members.ts';
import type { Answer, Context } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { cutPage } from '../paging.ts';
import { toTimestamp } from '../people.ts';
import type { GroupRecord, RoleAssignmentRecord } from '../store/records.ts';
import { getGroup, isAppName } from './holders.ts';
import { takesAppTargets, takesGroupTargets } from './role-types.ts';

const PAGING = { defaultLimit: 20, maxLimit: 200 };
const MOST_TARGETS = 1000;

interface Cursor {
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** The groups that a role reaches; none: all of them. Throws E0000091 for a role that reaches no groups. */
export function listGroupTargets(context: Context, role: RoleAssignmentRecord, query: Cursor): Answer {
  requireGroupTargets(role);
  return cutPage(groupsOf(context, role), {
    limit: query.limit,
    after: query.after,
    paging: PAGING,
    cursorOf: (group) => group.id,
    view: (group) => toGroupView(context, group),
  });
}

/** Okta: the first target narrows a role that reached every group to this one. */
export function addGroupTarget(context: Context, role: RoleAssignmentRecord, groupId: string): void {
  requireGroupTargets(role);
  const group = getGroup(context.store, groupId);
  if (role.groupIds.includes(group.id)) return;
  if (role.groupIds.length >= MOST_TARGETS) throw new OktaError('E0000093');
  put(context, role, { groupIds: [...role.groupIds, group.id] });
}

/** Okta: the last target stays, or a narrow role would reach everything all at once; the code is not documented. */
export function removeGroupTarget(context: Context, role: RoleAssignmentRecord, groupId: string): void {
  requireGroupTargets(role);
  if (!role.groupIds.includes(groupId)) throw notFound(groupId, 'UserGroup');
  if (role.groupIds.length === 1)
    throw invalid('targetGroupId', 'targetGroupId: The last target of a role cannot be removed');
  put(context, role, { groupIds: role.groupIds.filter((id) => id !== groupId) });
}

/** The apps that a role reaches, whole ones and single instances; none: all of them. */
export function listAppTargets(context: Context, role: RoleAssignmentRecord, query: Cursor): Answer {
  requireAppTargets(role);
  return cutPage([...(role.apps ?? [])].sort(), {
    limit: query.limit,
    after: query.after,
    paging: PAGING,
    cursorOf: (target) => target,
    view: (target) => toAppTargetView(context, target),
    sorted: true,
  });
}

/** Okta: all instances of an app; targets that were single instances of it are dropped. */
export function addAppTarget(context: Context, role: RoleAssignmentRecord, name: string): void {
  requireAppTargets(role);
  requireAppName(context, name);
  const others = (role.apps ?? []).filter((target) => target !== name && !target.startsWith(`${name}/`));
  if (others.length >= MOST_TARGETS) throw new OktaError('E0000093');
  put(context, role, { apps: [...others, name] });
}

export function removeAppTarget(context: Context, role: RoleAssignmentRecord, name: string): void {
  requireAppTargets(role);
  dropApp(context, role, name, name);
}

/** One instance of an app. Okta: an app cannot be a target as a whole and by its instances. */
export function addAppInstanceTarget(
  context: Context,
  role: RoleAssignmentRecord,
  name: string,
  appId: string,
): void {
  requireAppTargets(role);
  const app = getApp(context, appId);
  if (app.name !== name) throw notFound(appId, 'AppInstance');
  const known = role.apps ?? [];
  if (known.includes(name))
    throw invalid('appInstanceId', `appInstanceId: Every instance of ${name} is a target already`);
  const target = `${name}/${app.id}`;
  if (known.includes(target)) return;
  if (known.length >= MOST_TARGETS) throw new OktaError('E0000093');
  put(context, role, { apps: [...known, target] });
}

export function removeAppInstanceTarget(
  context: Context,
  role: RoleAssignmentRecord,
  name: string,
  appId: string,
): void {
  requireAppTargets(role);
  dropApp(context, role, `${name}/${appId}`, appId);
}

/** Lets a role reach every app again. */
export function addAllApps(context: Context, role: RoleAssignmentRecord): void {
  requireAppTargets(role);
  put(context, role, { apps: [] });
}

function dropApp(context: Context, role: RoleAssignmentRecord, target: string, asked: string): void {
  const known = role.apps ?? [];
  if (!known.includes(target)) throw notFound(asked, 'AppInstance');
  if (known.length === 1) throw invalid('appName', 'appName: The last target of a role cannot be removed');
  put(context, role, { apps: known.filter((one) => one !== target) });
}

function requireAppName(context: Context, name: string): void {
  if (!isAppName(context, name)) throw notFound(name, 'App');
}

function requireGroupTargets(role: RoleAssignmentRecord): void {
  if (!takesGroupTargets(role.type)) throw new OktaError('E0000091');
}

function requireAppTargets(role: RoleAssignmentRecord): void {
  if (!takesAppTargets(role.type)) throw new OktaError('E0000091');
}

function put(
  { store, now }: Context,
  role: RoleAssignmentRecord,
  changes: Partial<RoleAssignmentRecord>,
): void {
  store.roleAssignments.put({ ...role, ...changes, lastUpdated: now });
}

function groupsOf({ store }: Context, role: RoleAssignmentRecord): GroupRecord[] {
  return role.groupIds.flatMap((id) => store.groups.get(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What `expand` embeds into a role. */
export function embeddedTargets(
  context: Context,
  role: RoleAssignmentRecord,
  expand: string | undefined,
): object {
  if (expand === 'targets/groups') {
    const groups = groupsOf(context, role).map((group) => toGroupView(context, group));
    return { _embedded: { targets: { groups } } };
  }
  if (expand === 'targets/catalog/apps') {
    const apps = (role.apps ?? []).map((target) => toAppTargetView(context, target));
    return { _embedded: { targets: { catalog: { apps } } } };
  }
  return {};
}

/** An app of the catalogue, or one instance, as Okta lists targets. */
function toAppTargetView({ origin, store, now }: Context, target: string): object {
  const [name = '', appId] = target.split('/');
  if (appId !== undefined) {
    const app = store.apps.get(appId);
    return {
      name: app?.label ?? name,
      status: app?.status ?? 'INACTIVE',
      id: appId,
      _links: { self: { href: `${origin}/api/v1/apps/${appId}` } },
    };
  }
  const entry = entryOf({ name, isCustom: false });
  return {
    name,
    displayName: entry?.displayName ?? name,
    description: '',
    status: 'ACTIVE',
    lastUpdated: toTimestamp(now),
    category: entry?.category ?? 'OTHER',
    verificationStatus: 'OKTA_VERIFIED',
    website: entry?.website ?? '',
    signOnModes: entry?.signOnModes ?? [],
    features: [],
    _links: {
      logo: [{ name: 'medium', href: `${origin}/assets/img/logos/default.png`, type: 'image/png' }],
      self: { href: `${origin}/api/v1/catalog/apps/${name}` },
    },
  };
}
