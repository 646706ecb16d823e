import type { operations } from '@castellan/okta-api';
import { toAppView } from '../apps/app-view.ts';
import { compileFilter } from '../filter.ts';
import {
  addMember,
  countMembers,
  listMemberIds,
  removeMember,
  toGroupTarget,
  toGroupView,
} from '../group-members.ts';
import { applyRule, checkExpression, invalidateRules, withdrawRule } from '../group-rules.ts';
import { page, type Context, type HandlersOf } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { cutPage, effectiveLimit } from '../paging.ts';
import { displayName, getUser, toTarget, toTimestamp, toUserView } from '../people.ts';
import { forgetHolder } from '../roles/bindings.ts';
import { checkProfile } from '../profile-schema.ts';
import type { GroupOwnerRecord, GroupRecord, GroupRuleRecord, Profile } from '../store/records.ts';

const LISTED = { defaultLimit: 10_000, maxLimit: 10_000 };
const MEMBERS = { defaultLimit: 1000, maxLimit: 1000 };
const RULES = { defaultLimit: 50, maxLimit: 200 };

export const groups = {
  createGroup({ body }, context) {
    const { store, ids, now } = context;
    const profile = readProfile(context, body.profile);
    const group = store.groups.put({
      id: ids.next('group'),
      type: 'OKTA_GROUP',
      created: now,
      lastUpdated: now,
      lastMembershipUpdated: now,
      profile,
    });
    write(context, group, 'group.lifecycle.create', 'Create Okta group');
    return toGroupView(context, group);
  },

  listGroups({ query }, context) {
    const groups = context.store.groups.values();
    const rows = query.search === undefined ? [...groups] : context.indexed('groups', groups);
    const all = rows.filter((group) => context.sees('group', group.id));
    const view = (group: GroupRecord) => withStats(context, group, query.expand);
    if (query.q !== undefined) {
      // Okta: exact names first, then names that begin so; no Link header and no pages.
      const found = findByName(all, query.q).slice(0, effectiveLimit(query.limit, LISTED));
      return page({ items: found.map(view) });
    }
    const test = testOf(query.filter, query.search);
    const found = test ? all.filter(test) : all;
    const sorted = query.search !== undefined && query.sortBy !== undefined;
    if (sorted) sortGroups(found, query.sortBy ?? '', query.sortOrder?.toLowerCase() === 'desc');
    return cutPage(found, {
      limit: query.limit,
      after: query.after,
      paging: LISTED,
      cursorOf: (group) => group.id,
      view,
      query: [
        ['search', query.search],
        ['filter', query.filter],
        ['expand', query.expand],
      ],
      sorted,
    });
  },

  getGroup: ({ params, query }, context) =>
    withStats(context, getGroup(context, params.groupId), query.expand),

  replaceGroup({ params, body }, context) {
    const group = getGroup(context, params.groupId);
    requireOktaGroup(group);
    const profile = readProfile(context, body.profile, group.id);
    const changed = context.store.groups.put({ ...group, profile, lastUpdated: context.now });
    write(context, changed, 'group.profile.update', 'Update Okta group');
    return toGroupView(context, changed);
  },

  deleteGroup({ params }, context) {
    const group = getGroup(context, params.groupId);
    requireOktaGroup(group);
    const { store } = context;
    for (const one of store.memberships.by('group', group.id)) store.memberships.delete(one.id);
    for (const owner of store.groupOwners.by('group', group.id)) store.groupOwners.delete(owner.id);
    forgetHolder(store, group.id);
    for (const one of store.appGroups.by('group', group.id)) store.appGroups.delete(one.id);
    store.groups.delete(group.id);
    invalidateRules(context, group.id);
    write(context, group, 'group.lifecycle.delete', 'Delete Okta group');
  },

  listMembers({ params, query }, context) {
    const group = getGroup(context, params.groupId);
    return cutPage(listMemberIds(context.store, group), {
      limit: query.limit,
      after: query.after,
      paging: MEMBERS,
      cursorOf: (id) => id,
      view: (id) => toUserView(context, getUser(context, id), 'self'),
    });
  },

  addMember({ params }, context) {
    const group = getGroup(context, params.groupId);
    const user = getUser(context, params.userId);
    requireOktaGroup(group);
    addMember(context, group.id, user);
  },

  removeMember({ params }, context) {
    const group = getGroup(context, params.groupId);
    const user = getUser(context, params.userId);
    requireOktaGroup(group);
    const membership = context.store.memberships.get(`${group.id}/${user.id}`);
    if (!removeMember(context, group, user)) return;
    // Okta: whom a rule had put there is excluded from that rule, or the rule would put them back.
    for (const id of membership?.ruleIds ?? []) {
      const rule = context.store.groupRules.get(id);
      if (!rule) continue;
      const people = rule.people ?? { users: [], groups: [] };
      context.store.groupRules.put({ ...rule, people: { ...people, users: [...people.users, user.id] } });
      context.log({
        eventType: 'group.user_membership.rule.add_exclusion',
        displayMessage: 'User added to the exclusion list of a group rule',
        legacyEventType: 'core.user.added_to_rule_exclusion',
        targets: [toTarget(user), toRuleTarget(rule)],
      });
    }
  },

  listGroupApps({ params, query }, context) {
    const group = getGroup(context, params.groupId);
    const { store } = context;
    const ids = store.appGroups.by('group', group.id).map((one) => one.appId);
    const apps = ids.flatMap((id) => store.apps.get(id) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
    return cutPage(apps, {
      limit: query.limit,
      after: query.after,
      paging: { defaultLimit: 20, maxLimit: 200 },
      cursorOf: (app) => app.id,
      view: (app) => toAppView(context, app),
    });
  },

  listRules({ query }, context) {
    const word = query.search?.toLowerCase();
    const all = [...context.store.groupRules.values()];
    const found = word
      ? all.filter((rule) => `${rule.name} ${rule.expression}`.toLowerCase().includes(word))
      : all;
    return cutPage(found, {
      limit: query.limit,
      after: query.after,
      paging: RULES,
      cursorOf: (rule) => rule.id,
      view: (rule) => toRuleView(context, rule, query.expand),
      query: [
        ['search', query.search],
        ['expand', query.expand],
      ],
    });
  },

  createRule({ body }, context) {
    const { store, ids, now } = context;
    const content = readRule(context, body);
    const rule = store.groupRules.put({
      id: ids.next('groupRule'),
      status: 'INACTIVE',
      created: now,
      lastUpdated: now,
      ...content,
      groupIds: body.actions.assignUserToGroups.groupIds,
    });
    return toRuleView(context, rule);
  },

  getRule: ({ params, query }, context) => toRuleView(context, getRule(context, params.ruleId), query.expand),

  replaceRule({ params, body }, context) {
    const rule = getRule(context, params.ruleId);
    // Okta: only inactive rules may change; the code is not documented.
    if (rule.status === 'ACTIVE') throw new OktaError('E0000107');
    const content = readRule(context, body, rule.id);
    const groupIds = body.actions.assignUserToGroups.groupIds;
    if (groupIds.join() !== rule.groupIds.join())
      throw invalid('actions', 'actions: The groups of a rule cannot be changed');
    const changed = { ...rule, ...content, status: 'INACTIVE' as const, lastUpdated: context.now };
    return toRuleView(context, context.store.groupRules.put(changed));
  },

  deleteRule({ params, query }, context) {
    const rule = getRule(context, params.ruleId);
    withdrawRule(context, rule, query.removeUsers ?? false);
    context.store.groupRules.delete(rule.id);
  },

  activateRule({ params }, context) {
    const rule = getRule(context, params.ruleId);
    if (rule.status === 'INVALID') throw new OktaError('E0000107');
    const active = context.store.groupRules.put({ ...rule, status: 'ACTIVE', lastUpdated: context.now });
    applyRule(context, active);
    context.log({
      eventType: 'group.user_membership.rule.trigger',
      displayMessage: 'Trigger group rule',
      legacyEventType: 'cvd.group_rule_triggered',
      targets: [toRuleTarget(rule)],
    });
  },

  deactivateRule({ params }, context) {
    const rule = getRule(context, params.ruleId);
    context.store.groupRules.put({ ...rule, status: 'INACTIVE', lastUpdated: context.now });
    context.log({
      eventType: 'group.user_membership.rule.deactivated',
      displayMessage: 'Deactivate group rule',
      legacyEventType: 'cvd.group_rule_deactivated',
      targets: [toRuleTarget(rule)],
    });
  },

  listOwners({ params }, context) {
    const group = getGroup(context, params.groupId);
    return page({
      items: context.store.groupOwners.by('group', group.id).map((one) => toOwnerView(context, one)),
    });
  },

  addOwner({ params, body }, context) {
    const group = getGroup(context, params.groupId);
    if (body.type === 'USER') getUser(context, body.id);
    else getGroup(context, body.id);
    const id = `${group.id}/${body.id}`;
    if (context.store.groupOwners.get(id))
      throw invalid('owner', 'Provided owner is already assigned to this group');
    const owner = { id, groupId: group.id, ownerId: body.id, type: body.type, created: context.now };
    return toOwnerView(context, context.store.groupOwners.put(owner));
  },

  removeOwner({ params }, context) {
    const group = getGroup(context, params.groupId);
    if (!context.store.groupOwners.delete(`${group.id}/${params.ownerId}`))
      throw notFound(params.ownerId, 'GroupOwner');
  },
} satisfies HandlersOf<typeof operations.groups>;

function getGroup({ store }: Context, id: string): GroupRecord {
  const group = store.groups.get(id);
  if (!group) throw notFound(id, 'UserGroup');
  return group;
}

function getRule({ store }: Context, id: string): GroupRuleRecord {
  const rule = store.groupRules.get(id);
  if (!rule) throw notFound(id, 'GroupRule');
  return rule;
}

/** Okta: not documented which code guards Everyone and imported groups. */
function requireOktaGroup(group: GroupRecord): void {
  if (group.type !== 'OKTA_GROUP') throw new OktaError('E0000006');
}

function readProfile({ store }: Context, given: Profile, ownId?: string): Profile {
  const schema = store.schemas.get('group');
  if (!schema) throw new Error('The org has no group schema.');
  const profile = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
  checkProfile(schema, profile, 'group');
  const holder = store.groups.by('name', String(profile.name)).find((group) => group.id !== ownId);
  if (holder)
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  return profile;
}

function write(context: Context, group: GroupRecord, eventType: string, displayMessage: string): void {
  context.log({ eventType, displayMessage, targets: [toGroupTarget(group)] });
}

function withStats(context: Context, group: GroupRecord, expand: string | undefined): object {
  const view = toGroupView(context, group);
  if (!expand?.split(',').includes('stats')) return view;
  const stats = {
    usersCount: countMembers(context.store, group),
    appsCount: 0,
    groupPushMappingsCount: 0,
    // Okta: spelled so.
    hasAdminPrivlege: context.store.roleAssignments.by('holder', group.id).length > 0,
  };
  return { ...view, _embedded: { stats } };
}

function findByName(all: readonly GroupRecord[], text: string): GroupRecord[] {
  const start = text.toLowerCase();
  const nameOf = (group: GroupRecord): string => String(group.profile.name).toLowerCase();
  const found = all.filter((group) => nameOf(group).startsWith(start));
  return [
    ...found.filter((group) => nameOf(group) === start),
    ...found.filter((group) => nameOf(group) !== start),
  ];
}

const MOMENTS = ['lastUpdated', 'lastMembershipUpdated'];
const SEARCHED = ['eq', 'gt', 'ge', 'lt', 'le', 'pr', 'sw'];
const SEARCHED_TOP = new Set(['id', 'type', 'created', 'source.id', ...MOMENTS]);

function testOf(
  filter: string | undefined,
  search: string | undefined,
): ((group: GroupRecord) => boolean) | undefined {
  if (search)
    return compileFilter(
      search,
      {
        ignoreCase: true,
        operatorsOf: (name) => (SEARCHED_TOP.has(name) || name.startsWith('profile.') ? SEARCHED : undefined),
      },
      readAttribute,
    );
  if (filter)
    return compileFilter(
      filter,
      {
        ignoreCase: false,
        operatorsOf: (name) =>
          MOMENTS.includes(name)
            ? ['eq', 'gt', 'lt', 'ge', 'le']
            : ['id', 'type'].includes(name)
              ? ['eq']
              : undefined,
      },
      readAttribute,
    );
  return undefined;
}

function readAttribute(group: GroupRecord, attribute: string): readonly unknown[] {
  if (attribute.startsWith('profile.')) {
    const value = group.profile[attribute.slice('profile.'.length)];
    return Array.isArray(value) ? value : [value];
  }
  switch (attribute) {
    case 'id':
    case 'type':
      return [group[attribute]];
    case 'created':
    case 'lastUpdated':
    case 'lastMembershipUpdated':
      return [toTimestamp(group[attribute])];
    default:
      return [];
  }
}

function sortGroups(found: GroupRecord[], sortBy: string, descending: boolean): void {
  const key = (group: GroupRecord): string => String(readAttribute(group, sortBy)[0] ?? '').toLowerCase();
  const turn = descending ? -1 : 1;
  found.sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left !== right) return left < right ? -turn : turn;
    return a.id < b.id ? -1 : 1;
  });
}

interface RuleInput {
  readonly name: string;
  readonly conditions: {
    readonly expression: { readonly value: string };
    readonly people?:
      | {
          readonly users?: { readonly exclude?: string[] | undefined } | undefined;
          readonly groups?: { readonly exclude?: string[] | undefined } | undefined;
        }
      | undefined;
  };
  readonly actions: { readonly assignUserToGroups: { readonly groupIds: readonly string[] } };
}

/** The changeable part of a rule. Throws E0000001 for a bad expression, a taken name or a group that is not there. */
function readRule(context: Context, body: RuleInput, ownId?: string) {
  const expression = body.conditions.expression.value;
  checkExpression(expression);
  for (const id of body.actions.assignUserToGroups.groupIds) {
    const group = context.store.groups.get(id);
    if (group?.type !== 'OKTA_GROUP')
      throw invalid('groupIds', `groupIds: The group ${id} cannot be filled by a rule`);
  }
  for (const rule of context.store.groupRules.values())
    if (rule.name === body.name && rule.id !== ownId)
      throw invalid('name', 'name: Group rule name is already in use');
  const people = body.conditions.people;
  return {
    name: body.name,
    expression,
    people: people && { users: people.users?.exclude ?? [], groups: people.groups?.exclude ?? [] },
  };
}

function toRuleView(context: Context, rule: GroupRuleRecord, expand?: string): object {
  const { people } = rule;
  const names = rule.groupIds.map((id) => [id, context.store.groups.get(id)?.profile.name ?? null]);
  return {
    type: 'group_rule',
    id: rule.id,
    status: rule.status,
    name: rule.name,
    created: toTimestamp(rule.created),
    lastUpdated: toTimestamp(rule.lastUpdated),
    conditions: {
      ...(people ? { people: { users: { exclude: people.users }, groups: { exclude: people.groups } } } : {}),
      expression: { value: rule.expression, type: 'urn:okta:expression:1.0' },
    },
    actions: { assignUserToGroups: { groupIds: rule.groupIds } },
    allGroupsValid: rule.status !== 'INVALID',
    ...(expand === 'groupIdToGroupNameMap'
      ? { _embedded: { groupIdToGroupNameMap: Object.fromEntries(names) } }
      : {}),
  };
}

function toRuleTarget(rule: GroupRuleRecord) {
  return { id: rule.id, type: 'GroupRule', alternateId: 'unknown', displayName: rule.name };
}

function toOwnerView({ store }: Context, owner: GroupOwnerRecord): object {
  const user = store.users.get(owner.ownerId);
  const group = store.groups.get(owner.ownerId);
  return {
    id: owner.ownerId,
    type: owner.type,
    resolved: true,
    originId: null,
    originType: 'OKTA_DIRECTORY',
    displayName: user ? displayName(user) : String(group?.profile.name ?? ''),
    lastUpdated: toTimestamp(owner.created),
  };
}
