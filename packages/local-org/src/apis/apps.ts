import { type AppInput, filterLists } from '@castellan/okta-api';
import { makeFirstKey } from '../apps/app-keys.ts';
import { putAppSchema } from '../apps/app-schema.ts';
import { findAppUser, groupsOf, listAppUsers, toAppUserView } from '../apps/app-users.ts';
import { toAppTarget, toAppView } from '../apps/app-view.ts';
import { addSecret, firstActiveSecret } from '../apps/client-secrets.ts';
import { getApp } from '../apps/get-app.ts';
import { usesSecret } from '../apps/oauth-client.ts';
import { readApp } from '../apps/read-app.ts';
import { compileFilter } from '../filter.ts';
import type { Context } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { policyIdsOf } from '../org-identity.ts';
import { cutPage } from '../paging.ts';
import { forgetHolder } from '../roles/bindings.ts';
import type { AppRecord } from '../store/records.ts';
import { appAssignments } from './app-assignments.ts';
import { appClientCredentials } from './app-client-credentials.ts';
import { appGroupPush } from './app-group-push.ts';
import type { AppHandlers } from './app-handlers.ts';
import { appProvisioning } from './app-provisioning.ts';
import { appSigning } from './app-signing.ts';

const PAGING = { defaultLimit: 20, maxLimit: 200 };

export const apps = {
  async createApp({ body, query }, context) {
    const { store, now } = context;
    const id = context.ids.next('app');
    const content = readApp(context, id, body);
    // A key takes its time: an app that signs nothing gets to the org's when somebody asks for it.
    const key = SIGNING.has(content.signOnMode) ? await makeFirstKey(context, { id, ...content }) : undefined;
    const app: AppRecord = {
      id,
      status: query.activate === false ? 'INACTIVE' : 'ACTIVE',
      created: now,
      lastUpdated: now,
      ...content,
      credentials: { ...content.credentials, ...(key ? { signingKid: key.kid } : {}) },
    };
    // Between reading and writing the key was made; another request may have taken the label meanwhile.
    if (store.apps.by('label', app.label.toLowerCase()).length > 0) throw new OktaError('E0000040');
    if (key?.appId === id) store.appKeys.put(key);
    store.apps.put(app);
    putAppSchema(context, app);
    const clientSecret = giveSecret(context, app, body);
    logChange(context, app, 'create');
    return toAppView(context, app, { clientSecret });
  },

  listApps({ query }, context) {
    const test = query.filter === undefined ? () => true : toFilter(context, query.filter);
    const text = query.q?.toLowerCase();
    const matches = (app: AppRecord): boolean =>
      context.sees('app', app.id) &&
      test(app) &&
      (text === undefined ||
        app.label.toLowerCase().startsWith(text) ||
        app.name.toLowerCase().startsWith(text));
    const userId = readExpand(query.expand, query.filter);
    return cutPage([...context.store.apps.values()].filter(matches), {
      limit: query.limit,
      after: query.after,
      paging: PAGING,
      cursorOf: (app) => app.id,
      view: (app) => toAppView(context, app, { embedded: embedUser(context, app, userId) }),
      query: [
        ['q', query.q],
        ['filter', query.filter],
        ['expand', query.expand],
      ],
    });
  },

  getApp({ params, query }, context) {
    const app = getApp(context, params.appId);
    const userId = /^user\/(.+)$/.exec(query.expand ?? '')?.[1];
    return toAppView(context, app, { embedded: embedUser(context, app, userId) });
  },

  replaceApp({ params, body }, context) {
    const before = getApp(context, params.appId);
    const content = readApp(context, before.id, body, before);
    const kid = body.credentials?.signing?.kid;
    const isRotated = typeof kid === 'string' && kid !== '' && kid !== before.credentials.signingKid;
    const app: AppRecord = {
      ...before,
      ...content,
      credentials: isRotated
        ? { ...content.credentials, signingKid: requireOwnKey(context, before, kid) }
        : content.credentials,
      lastUpdated: context.now,
    };
    context.store.apps.put(app);
    renameSchema(context, before, app);
    const clientSecret = giveSecret(context, app, body);
    logChange(context, app, 'update');
    if (isRotated)
      context.log({
        eventType: 'app.keys.rotate',
        displayMessage: 'Rotate application key credential',
        targets: [toAppTarget(app)],
      });
    return toAppView(context, app, { clientSecret });
  },

  deleteApp({ params }, context) {
    const app = getApp(context, params.appId);
    if (app.status === 'ACTIVE')
      throw new OktaError('E0000056', { causes: ['The application must be deactivated before deletion.'] });
    deleteWithAll(context, app);
    logChange(context, app, 'delete');
  },

  setPolicy({ params }, context) {
    const app = getApp(context, params.appId);
    const { access } = policyIdsOf(context.store);
    // Okta: only Identity Engine has policies for apps; this org has the one that every app begins with.
    if (context.features.edition === 'classic' || params.policyId !== access)
      throw notFound(params.policyId, 'IAMPolicy');
    context.store.apps.put({ ...app, accessPolicyId: access });
  },

  activateApp({ params }, context) {
    setStatus(context, params.appId, 'ACTIVE');
    return {};
  },

  deactivateApp({ params }, context) {
    setStatus(context, params.appId, 'INACTIVE');
    return {};
  },

  ...appAssignments,
  ...appSigning,
  ...appClientCredentials,
  ...appProvisioning,
  ...appGroupPush,
} satisfies AppHandlers;

/** Modes whose answers name the key that signs. */
const SIGNING = new Set(['SAML_2_0', 'SAML_1_1', 'WS_FEDERATION', 'OPENID_CONNECT']);

/** The secret of a client that proves itself with one: the one it brings, the one it has, or a new one. */
function giveSecret(context: Context, app: AppRecord, body: AppInput): string | undefined {
  const client = app.credentials.oauthClient;
  if (!client || !usesSecret(client.token_endpoint_auth_method)) return undefined;
  const given = body.credentials?.oauthClient?.client_secret ?? undefined;
  const known = firstActiveSecret(context, app);
  if (known && (given === undefined || given === known.value)) return known.value;
  if (known && given !== undefined) return context.store.clientSecrets.put({ ...known, value: given }).value;
  return addSecret(context, app, given).value;
}

function requireOwnKey({ store }: Context, app: AppRecord, kid: string): string {
  if (!store.appKeys.get(`${app.id}/${kid}`) && !store.appKeys.get(`org/${kid}`))
    throw invalid('credentials.signing.kid', `credentials.signing.kid: The app has no key ${kid}`);
  return kid;
}

function renameSchema({ store }: Context, before: AppRecord, app: AppRecord): void {
  const schema = store.schemas.get(app.id);
  if (schema && before.label !== app.label) store.schemas.put({ ...schema, title: `${app.label} User` });
}

function deleteWithAll({ store }: Context, { id }: AppRecord): void {
  const tables = [
    store.appUsers,
    store.appGroups,
    store.appKeys,
    store.appCsrs,
    store.clientSecrets,
    store.clientKeys,
    store.appGrants,
    store.groupPushes,
  ] as const;
  for (const table of tables) for (const one of table.by('app', id)) table.delete(one.id);
  forgetHolder(store, id);
  store.schemas.delete(id);
  store.apps.delete(id);
}

function setStatus(context: Context, appId: string, status: AppRecord['status']): void {
  const app = getApp(context, appId);
  // Okta: what an app already is can be asked for again.
  if (app.status === status) return;
  const changed = context.store.apps.put({ ...app, status, lastUpdated: context.now });
  logChange(context, changed, status === 'ACTIVE' ? 'activate' : 'deactivate');
}

const events = {
  create: ['application.lifecycle.create', 'Create application', 'app.app_editor.app.create'],
  update: ['application.lifecycle.update', 'Update application', 'app.generic.config.app_updated'],
  activate: ['application.lifecycle.activate', 'Activate application', 'app.generic.config.app_activated'],
  deactivate: [
    'application.lifecycle.deactivate',
    'Deactivate application',
    'app.generic.config.app_deactivated',
  ],
  delete: ['application.lifecycle.delete', 'Delete application', 'app.generic.config.app_deleted'],
} as const;

function logChange(context: Context, app: AppRecord, what: keyof typeof events): void {
  const [eventType, displayMessage, legacyEventType] = events[what];
  context.log({ eventType, displayMessage, legacyEventType, targets: [toAppTarget(app)] });
  const client = app.credentials.oauthClient;
  if (!client || what === 'activate' || what === 'deactivate') return;
  const clientEvent = `app.oauth2.client.lifecycle.${what}` as const;
  context.log({
    eventType: clientEvent,
    displayMessage: `${what[0]?.toUpperCase()}${what.slice(1)} OAuth2 client`,
    legacyEventType: clientEvent,
    targets: [
      { id: client.client_id, type: 'PublicClientApp', alternateId: 'unknown', displayName: app.label },
    ],
  });
}

/** Okta: one comparison with `eq`, nothing else (apps#filters). */
function toFilter(context: Context, text: string): (app: AppRecord) => boolean {
  const attributes: Readonly<Record<string, readonly string[]>> = filterLists.appFilter.attributes;
  if (/\s(?:and|or)\s/i.test(text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')))
    throw new OktaError('E0000031', { causes: ['The filter may hold one comparison only.'] });
  const rules = { operatorsOf: (name: string) => attributes[name], ignoreCase: false };
  return compileFilter(text, rules, (app, attribute) => valuesOf(context, app, attribute));
}

function valuesOf(context: Context, app: AppRecord, attribute: string): readonly unknown[] {
  switch (attribute) {
    case 'status':
      return [app.status];
    case 'name':
      return [app.name];
    case 'credentials.signing.kid':
      return [app.credentials.signingKid];
    case 'group.id':
      return groupsOf(context, app).map((one) => one.groupId);
    default:
      return listAppUsers(context, app).map((one) => one.userId);
  }
}

/** Okta: `expand=user/{id}` goes only with a filter for the same user (apps#link-expansions). */
function readExpand(expand: string | undefined, filter: string | undefined): string | undefined {
  if (expand === undefined || expand === '') return undefined;
  const userId = /^user\/(\w+)$/.exec(expand)?.[1];
  const filtered = /^\s*user\.id\s+eq\s+"(\w+)"\s*$/i.exec(filter ?? '')?.[1];
  if (userId === undefined || userId !== filtered)
    throw invalid('RequestParams', 'Expand query is malformed.');
  return userId;
}

function embedUser(context: Context, app: AppRecord, userId: string | undefined): object | undefined {
  const user = userId === undefined ? undefined : context.store.users.get(userId);
  const found = user && findAppUser(context, app, user);
  return found && { user: toAppUserView(context, app, found) };
}
