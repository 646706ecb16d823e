import { groups as groupHandlers } from './apis/groups.ts';
import { schemas as schemaHandlers } from './apis/schemas.ts';
import { userTypes as typeHandlers } from './apis/user-types.ts';
import { users as userHandlers } from './apis/users.ts';
import { addMember } from './group-members.ts';
import type { Context } from './handling.ts';
import type { Ids } from './ids.ts';
import { OktaError } from './okta-error.ts';
import type { OrgHost } from './org-options.ts';
import { type Seed, SeedError, type SeedReport } from './seed-file.ts';
import { getSettings } from './settings.ts';
import type { GroupRecord, UserRecord } from './store/records.ts';
import { type Store, toLoginKey } from './store/store.ts';

export interface Soil {
  readonly store: Store;
  readonly ids: Ids;
  readonly host: OrgHost;
  readonly administrator: UserRecord;
  readonly origin: string;
}

type Kind = keyof SeedReport['made'];

/**
 * Does what a seed says, by the same handlers that serve the API, so that the same is refused. What is there by its
 * name is brought in line, so a seed may be sown again. The System Log tells nothing of it.
 * @throws SeedError the org refuses something; what was done before stays
 */
export async function sow(seed: Seed, soil: Soil): Promise<SeedReport> {
  const context = toContext(soil);
  const { store } = soil;
  const none = { userTypes: 0, groups: 0, users: 0, rules: 0 };
  const report = { made: { ...none }, changed: { ...none } };
  const tell = (kind: Kind, wasThere: boolean): void => {
    report[wasThere ? 'changed' : 'made'][kind] += 1;
  };

  await at('attributes.users', () => addAttributes(context, 'default', seed.attributes?.users));
  await at('attributes.groups', () => {
    const properties = seed.attributes?.groups;
    if (properties)
      schemaHandlers.updateGroupSchema({ params: {}, query: {}, body: toBody(properties) }, context);
  });
  for (const [index, { attributes, ...body }] of (seed.userTypes ?? []).entries())
    await at(`userTypes[${index}] (${body.name})`, () => {
      const there = store.userTypes.by('name', body.name)[0];
      if (there) typeHandlers.updateUserType({ params: { typeId: there.id }, query: {}, body }, context);
      else typeHandlers.createUserType({ params: {}, query: {}, body }, context);
      addAttributes(context, store.userTypes.by('name', body.name)[0]?.id ?? '', attributes);
      tell('userTypes', there !== undefined);
    });
  for (const [index, body] of (seed.groups ?? []).entries())
    await at(`groups[${index}] (${body.profile.name})`, () => {
      const there = store.groups.by('name', body.profile.name)[0];
      const { profile } = body;
      if (there)
        groupHandlers.replaceGroup({ params: { groupId: there.id }, query: {}, body: { profile } }, context);
      else groupHandlers.createGroup({ params: {}, query: {}, body: { profile } }, context);
      tell('groups', there !== undefined);
    });
  for (const [index, user] of (seed.users ?? []).entries())
    await at(`users[${index}] (${user.profile.login})`, async () =>
      tell('users', await sowUser(context, user)),
    );
  for (const [index, rule] of (seed.rules ?? []).entries())
    await at(`rules[${index}] (${rule.name})`, () => tell('rules', sowRule(context, rule)));
  return report;
}

/** Says at which place of the file the org refused something. */
async function at(place: string, work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (cause) {
    if (cause instanceof OktaError)
      throw new SeedError(`${place}: ${[cause.message, ...cause.causes].join(' ')}`, { cause });
    if (cause instanceof SeedError) throw new SeedError(`${place}: ${cause.message}`, { cause });
    throw cause;
  }
}

function addAttributes(context: Context, typeId: string, properties: Attributes | undefined): void {
  if (properties)
    schemaHandlers.updateUserSchema({ params: { typeId }, query: {}, body: toBody(properties) }, context);
}

type Attributes = NonNullable<NonNullable<Seed['attributes']>['users']>;

function toBody(properties: Attributes) {
  return { definitions: { custom: { properties } } };
}

/** Whether the user was there. */
async function sowUser(context: Context, given: NonNullable<Seed['users']>[number]): Promise<boolean> {
  const { store, now } = context;
  const groups = (given.groups ?? []).map((name) => getGroup(store, name));
  const key = toLoginKey(given.profile.login);
  const there = store.users.by('login', key)[0];
  const type = given.type === undefined ? undefined : store.userTypes.by('name', given.type)[0];
  if (given.type !== undefined && !type) throw new SeedError(`There is no user type ${given.type}.`);
  const body = {
    profile: given.profile,
    ...(given.password === undefined ? {} : { credentials: { password: { value: given.password } } }),
    ...(type === undefined ? {} : { type: { id: type.id } }),
  };
  if (there) await userHandlers.replaceUser({ params: { userId: there.id }, query: {}, body }, context);
  // Staged first: nobody is sent a welcome mail by a file.
  else await userHandlers.createUser({ params: {}, query: { activate: false }, body }, context);
  const user = store.users.by('login', key)[0];
  if (!user) throw new Error(`The user ${given.profile.login} was not made.`);
  const status = given.status ?? 'ACTIVE';
  const activated = status === 'STAGED' ? null : (user.activated ?? now);
  const settled =
    user.status === status ? user : store.users.put({ ...user, status, activated, statusChanged: activated });
  for (const group of groups) addMember(context, group.id, settled);
  return there !== undefined;
}

/** Whether the rule was there. */
function sowRule(context: Context, given: NonNullable<Seed['rules']>[number]): boolean {
  const { store } = context;
  const groupIds = given.groups.map((name) => getGroup(store, name).id);
  const find = () => [...store.groupRules.values()].find((rule) => rule.name === given.name);
  const body = {
    type: 'group_rule' as const,
    name: given.name,
    conditions: { expression: { value: given.expression, type: 'urn:okta:expression:1.0' as const } },
    actions: { assignUserToGroups: { groupIds } },
  };
  const there = find();
  if (there) {
    const params = { ruleId: there.id };
    if (there.status === 'ACTIVE')
      groupHandlers.deactivateRule({ params, query: {}, body: undefined }, context);
    groupHandlers.replaceRule({ params, query: {}, body }, context);
  } else groupHandlers.createRule({ params: {}, query: {}, body }, context);
  const ruleId = find()?.id ?? '';
  if ((given.status ?? 'ACTIVE') === 'ACTIVE')
    groupHandlers.activateRule({ params: { ruleId }, query: {}, body: undefined }, context);
  return there !== undefined;
}

function getGroup(store: Store, name: string): GroupRecord {
  const group = store.groups.by('name', name)[0];
  if (!group) throw new SeedError(`There is no group ${name}. Name it under groups, before it is used.`);
  return group;
}

function toContext({ store, ids, host, administrator, origin }: Soil): Context {
  return {
    store,
    ids,
    caller: { user: administrator, ip: '127.0.0.1', userAgent: 'Castellan seed' },
    wishes: { respondAsync: false, returnMinimal: false, accept: '', omit: new Set() },
    now: host.now(),
    features: getSettings(store).features,
    origin,
    requestId: ids.secret(32),
    indexed: (_table, rows) => [...rows],
    texts: { of: (_record, _origin, make) => make() },
    sees: () => true,
    log: () => {},
  };
}
