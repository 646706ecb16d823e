import { entryOf, getApp } from '../apps/get-app.ts';
import { listGroupsOf, listMembersOf, toGroupTarget } from '../group-members.ts';
import type { Context } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { getUser, toTarget } from '../people.ts';
import type { AppRecord, GroupRecord, LogTarget } from '../store/records.ts';
import type { Store } from '../store/store.ts';

export type HolderKind = 'USER' | 'GROUP' | 'CLIENT';

/** Who can have roles: a user, a group or an OAuth client. */
export interface Holder {
  readonly kind: HolderKind;
  /** Of a client that of its app, so that both go together. */
  readonly id: string;
  /** Where it is, behind the address of the org. */
  readonly place: string;
  readonly target: LogTarget;
}

/** A holder by the kind and the reference that its path names. Throws E0000007. */
export function getHolder(context: Context, kind: HolderKind, reference: string): Holder {
  switch (kind) {
    case 'USER': {
      const user = getUser(context, reference);
      return { kind, id: user.id, place: `/api/v1/users/${user.id}`, target: toTarget(user) };
    }
    case 'GROUP': {
      const group = getGroup(context.store, reference);
      return { kind, id: group.id, place: `/api/v1/groups/${group.id}`, target: toGroupTarget(group) };
    }
    case 'CLIENT': {
      const app = getClient(context, reference);
      const clientId = app.credentials.oauthClient?.client_id ?? app.id;
      const target = {
        id: clientId,
        type: 'PublicClientApp',
        alternateId: 'unknown',
        displayName: app.label,
      };
      return { kind, id: app.id, place: `/oauth2/v1/clients/${clientId}`, target };
    }
  }
}

/** The ids by which a user can hold a role: their own, and those of their groups. */
export function holderIdsOf(store: Store, userId: string): readonly string[] {
  return [userId, ...listGroupsOf(store, userId).map((group) => group.id)];
}

export function getGroup(store: Store, id: string): GroupRecord {
  const group = store.groups.get(id);
  if (!group) throw notFound(id, 'UserGroup');
  return group;
}

function getClient(context: Context, clientId: string): AppRecord {
  const app = context.store.apps.by('client', clientId)[0];
  if (!app) throw notFound(clientId, 'PublicClientApp');
  return app;
}

const MOST_MEMBERS = 5000;

/** Throws what Okta answers when a group or a client may not have a role (error codes E0000192 to E0000227). */
export function requireGrantable({ store }: Context, holder: Holder): void {
  if (holder.kind === 'CLIENT') {
    const client = store.apps.get(holder.id)?.settings.oauthClient;
    const type = typeof client === 'object' && client !== null && 'application_type' in client;
    if (!type || client.application_type !== 'service') throw new OktaError('E0000227');
  }
  if (holder.kind !== 'GROUP') return;
  const group = getGroup(store, holder.id);
  if (group.type === 'BUILT_IN') throw new OktaError('E0000211', { about: String(group.profile.name) });
  if (group.type !== 'OKTA_GROUP') throw new OktaError('E0000194', { about: '' });
  for (const rule of store.groupRules.values())
    if (rule.groupIds.includes(group.id)) throw new OktaError('E0000192', { about: '' });
  if (listMembersOf(store, group).length > MOST_MEMBERS) throw new OktaError('E0000193', { about: '' });
}

/** The holder that an address or a name (ORN) of a binding's member means. Throws E0000001. */
export function readHolder(context: Context, reference: string): Holder {
  const path = /\/api\/v1\/(users|groups)\/([^/?#]+)$/.exec(reference);
  const client = /\/oauth2\/v1\/clients\/([^/?#]+)$/.exec(reference)?.[1];
  const orn = /^orn:[^:]+:(?:directory|idp):[^:]+:(users|groups|apps):(?:.*:)?([^:]+)$/.exec(reference);
  try {
    if (client !== undefined) return getHolder(context, 'CLIENT', client);
    const [, place, id] = path ?? orn ?? [];
    if (place === 'users' && id !== undefined) return getHolder(context, 'USER', id);
    if (place === 'groups' && id !== undefined) return getHolder(context, 'GROUP', id);
    if (place === 'apps' && id !== undefined)
      return getHolder(context, 'CLIENT', getApp(context, id).credentials.oauthClient?.client_id ?? '');
  } catch (thrown) {
    // Whom the address names is not there: a fault of the body, not of the path.
    if (!(thrown instanceof OktaError)) throw thrown;
  }
  throw invalid('members', `members: There is no user, group or client ${reference}`);
}

/** What the catalogue calls an app, for those who name it as a target. */
export function isAppName({ store }: Context, name: string): boolean {
  for (const app of store.apps.values()) if (app.name === name) return true;
  return entryOf({ name, isCustom: false }) !== undefined;
}
