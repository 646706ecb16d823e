import {
  assignGroup,
  assignUser,
  findAppUser,
  groupsOf,
  listAppUsers,
  removeAppUser,
  toAppGroupView,
  toAppUserView,
  updateAppUser,
} from '../apps/app-users.ts';
import { toAppTarget } from '../apps/app-view.ts';
import { getApp } from '../apps/get-app.ts';
import { toGroupTarget, toGroupView } from '../group-members.ts';
import type { Context } from '../handling.ts';
import { invalid, notFound } from '../okta-error.ts';
import { cutPage } from '../paging.ts';
import { getUser } from '../people.ts';
import type {
  AppGroupRecord,
  AppRecord,
  AppUserRecord,
  GroupRecord,
  Json,
  UserRecord,
} from '../store/records.ts';
import type { AppHandlers } from './app-handlers.ts';

const USERS = { defaultLimit: 50, maxLimit: 500 };
const GROUPS = { defaultLimit: 20, maxLimit: 200 };

/** Who has an app: users and groups. */
export const appAssignments = {
  assignUser({ params, body }, context) {
    const app = getApp(context, params.appId);
    const user = getUser(context, body.id);
    return toAppUserView(context, app, assignUser(context, app, user, body));
  },

  listUsers({ params, query }, context) {
    const app = getApp(context, params.appId);
    const matches = toSearch(context, app, query.q);
    return cutPage(listAppUsers(context, app).filter(matches), {
      limit: query.limit,
      after: query.after,
      paging: USERS,
      cursorOf: (one) => one.userId,
      view: (one) => toAppUserView(context, app, one, query.expand),
      query: [
        ['q', query.q],
        ['expand', query.expand],
      ],
    });
  },

  getUser({ params, query }, context) {
    const app = getApp(context, params.appId);
    const { assigned } = getAppUser(context, app, params.userId);
    return toAppUserView(context, app, assigned, query.expand);
  },

  updateUser({ params, body }, context) {
    const app = getApp(context, params.appId);
    const user = getUser(context, params.userId);
    const assigned = findAppUser(context, app, user);
    // Okta: whoever does not have the app yet is assigned to it (recorded answers).
    return toAppUserView(
      context,
      app,
      assigned ? updateAppUser(context, app, user, assigned, body) : assignUser(context, app, user, body),
    );
  },

  removeUser({ params }, context) {
    const app = getApp(context, params.appId);
    const { user, assigned } = getAppUser(context, app, params.userId);
    removeAppUser(context, app, user, assigned);
  },

  listGroups({ params, query }, context) {
    const app = getApp(context, params.appId);
    const text = query.q?.toLowerCase();
    const matches = (one: AppGroupRecord): boolean =>
      text === undefined || nameOf(context, one).toLowerCase().startsWith(text);
    return cutPage(groupsOf(context, app).filter(matches), {
      limit: query.limit,
      after: query.after,
      paging: GROUPS,
      cursorOf: (one) => one.groupId,
      view: (one) => viewGroup(context, one, query.expand),
      // Okta: groups stand in the order in which they count, not in that of their ids.
      sorted: true,
      query: [
        ['q', query.q],
        ['expand', query.expand],
      ],
    });
  },

  getGroup({ params, query }, context) {
    const app = getApp(context, params.appId);
    return viewGroup(context, getAppGroup(context, app, params.groupId), query.expand);
  },

  assignGroup({ params, body }, context) {
    const app = getApp(context, params.appId);
    const group = getGroup(context, params.groupId);
    const before = context.store.appGroups.get(`${app.id}/${group.id}`);
    // Okta: asked for what is there already, it changes nothing.
    if (before && !hasChanges(before, body ?? {})) return toAppGroupView(context, before);
    const assigned = assignGroup(context, app, group.id, body ?? {});
    logGroup(context, app, group, before ? 'update' : 'add');
    return toAppGroupView(context, assigned);
  },

  patchGroup({ params, body }, context) {
    const app = getApp(context, params.appId);
    const group = getGroup(context, params.groupId);
    const before = getAppGroup(context, app, group.id);
    const assigned = assignGroup(context, app, group.id, applyPatch(before, body));
    logGroup(context, app, group, 'update');
    return toAppGroupView(context, assigned);
  },

  removeGroup({ params }, context) {
    const app = getApp(context, params.appId);
    const assigned = getAppGroup(context, app, params.groupId);
    context.store.appGroups.delete(assigned.id);
    const group = context.store.groups.get(assigned.groupId);
    if (group) logGroup(context, app, group, 'remove');
  },
} satisfies Partial<AppHandlers>;

function getAppUser(
  context: Context,
  app: AppRecord,
  userId: string,
): { user: UserRecord; assigned: AppUserRecord } {
  const user = getUser(context, userId);
  const assigned = findAppUser(context, app, user);
  if (!assigned) throw notFound(userId, 'AppUser');
  return { user, assigned };
}

function getGroup({ store }: Context, id: string): GroupRecord {
  const group = store.groups.get(id);
  if (!group) throw notFound(id, 'UserGroup');
  return group;
}

function getAppGroup({ store }: Context, app: AppRecord, groupId: string): AppGroupRecord {
  const assigned = store.appGroups.get(`${app.id}/${groupId}`);
  if (!assigned) throw notFound(groupId, 'AppGroup');
  return assigned;
}

function nameOf({ store }: Context, one: AppGroupRecord): string {
  return String(store.groups.get(one.groupId)?.profile.name ?? '');
}

function hasChanges(
  before: AppGroupRecord,
  given: { readonly priority?: number | null | undefined; readonly profile?: object | null | undefined },
): boolean {
  const { priority, profile } = given;
  return (
    (priority !== undefined && priority !== null && priority !== before.priority) ||
    (profile !== undefined && profile !== null && JSON.stringify(profile) !== JSON.stringify(before.profile))
  );
}

function viewGroup(context: Context, one: AppGroupRecord, expand: string | undefined): object {
  const group = expand === 'group' ? context.store.groups.get(one.groupId) : undefined;
  return toAppGroupView(context, one, group && { group: toGroupView(context, group) });
}

/** Okta: the beginning of the user name, of first or last name or of the e-mail; of an OpenID Connect app not the names. */
function toSearch(
  { store }: Context,
  app: AppRecord,
  q: string | undefined,
): (one: AppUserRecord) => boolean {
  if (q === undefined || q === '') return () => true;
  const text = q.toLowerCase();
  const attributes = app.signOnMode === 'OPENID_CONNECT' ? ['email'] : ['firstName', 'lastName', 'email'];
  return (one) => {
    const profile = store.users.get(one.userId)?.profile ?? {};
    const values = [one.userName, ...attributes.map((name) => String(profile[name] ?? ''))];
    return values.some((value) => value.toLowerCase().startsWith(text));
  };
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: Json | undefined;
}

/** JSON Patch (RFC 6902) on priority and profile. Throws E0000001 for anything else. */
function applyPatch(
  before: AppGroupRecord,
  operations: readonly Operation[],
): { priority: number; profile: Record<string, Json> } {
  let { priority } = before;
  let profile: Record<string, Json> = { ...before.profile };
  for (const { op, path, value } of operations) {
    const attribute = /^\/profile\/([^/]+)$/.exec(path)?.[1];
    if (!['add', 'replace', 'remove'].includes(op)) throw invalid('op', `op: ${op} is not supported`);
    if (op !== 'remove' && path === '/priority') {
      if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 100)
        throw invalid('priority', 'priority: The value must be a whole number from 0 to 100');
      priority = value;
    } else if (path === '/profile' && op !== 'remove' && isObject(value)) {
      profile = { ...value };
    } else if (attribute !== undefined && op === 'remove') {
      profile = Object.fromEntries(Object.entries(profile).filter(([name]) => name !== attribute));
    } else if (attribute !== undefined && value !== undefined) {
      profile = { ...profile, [attribute]: value };
    } else {
      throw invalid('path', `path: ${path} cannot be changed so`);
    }
  }
  return { priority, profile };
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const words = { add: 'Add', update: 'Update', remove: 'Remove' } as const;

function logGroup(context: Context, app: AppRecord, group: GroupRecord, what: keyof typeof words): void {
  const eventType = `group.application_assignment.${what}` as const;
  context.log({
    eventType,
    displayMessage: `${words[what]} application assignment ${what === 'add' ? 'to' : what === 'remove' ? 'from' : 'of'} group`,
    legacyEventType: eventType,
    targets: [toGroupTarget(group), toAppTarget(app)],
  });
}
