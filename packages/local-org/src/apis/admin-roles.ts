import type { operations } from '@castellan/okta-api';
import type { Context, HandlersOf } from '../handling.ts';
import {
  assignRole,
  getOwnStandardRole,
  getRole,
  type Held,
  rolesOf,
  toRoleView,
  unassignRole,
} from '../roles/assignments.ts';
import { getHolder, type Holder, type HolderKind } from '../roles/holders.ts';
import {
  addAllApps,
  addAppInstanceTarget,
  addAppTarget,
  addGroupTarget,
  listAppTargets,
  listGroupTargets,
  removeAppInstanceTarget,
  removeAppTarget,
  removeGroupTarget,
} from '../roles/targets.ts';
import { iam } from './iam.ts';

/** What stands in the paths of these operations; `holder` is the user, the group or the client. */
interface Call {
  readonly holder: string;
  readonly roleId: string;
}

interface Targets extends Call {
  readonly targetGroupId: string;
  readonly appName: string;
  readonly appInstanceId: string;
}

interface Cursor {
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/** The same operations serve users, groups and clients. */
function handlersFor(kind: HolderKind) {
  const holderOf = (context: Context, { holder }: Pick<Call, 'holder'>): Holder =>
    getHolder(context, kind, holder);
  const roleOf = (context: Context, call: Call) =>
    getOwnStandardRole(context.store, holderOf(context, call), call.roleId);
  return {
    list: (context: Context, call: Pick<Call, 'holder'>, expand?: string) =>
      rolesOf(context.store, holderOf(context, call)).map((held) => toRoleView(context, held, expand)),
    assign(context: Context, call: Pick<Call, 'holder'>, body: Parameters<typeof assignRole>[2]) {
      const holder = holderOf(context, call);
      const held = assignRole(context, holder, body);
      logRole(context, holder, 'grant', held);
      return toRoleView(context, held);
    },
    get: (context: Context, call: Call) =>
      toRoleView(context, getRole(context.store, holderOf(context, call), call.roleId)),
    unassign(context: Context, call: Call) {
      const holder = holderOf(context, call);
      unassignRole(context, holder, call.roleId);
      logRole(context, holder, 'revoke');
    },
    listGroups: (context: Context, call: Call, query: Cursor) =>
      listGroupTargets(context, roleOf(context, call), query),
    addGroup: (context: Context, call: Pick<Targets, 'holder' | 'roleId' | 'targetGroupId'>) =>
      addGroupTarget(context, roleOf(context, call), call.targetGroupId),
    removeGroup: (context: Context, call: Pick<Targets, 'holder' | 'roleId' | 'targetGroupId'>) =>
      removeGroupTarget(context, roleOf(context, call), call.targetGroupId),
    listApps: (context: Context, call: Call, query: Cursor) =>
      listAppTargets(context, roleOf(context, call), query),
    addAllApps: (context: Context, call: Call) => addAllApps(context, roleOf(context, call)),
    addApp: (context: Context, call: Pick<Targets, 'holder' | 'roleId' | 'appName'>) =>
      addAppTarget(context, roleOf(context, call), call.appName),
    removeApp: (context: Context, call: Pick<Targets, 'holder' | 'roleId' | 'appName'>) =>
      removeAppTarget(context, roleOf(context, call), call.appName),
    addInstance: (context: Context, call: Omit<Targets, 'targetGroupId'>) =>
      addAppInstanceTarget(context, roleOf(context, call), call.appName, call.appInstanceId),
    removeInstance: (context: Context, call: Omit<Targets, 'targetGroupId'>) =>
      removeAppInstanceTarget(context, roleOf(context, call), call.appName, call.appInstanceId),
  };
}

const user = handlersFor('USER');
const group = handlersFor('GROUP');
const client = handlersFor('CLIENT');

const ofUser = <P extends { readonly userId: string }>(params: P) => ({ ...params, holder: params.userId });
const ofGroup = <P extends { readonly groupId: string }>(params: P) => ({
  ...params,
  holder: params.groupId,
});
const ofClient = <P extends { readonly clientId: string }>(params: P) => ({
  ...params,
  holder: params.clientId,
});

export const adminRoles = {
  listUserRoles: ({ params, query }, context) => user.list(context, ofUser(params), query.expand),
  assignUserRole: ({ params, body }, context) => user.assign(context, ofUser(params), body),
  getUserRole: ({ params }, context) => user.get(context, ofUser(params)),
  unassignUserRole: ({ params }, context) => user.unassign(context, ofUser(params)),
  listUserGroupTargets: ({ params, query }, context) => user.listGroups(context, ofUser(params), query),
  addUserGroupTarget: ({ params }, context) => user.addGroup(context, ofUser(params)),
  removeUserGroupTarget: ({ params }, context) => user.removeGroup(context, ofUser(params)),
  listUserAppTargets: ({ params, query }, context) => user.listApps(context, ofUser(params), query),
  addUserAllAppsTarget: ({ params }, context) => user.addAllApps(context, ofUser(params)),
  addUserAppTarget: ({ params }, context) => user.addApp(context, ofUser(params)),
  removeUserAppTarget: ({ params }, context) => user.removeApp(context, ofUser(params)),
  addUserAppInstanceTarget: ({ params }, context) => user.addInstance(context, ofUser(params)),
  removeUserAppInstanceTarget: ({ params }, context) => user.removeInstance(context, ofUser(params)),

  listGroupRoles: ({ params, query }, context) => group.list(context, ofGroup(params), query.expand),
  assignGroupRole: ({ params, body }, context) => group.assign(context, ofGroup(params), body),
  getGroupRole: ({ params }, context) => group.get(context, ofGroup(params)),
  unassignGroupRole: ({ params }, context) => group.unassign(context, ofGroup(params)),
  listGroupGroupTargets: ({ params, query }, context) => group.listGroups(context, ofGroup(params), query),
  addGroupGroupTarget: ({ params }, context) => group.addGroup(context, ofGroup(params)),
  removeGroupGroupTarget: ({ params }, context) => group.removeGroup(context, ofGroup(params)),
  listGroupAppTargets: ({ params, query }, context) => group.listApps(context, ofGroup(params), query),
  addGroupAppTarget: ({ params }, context) => group.addApp(context, ofGroup(params)),
  removeGroupAppTarget: ({ params }, context) => group.removeApp(context, ofGroup(params)),
  addGroupAppInstanceTarget: ({ params }, context) => group.addInstance(context, ofGroup(params)),
  removeGroupAppInstanceTarget: ({ params }, context) => group.removeInstance(context, ofGroup(params)),

  listClientRoles: ({ params, query }, context) => client.list(context, ofClient(params), query.expand),
  assignClientRole: ({ params, body }, context) => client.assign(context, ofClient(params), body),
  unassignClientRole: ({ params }, context) => client.unassign(context, ofClient(params)),
  listClientGroupTargets: ({ params, query }, context) => client.listGroups(context, ofClient(params), query),
  addClientGroupTarget: ({ params }, context) => client.addGroup(context, ofClient(params)),
  removeClientGroupTarget: ({ params }, context) => client.removeGroup(context, ofClient(params)),
  listClientAppTargets: ({ params, query }, context) => client.listApps(context, ofClient(params), query),
  addClientAppTarget: ({ params }, context) => client.addApp(context, ofClient(params)),
  removeClientAppTarget: ({ params }, context) => client.removeApp(context, ofClient(params)),
  addClientAppInstanceTarget: ({ params }, context) => client.addInstance(context, ofClient(params)),
  removeClientAppInstanceTarget: ({ params }, context) => client.removeInstance(context, ofClient(params)),

  ...iam,
} satisfies HandlersOf<(typeof operations)['admin-roles']>;

const events = {
  USER: ['user.account.privilege', 'user privilege'],
  GROUP: ['group.privilege', 'group privilege'],
  CLIENT: ['app.oauth2.client.privilege', 'OAuth2 client privilege'],
} as const;

const legacy = { grant: 'core.user.admin_privilege.granted', revoke: 'core.user.admin_privilege.revoked' };

function logRole(context: Context, holder: Holder, what: 'grant' | 'revoke', held?: Held): void {
  const [stem, words] = events[holder.kind];
  const type = held?.kind === 'standard' ? held.role.type : held?.kind === 'custom' ? 'CUSTOM' : undefined;
  context.log({
    eventType: `${stem}.${what}`,
    displayMessage: `${what === 'grant' ? 'Grant' : 'Revoke'} ${words}`,
    ...(holder.kind === 'USER' ? { legacyEventType: legacy[what] } : {}),
    ...(type === undefined ? {} : { debugData: { privilegeGranted: type } }),
    targets: [holder.target],
  });
}
