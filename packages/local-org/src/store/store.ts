import type { Change } from './changes.ts';
import { createTable, type ChangeListener, type Indexes, type Stored, type Table } from './table.ts';
import type {
  ApiTokenRecord,
  FactorRecord,
  ClockRecord,
  AppCsrRecord,
  AppGrantRecord,
  AppGroupRecord,
  AppKeyRecord,
  AppRecord,
  AppUserRecord,
  ClientKeyRecord,
  ClientSecretRecord,
  BindingMemberRecord,
  BindingRecord,
  CustomRoleRecord,
  GroupOwnerRecord,
  GroupPushRecord,
  GroupRecord,
  GroupRuleRecord,
  LinkDefinitionRecord,
  LinkRecord,
  LogRecord,
  MembershipRecord,
  MessageRecord,
  OneTimeTokenRecord,
  RememberedDeviceRecord,
  RoleAssignmentRecord,
  ResourceSetRecord,
  SchemaRecord,
  SessionRecord,
  SettingsRecord,
  SubscriptionRecord,
  TransactionRecord,
  UserRecord,
  UserTypeRecord,
  YubikeyRecord,
} from './records.ts';

/**
 * Everything an org holds. A new collection is one line here and one type in `records.ts`.
 * All writes go through `put` and `delete` of a table, which is what the log on disk listens to.
 */
export function createStore(changed: ChangeListener = () => {}) {
  const table = <Item extends Stored>(name: string, indexes: Indexes<Item> = {}): Table<Item> =>
    createTable(name, indexes, changed);
  return {
    users: table<UserRecord>('users', {
      login: (user) => toLoginKey(String(user.profile.login)),
      shortLogin: (user) => toLoginKey(String(user.profile.login).split('@')[0] ?? ''),
      type: (user) => user.typeId,
    }),
    groups: table<GroupRecord>('groups', {
      name: (group) => String(group.profile.name),
      type: (group) => group.type,
    }),
    memberships: table<MembershipRecord>('memberships', {
      group: (one) => one.groupId,
      user: (one) => one.userId,
    }),
    groupOwners: table<GroupOwnerRecord>('groupOwners', { group: (one) => one.groupId }),
    roleAssignments: table<RoleAssignmentRecord>('roleAssignments', { holder: (role) => role.holderId }),
    customRoles: table<CustomRoleRecord>('customRoles', { label: (role) => role.label }),
    resourceSets: table<ResourceSetRecord>('resourceSets', { label: (set) => set.label }),
    bindings: table<BindingRecord>('bindings', { set: (one) => one.setId, role: (one) => one.roleId }),
    bindingMembers: table<BindingMemberRecord>('bindingMembers', {
      binding: (one) => one.bindingId,
      holder: (one) => one.holderId,
    }),
    groupRules: table<GroupRuleRecord>('groupRules'),
    userTypes: table<UserTypeRecord>('userTypes', { name: (type) => type.name }),
    schemas: table<SchemaRecord>('schemas'),
    apiTokens: table<ApiTokenRecord>('apiTokens', {
      hash: (token) => token.hash,
      user: (token) => token.userId,
    }),
    sessions: table<SessionRecord>('sessions', { hash: (one) => one.hash, user: (one) => one.userId }),
    linkDefinitions: table<LinkDefinitionRecord>('linkDefinitions'),
    links: table<LinkRecord>('links', {
      definition: (link) => link.definitionId,
      primary: (link) => `${link.definitionId}/${link.primaryId}`,
    }),
    oneTimeTokens: table<OneTimeTokenRecord>('oneTimeTokens', { user: (token) => token.userId }),
    transactions: table<TransactionRecord>('transactions', { user: (one) => one.userId }),
    rememberedDevices: table<RememberedDeviceRecord>('rememberedDevices', { user: (one) => one.userId }),
    factors: table<FactorRecord>('factors', { user: (factor) => factor.userId }),
    yubikeys: table<YubikeyRecord>('yubikeys', {
      publicId: (key) => key.publicId,
      serial: (key) => key.serial,
      user: (key) => key.userId,
    }),
    messages: table<MessageRecord>('messages', {
      user: (message) => message.userId,
      transaction: (message) => message.transactionId,
      sending: (message) => `${message.channel}/${message.userId}/${message.to}`,
    }),
    subscriptions: table<SubscriptionRecord>('subscriptions'),
    settings: table<SettingsRecord>('settings'),
    apps: table<AppRecord>('apps', {
      label: (app) => app.label.toLowerCase(),
      client: (app) => app.credentials.oauthClient?.client_id,
    }),
    appUsers: table<AppUserRecord>('appUsers', { app: (one) => one.appId, user: (one) => one.userId }),
    appGroups: table<AppGroupRecord>('appGroups', { app: (one) => one.appId, group: (one) => one.groupId }),
    appKeys: table<AppKeyRecord>('appKeys', { app: (key) => key.appId }),
    appCsrs: table<AppCsrRecord>('appCsrs', { app: (csr) => csr.appId }),
    groupPushes: table<GroupPushRecord>('groupPushes', { app: (one) => one.appId }),
    clientSecrets: table<ClientSecretRecord>('clientSecrets', { app: (one) => one.appId }),
    clientKeys: table<ClientKeyRecord>('clientKeys', { app: (one) => one.appId }),
    appGrants: table<AppGrantRecord>('appGrants', { app: (one) => one.appId }),
    logs: table<LogRecord>('logs'),
    clocks: table<ClockRecord>('clocks'),
  };
}

export type Store = ReturnType<typeof createStore>;

/** Every row of a store, as the changes that make it. */
export function* rowsOf(store: Store): Generator<Change> {
  for (const [table, rows] of Object.entries<Table<Stored>>(tablesOf(store)))
    for (const row of rows.values()) yield { table, id: row.id, row };
}

/** Does one change. Tables that this version does not know are left out. */
export function applyChange(store: Store, { table, id, row }: Change): void {
  const target = Object.hasOwn(store, table) ? tablesOf(store)[table] : undefined;
  if (row === undefined) target?.delete(id);
  else target?.put(row);
}

/** Rows in files were written by this very store, into the table of that name: their checksums say so. */
function tablesOf(store: Store): Readonly<Record<string, Table<Stored>>> {
  return store as unknown as Readonly<Record<string, Table<Stored>>>;
}

/** Logins are one when they differ in case or diacritics only (users#okta-login). */
export function toLoginKey(login: string): string {
  return isPlain(login) ? login.toLowerCase() : login.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

const LAST_PLAIN = 0x7f;

/** Without diacritics for certain: ASCII. */
function isPlain(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > LAST_PLAIN) return false;
  return true;
}
