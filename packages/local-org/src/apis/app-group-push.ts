import { getApp } from '../apps/get-app.ts';
import type { Context } from '../handling.ts';
import { invalid, notFound } from '../okta-error.ts';
import { cutPage } from '../paging.ts';
import { toTimestamp } from '../people.ts';
import { getGroup } from '../roles/holders.ts';
import type { AppRecord, GroupPushRecord, GroupRecord } from '../store/records.ts';
import type { AppHandlers } from './app-handlers.ts';

const PAGING = { defaultLimit: 100, maxLimit: 1000 };

/** The groups that an app gets as groups of its own. The other system is a group of the kind APP_GROUP here. */
export const appGroupPush = {
  listGroupPushes({ params, query }, context) {
    const app = getApp(context, params.appId);
    const all = context.store.groupPushes.by('app', app.id);
    const found = all.filter(
      (one) =>
        (query.sourceGroupId === undefined || one.sourceGroupId === query.sourceGroupId) &&
        (query.status === undefined || one.status === query.status),
    );
    return cutPage(found, {
      limit: query.limit,
      // Okta: an empty cursor is the first page (recorded answers).
      after: query.after || undefined,
      paging: PAGING,
      cursorOf: (one) => one.id,
      view: (one) => toView(context, one),
    });
  },

  createGroupPush({ params, body }, context) {
    const { store, ids, now } = context;
    const app = getApp(context, params.appId);
    const source = getGroup(store, body.sourceGroupId);
    if (store.groupPushes.by('app', app.id).some((one) => one.sourceGroupId === source.id))
      throw invalid('sourceGroupId', 'sourceGroupId: The group is pushed to the app already');
    if (!body.targetGroupId && !body.targetGroupName)
      throw invalid('targetGroupName', 'targetGroupName: The field cannot be left blank');
    const target = body.targetGroupId
      ? getGroup(store, body.targetGroupId)
      : makeTarget(context, body.targetGroupName ?? '');
    const mapping = store.groupPushes.put({
      id: ids.next('groupPushMapping'),
      appId: app.id,
      sourceGroupId: source.id,
      targetGroupId: target.id,
      status: body.status ?? 'ACTIVE',
      created: now,
      lastUpdated: now,
    });
    return toView(context, mapping);
  },

  getGroupPush: ({ params }, context) =>
    toView(context, getMapping(context, getApp(context, params.appId), params.mappingId)),

  updateGroupPush({ params, body }, context) {
    const mapping = getMapping(context, getApp(context, params.appId), params.mappingId);
    const { status } = body;
    return toView(context, context.store.groupPushes.put({ ...mapping, status, lastUpdated: context.now }));
  },

  deleteGroupPush({ params, query }, context) {
    const { store } = context;
    const mapping = getMapping(context, getApp(context, params.appId), params.mappingId);
    if (mapping.status === 'ACTIVE')
      throw invalid('status', 'status: A mapping must be inactive before it is deleted');
    store.groupPushes.delete(mapping.id);
    const target = store.groups.get(mapping.targetGroupId);
    if (query.deleteTargetGroup && target?.type === 'APP_GROUP') store.groups.delete(target.id);
  },
} satisfies Partial<AppHandlers>;

function makeTarget({ store, ids, now }: Context, name: string): GroupRecord {
  return store.groups.put({
    id: ids.next('group'),
    type: 'APP_GROUP',
    created: now,
    lastUpdated: now,
    lastMembershipUpdated: now,
    profile: { name, description: null },
  });
}

function getMapping({ store }: Context, app: AppRecord, id: string): GroupPushRecord {
  const mapping = store.groupPushes.get(id);
  if (mapping?.appId !== app.id) throw notFound(id, 'GroupPushMapping');
  return mapping;
}

/** Okta: these moments have no milliseconds (recorded answers). */
function toSeconds(moment: number): string {
  return String(toTimestamp(moment)).replace('.000Z', 'Z');
}

function toView({ origin }: Context, mapping: GroupPushRecord): object {
  const group = (id: string) => ({ href: `${origin}/api/v1/groups/${id}` });
  return {
    created: toSeconds(mapping.created),
    id: mapping.id,
    lastUpdated: toSeconds(mapping.lastUpdated),
    sourceGroupId: mapping.sourceGroupId,
    status: mapping.status,
    targetGroupId: mapping.targetGroupId,
    _links: {
      app: { href: `${origin}/api/v1/apps/${mapping.appId}` },
      sourceGroup: group(mapping.sourceGroupId),
      targetGroup: group(mapping.targetGroupId),
    },
  };
}
