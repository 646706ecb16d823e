import type { Context } from '../handling.ts';
import { entryOf } from './get-app.ts';
import { orgIdOf, policyIdsOf } from '../org-identity.ts';
import { toTimestamp } from '../people.ts';
import type { AppRecord, LogTarget } from '../store/records.ts';

/** What an answer shows of an app besides what every answer shows. */
export interface AppViewOptions {
  /** Create and update show the secret of a client; reads never do. */
  readonly clientSecret?: string | undefined;
  readonly embedded?: object | undefined;
}

/** An app as Okta answers it (recorded answers). */
export function toAppView(context: Context, app: AppRecord, options: AppViewOptions = {}): object {
  const { store } = context;
  const entry = entryOf(app);
  return {
    id: app.id,
    orn: `orn:okta:idp:${orgIdOf(store)}:apps:${app.name}:${app.id}`,
    name: app.name,
    label: app.label,
    status: app.status,
    lastUpdated: toTimestamp(app.lastUpdated),
    created: toTimestamp(app.created),
    accessibility: app.accessibility,
    ...(entry?.isLicensed ? { licensing: { seatCount: 0 } } : {}),
    visibility: app.visibility,
    features: featuresOf(app),
    signOnMode: app.signOnMode,
    credentials: toCredentialsView(app, options.clientSecret),
    universalLogout: entry?.universalLogout ?? { status: 'UNSUPPORTED' },
    settings: app.settings,
    ...(app.profile ? { profile: app.profile } : {}),
    _links: linksOf(context, app),
    ...(options.embedded ? { _embedded: options.embedded } : {}),
  };
}

/** Okta: what an app provisions is named in `features`, as far as its connection is on. */
function featuresOf(app: AppRecord): readonly string[] {
  if (app.connection?.status !== 'ENABLED' || !app.provisioning) return [];
  const { create, update } = app.provisioning as unknown as ProvisioningShape;
  const isOn = (part: { readonly status?: string } | undefined) => part?.status === 'ENABLED';
  return [
    ...(isOn(create?.lifecycleCreate) ? ['PUSH_NEW_USERS'] : []),
    ...(isOn(update?.lifecycleDeactivate) ? ['PUSH_USER_DEACTIVATION'] : []),
    ...(isOn(update?.profile) ? ['PUSH_PROFILE_UPDATES'] : []),
    ...(isOn(update?.password) ? ['PUSH_PASSWORD_UPDATES'] : []),
  ];
}

interface ProvisioningShape {
  readonly create?: { readonly lifecycleCreate?: { readonly status?: string } };
  readonly update?: {
    readonly lifecycleDeactivate?: { readonly status?: string };
    readonly profile?: { readonly status?: string };
    readonly password?: { readonly status?: string };
  };
}

function toCredentialsView({ credentials }: AppRecord, clientSecret: string | undefined): object {
  const { scheme, userNameTemplate, userName, hasPassword, revealPassword, signingKid, oauthClient } =
    credentials;
  return {
    ...(scheme === undefined ? {} : { scheme }),
    userNameTemplate,
    ...(userName === undefined ? {} : { userName }),
    ...(hasPassword ? { password: {} } : {}),
    ...(revealPassword === undefined ? {} : { revealPassword }),
    signing: signingKid === undefined ? {} : { kid: signingKid },
    ...(oauthClient ? { oauthClient: toClientView(oauthClient, clientSecret) } : {}),
  };
}

function toClientView(
  client: NonNullable<AppRecord['credentials']['oauthClient']>,
  secret: string | undefined,
): object {
  return {
    autoKeyRotation: client.autoKeyRotation,
    client_id: client.client_id,
    ...(secret === undefined ? {} : { client_secret: secret }),
    token_endpoint_auth_method: client.token_endpoint_auth_method,
    pkce_required: client.pkce_required,
  };
}

/** Okta: there is no self link. */
function linksOf(context: Context, app: AppRecord): object {
  const { origin } = context;
  const self = `${origin}/api/v1/apps/${app.id}`;
  const isSaml = app.signOnMode === 'SAML_2_0';
  const entry = entryOf(app);
  const help = entry ? 'external-doc' : 'instructions';
  return {
    ...(isSaml
      ? {
          help: {
            href: `${origin}/app/${app.name}/${app.id}/setup/help/SAML_2_0/${help}`,
            type: 'text/html',
          },
          metadata: { href: `${self}/sso/saml/metadata`, type: 'application/xml' },
        }
      : {}),
    uploadLogo: { href: `${self}/logo`, hints: { allow: ['POST'] } },
    appLinks: appLinksOf(context, app).map(({ name, href }) => ({ name, href, type: 'text/html' })),
    ...policyLinksOf(context, app, self),
    groups: { href: `${self}/groups` },
    logo: [{ name: 'medium', href: logoOf(context, app), type: app.logo?.contentType ?? 'image/png' }],
    ...(app.signOnMode === 'OPENID_CONNECT'
      ? { clientCredentials: [{ name: 'secrets', href: `${self}/credentials/secrets` }] }
      : {}),
    users: { href: `${self}/users` },
    ...(app.status === 'ACTIVE'
      ? { deactivate: { href: `${self}/lifecycle/deactivate` } }
      : { activate: { href: `${self}/lifecycle/activate` } }),
  };
}

/** Identity Engine puts every app under policies. */
function policyLinksOf({ origin, store, features }: Context, app: AppRecord, self: string): object {
  if (features.edition === 'classic') return {};
  return {
    profileEnrollment: { href: `${origin}/api/v1/policies/${policyIdsOf(store).profileEnrollment}` },
    policies: { href: `${self}/policies`, hints: { allow: ['PUT'] } },
    accessPolicy: { href: `${origin}/api/v1/policies/${app.accessPolicyId}` },
  };
}

/** The tiles of an app that its visibility shows: their names and where they lead. */
export function appLinksOf(
  { origin }: Context,
  app: AppRecord,
): { name: string; id: string; href: string }[] {
  return Object.entries(app.visibility.appLinks).flatMap(([name, isShown], index) => {
    if (!isShown) return [];
    const id = `aln${app.id.slice(3, -2)}${String(index).padStart(2, '0')}`;
    return [{ name, id, href: `${origin}/home/${app.name}/${app.id}/${id}` }];
  });
}

export function logoOf({ origin }: Context, app: AppRecord): string {
  return app.logo ? `${origin}/fs/bco/4/${app.id}` : `${origin}/assets/img/logos/default.png`;
}

export function toAppTarget(app: AppRecord): LogTarget {
  const entry = entryOf(app);
  return {
    id: app.id,
    type: 'AppInstance',
    alternateId: app.label,
    displayName: entry?.displayName ?? app.label,
  };
}
