import { logoOf, toAppTarget } from '../apps/app-view.ts';
import { entryOf, getApp } from '../apps/get-app.ts';
import { readPicture } from '../apps/picture.ts';
import { type Context, reply } from '../handling.ts';
import { invalid, notFound } from '../okta-error.ts';
import type { AppRecord, ConnectionRecord, Json } from '../store/records.ts';
import type { AppHandlers } from './app-handlers.ts';

/** What an app does in the other system and how it looks: connection, features, logo. */
export const appProvisioning = {
  async uploadLogo({ params, body }, context) {
    const app = getApp(context, params.appId);
    const logo = await readPicture(body);
    const changed = context.store.apps.put({ ...app, logo, lastUpdated: context.now });
    context.log({
      eventType: 'application.configuration.update_logo',
      displayMessage: 'Update application logo',
      legacyEventType: 'app.app_instance.logo_update',
      targets: [toAppTarget(app)],
    });
    return reply({ headers: [['location', logoOf(context, changed)]] });
  },

  getConnection: ({ params }, context) => toConnectionView(getApp(context, params.appId).connection),

  setConnection({ params, query, body }, context) {
    const app = getApp(context, params.appId);
    const { authScheme, token, clientId } = body.profile;
    // Okta: an app that cannot provision takes the call and stays as it is (recorded answers).
    if (!canProvision(app)) return toConnectionView(undefined);
    if (authScheme === 'UNKNOWN')
      throw invalid('authScheme', 'authScheme: The value is not one of the allowed values');
    if (authScheme === 'TOKEN' && !token) throw invalid('token', 'token: The field cannot be left blank');
    if (authScheme === 'OAUTH2' && !clientId)
      throw invalid('clientId', 'clientId: The field cannot be left blank');
    const status = query.activate ? 'ENABLED' : 'DISABLED';
    const connection: ConnectionRecord = {
      status,
      authScheme,
      ...(authScheme === 'OAUTH2' ? { clientId } : {}),
    };
    context.store.apps.put({
      ...app,
      connection,
      provisioning: app.provisioning ?? nothingProvisioned,
      lastUpdated: context.now,
    });
    return toConnectionView(connection);
  },

  activateConnection: ({ params }, context) => switchConnection(context, params.appId, 'ENABLED'),

  deactivateConnection: ({ params }, context) => switchConnection(context, params.appId, 'DISABLED'),

  listFeatures({ params }, context) {
    const app = getApp(context, params.appId);
    return [toFeatureView(context, app, getProvisioning(app))];
  },

  getFeature({ params }, context) {
    const app = getApp(context, params.appId);
    const provisioning = getProvisioning(app);
    requireFeature(params.featureName);
    return toFeatureView(context, app, provisioning);
  },

  updateFeature({ params, body }, context) {
    const app = getApp(context, params.appId);
    const before = getProvisioning(app);
    requireFeature(params.featureName);
    const provisioning = merge(before, body as Readonly<Record<string, Json>>);
    context.store.apps.put({ ...app, provisioning, lastUpdated: context.now });
    return toFeatureView(context, app, provisioning);
  },
} satisfies Partial<AppHandlers>;

const FEATURE = 'USER_PROVISIONING';

const nothingProvisioned: Readonly<Record<string, Json>> = {
  create: { lifecycleCreate: { status: 'DISABLED' } },
  update: {
    profile: { status: 'DISABLED' },
    lifecycleDeactivate: { status: 'DISABLED' },
    password: { status: 'DISABLED', seed: 'RANDOM', change: 'KEEP_EXISTING' },
  },
};

function canProvision(app: AppRecord): boolean {
  return entryOf(app)?.canProvision === true;
}

function toConnectionView(connection: ConnectionRecord | undefined): object {
  if (!connection) return { status: 'UNKNOWN', profile: { authScheme: 'UNKNOWN' } };
  const { status, authScheme, clientId } = connection;
  return { status, profile: { authScheme, ...(clientId === undefined ? {} : { clientId }) } };
}

function switchConnection(context: Context, appId: string, status: ConnectionRecord['status']): void {
  const app = getApp(context, appId);
  if (!app.connection) return;
  context.store.apps.put({ ...app, connection: { ...app.connection, status }, lastUpdated: context.now });
}

function getProvisioning(app: AppRecord): Readonly<Record<string, Json>> {
  if (!app.provisioning || app.connection?.status !== 'ENABLED')
    throw invalid('feature', 'Provisioning is not supported.');
  return app.provisioning;
}

function requireFeature(name: string): void {
  if (name !== FEATURE) throw notFound(name, 'ApplicationFeature');
}

function toFeatureView(
  { origin }: Context,
  app: AppRecord,
  capabilities: Readonly<Record<string, Json>>,
): object {
  const self = `${origin}/api/v1/apps/${app.id}/features/${FEATURE}`;
  return {
    name: FEATURE,
    status: 'ENABLED',
    description: 'User provisioning settings from Okta to a downstream application',
    capabilities,
    _links: { self: { href: self, hints: { allow: ['GET', 'PUT'] } } },
  };
}

/** What is given replaces what was, at any depth; everything else stays. */
function merge(
  before: Readonly<Record<string, Json>>,
  given: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const merged: Record<string, Json> = { ...before };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const old = merged[name];
    merged[name] = isObject(old) && isObject(value) ? merge(old, value) : value;
  }
  return merged;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
