import { z } from 'zod';
import { Links, Timestamp } from '../../schemas.ts';
import { SecretText } from '../../secret-fields.ts';

/** How people sign in to an app. Okta knows more for catalogue apps, so answers take any text. */
const SignOnMode = z.enum([
  'BOOKMARK',
  'BASIC_AUTH',
  'BROWSER_PLUGIN',
  'SECURE_PASSWORD_STORE',
  'AUTO_LOGIN',
  'SAML_2_0',
  'SAML_1_1',
  'WS_FEDERATION',
  'OPENID_CONNECT',
]);

const Scheme = z.enum([
  'EDIT_USERNAME_AND_PASSWORD',
  'ADMIN_SETS_CREDENTIALS',
  'EDIT_PASSWORD_ONLY',
  'EXTERNAL_PASSWORD_SYNC',
  'SHARED_USERNAME_AND_PASSWORD',
]);

const Json = z.record(z.string(), z.json());

/** Printable ASCII, 14 to 100 characters (apps#oauth-credential-object). */
const ClientSecretText = z.string().regex(/^[ -~]{14,100}$/);

const OAuthCredentials = z.object({
  // Okta: apps#oauth-credential-object.
  client_id: z
    .string()
    .regex(/^[A-Za-z0-9$\-_.+!*'(),]{6,100}$/)
    .refine((id) => id !== 'ALL_CLIENTS')
    .nullish(),
  client_secret: ClientSecretText.nullish(),
  token_endpoint_auth_method: z
    .enum(['none', 'client_secret_post', 'client_secret_basic', 'client_secret_jwt', 'private_key_jwt'])
    .nullish(),
  autoKeyRotation: z.boolean().nullish(),
  pkce_required: z.boolean().nullish(),
});

const AppCredentialsInput = z.object({
  scheme: Scheme.nullish(),
  userNameTemplate: z
    .object({
      template: z.string().max(1024).optional(),
      type: z.enum(['BUILT_IN', 'CUSTOM', 'NONE']).optional(),
      suffix: z.string().nullish(),
      userSuffix: z.string().nullish(),
      pushStatus: z.enum(['PUSH', 'DONT_PUSH', 'NOT_CONFIGURED']).optional(),
    })
    .nullish(),
  revealPassword: z.boolean().optional(),
  userName: z.string().max(100).nullish(),
  password: z.object({ value: z.string().optional() }).nullish(),
  signing: z.object({ kid: z.string().nullish() }).nullish(),
  oauthClient: OAuthCredentials.nullish(),
});

/** apps#notifications-object; the reference spells `helpurl`, the wire `helpUrl`. */
const Notifications = z.object({
  vpn: z
    .object({
      network: z
        .object({
          connection: z.enum(['DISABLED', 'ANYWHERE', 'ON_NETWORK', 'OFF_NETWORK', 'ZONE']).optional(),
          include: z.array(z.string()).nullish(),
          exclude: z.array(z.string()).nullish(),
        })
        .nullish(),
      message: z.string().nullish(),
      helpUrl: z.string().nullish(),
    })
    .nullish(),
});

const GrantType = z.enum([
  'authorization_code',
  'implicit',
  'password',
  'refresh_token',
  'client_credentials',
  'interaction_code',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
  'urn:ietf:params:oauth:grant-type:saml2-bearer',
  'urn:openid:params:grant-type:ciba',
]);

/** apps#add-oauth-20-client-application; what belongs together is checked by the org. */
const OAuthClientSettings = z
  .object({
    application_type: z.enum(['web', 'native', 'browser', 'service']).nullish(),
    grant_types: z.array(GrantType).nullish(),
    response_types: z.array(z.enum(['code', 'token', 'id_token'])).nullish(),
    redirect_uris: z.array(z.string()).nullish(),
    post_logout_redirect_uris: z.array(z.string()).nullish(),
    client_uri: z.string().nullish(),
    logo_uri: z.string().nullish(),
    tos_uri: z.string().nullish(),
    policy_uri: z.string().nullish(),
    initiate_login_uri: z.string().nullish(),
    consent_method: z.enum(['REQUIRED', 'TRUSTED']).nullish(),
    issuer_mode: z.enum(['ORG_URL', 'CUSTOM_URL', 'DYNAMIC']).nullish(),
    wildcard_redirect: z.enum(['DISABLED', 'SUBDOMAIN']).nullish(),
    dpop_bound_access_tokens: z.boolean().nullish(),
    participate_slo: z.boolean().nullish(),
    idp_initiated_login: z
      .object({
        mode: z.enum(['DISABLED', 'SPEC', 'OKTA']).optional(),
        default_scope: z.array(z.string()).nullish(),
      })
      .nullish(),
    refresh_token: z
      .object({
        rotation_type: z.enum(['STATIC', 'ROTATE']),
        leeway: z.int().min(0).max(60).nullish(),
      })
      .nullish(),
    jwks: z.object({ keys: z.array(Json).nullish() }).nullish(),
    jwks_uri: z.string().nullish(),
  })
  .catchall(z.json());

const AppSettingsInput = z.object({
  app: Json.nullish(),
  signOn: Json.nullish(),
  oauthClient: OAuthClientSettings.nullish(),
  notifications: Notifications.nullish(),
  notes: z.object({ admin: z.string().nullish(), enduser: z.string().nullish() }).nullish(),
  identityStoreId: z.string().nullish(),
  implicitAssignment: z.boolean().nullish(),
  manualProvisioning: z.boolean().nullish(),
  emOptInStatus: z.string().nullish(),
});

export const AppBody = z.object({
  name: z.string().nullish(),
  label: z.string().min(1).max(100),
  /** A template has one only, so Okta takes a new app without it. */
  signOnMode: SignOnMode.optional(),
  accessibility: z
    .object({
      selfService: z.boolean().nullish(),
      errorRedirectUrl: z.string().nullish(),
      loginRedirectUrl: z.string().nullish(),
    })
    .nullish(),
  visibility: z
    .object({
      autoLaunch: z.boolean().nullish(),
      autoSubmitToolbar: z.boolean().nullish(),
      hide: z.object({ iOS: z.boolean().nullish(), web: z.boolean().nullish() }).nullish(),
      appLinks: z.record(z.string(), z.boolean()).nullish(),
    })
    .nullish(),
  features: z.array(z.string()).nullish(),
  credentials: AppCredentialsInput.nullish(),
  profile: Json.nullish(),
  settings: AppSettingsInput.nullish(),
});

/** A body as the org reads it. */
export type AppInput = z.output<typeof AppBody>;

export const App = z.looseObject({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  status: z.string(),
  lastUpdated: Timestamp,
  created: Timestamp,
  accessibility: z.looseObject({ selfService: z.boolean() }),
  visibility: z.looseObject({ appLinks: z.record(z.string(), z.boolean()) }),
  features: z.array(z.string()),
  signOnMode: z.string(),
  credentials: z.looseObject({
    oauthClient: z.looseObject({ client_secret: SecretText.optional() }).nullish(),
  }),
  settings: z.looseObject({}),
  _links: Links,
  _embedded: z.looseObject({}).optional(),
});

const AppUserCredentials = z.object({
  userName: z.string().min(1).max(100).nullish(),
  password: z.object({ value: z.string().optional() }).nullish(),
});

export const AssignUserBody = z.object({
  id: z.string(),
  scope: z.enum(['USER', 'GROUP']).optional(),
  credentials: AppUserCredentials.nullish(),
  profile: Json.nullish(),
});

export const UpdateAppUserBody = z.object({
  credentials: AppUserCredentials.nullish(),
  profile: Json.nullish(),
});

export const AppUser = z.looseObject({
  id: z.string(),
  externalId: z.string().nullish(),
  created: Timestamp,
  lastUpdated: Timestamp,
  scope: z.enum(['USER', 'GROUP']),
  status: z.string(),
  statusChanged: Timestamp,
  passwordChanged: Timestamp.nullable(),
  syncState: z.string(),
  credentials: z.looseObject({ userName: z.string() }).optional(),
  profile: z.looseObject({}),
  _links: Links,
});

export const AppGroupBody = z.object({
  priority: z.int().min(0).max(100).nullish(),
  profile: Json.nullish(),
});

export const AppGroupPatch = z.array(
  z.object({ op: z.string(), path: z.string(), value: z.json().optional() }),
);

export const AppGroup = z.looseObject({
  id: z.string(),
  lastUpdated: Timestamp,
  priority: z.number(),
  profile: z.looseObject({}),
  _links: Links,
});

/** A signing key of an app, as a public JWK with its certificate. */
export const AppKey = z.looseObject({
  kty: z.string(),
  kid: z.string(),
  use: z.string(),
  x5c: z.array(z.string()),
  e: z.string(),
  n: z.string(),
});

export const CsrBody = z.object({
  subject: z
    .object({
      countryName: z.string().optional(),
      stateOrProvinceName: z.string().optional(),
      localityName: z.string().optional(),
      organizationName: z.string().optional(),
      organizationalUnitName: z.string().optional(),
      commonName: z.string().optional(),
    })
    .optional(),
  subjectAltNames: z.object({ dnsNames: z.array(z.string()).optional() }).optional(),
});

/** JSON, or the request itself as text when PKCS#10 was asked for. */
export const AppCsr = z.union([
  z.looseObject({ id: z.string(), created: Timestamp, csr: z.string(), kty: z.string() }),
  z.string(),
]);

export const ClientSecretBody = z.object({
  client_secret: ClientSecretText.nullish(),
  status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
});

export const ClientSecret = z.looseObject({
  id: z.string(),
  created: Timestamp,
  lastUpdated: Timestamp,
  status: z.enum(['ACTIVE', 'INACTIVE']),
  client_secret: SecretText,
  secret_hash: z.string(),
  _links: Links,
});

export const ClientJwkBody = z.object({
  kid: z.string().nullish(),
  kty: z.string(),
  alg: z.string().optional(),
  use: z.string().optional(),
  e: z.string().optional(),
  n: z.string().optional(),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
  status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
});

export const ClientJwk = z.looseObject({ id: z.string(), kty: z.string(), status: z.string() });

export const ClientJwks = z.looseObject({
  jwks: z.looseObject({ keys: z.array(ClientJwk) }),
});

export const AppGrantBody = z.object({ issuer: z.string(), scopeId: z.string() });

/** Okta: `UNKNOWN` is what an app without provisioning has, and takes (recorded answers). */
const AuthScheme = z.enum(['TOKEN', 'OAUTH2', 'UNKNOWN']);

export const ConnectionBody = z.object({
  profile: z.object({
    authScheme: AuthScheme,
    token: z.string().optional(),
    clientId: z.string().optional(),
  }),
});

export const ProvisioningConnection = z.looseObject({
  status: z.enum(['ENABLED', 'DISABLED', 'UNKNOWN']),
});

export const GroupPushBody = z.object({
  sourceGroupId: z.string(),
  targetGroupId: z.string().nullish(),
  targetGroupName: z.string().nullish(),
  status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
});

export const GroupPushStatusBody = z.object({ status: z.enum(['ACTIVE', 'INACTIVE']) });

export const GroupPush = z.looseObject({
  id: z.string(),
  sourceGroupId: z.string(),
  targetGroupId: z.string(),
  status: z.string(),
  _links: Links,
});

const FeatureStatus = z.object({ status: z.enum(['ENABLED', 'DISABLED']).optional() });

export const FeatureBody = z.object({
  create: z.object({ lifecycleCreate: FeatureStatus.optional() }).optional(),
  update: z
    .object({
      profile: FeatureStatus.optional(),
      lifecycleDeactivate: FeatureStatus.optional(),
      password: FeatureStatus.extend({
        seed: z.enum(['OKTA', 'RANDOM']).optional(),
        // Okta: the reference knows KEEP_EXISTING and CHANGE, its packs send CYCLE.
        change: z.enum(['KEEP_EXISTING', 'CHANGE', 'CYCLE']).optional(),
      }).optional(),
    })
    .optional(),
});

export const AppFeature = z.looseObject({
  name: z.string(),
  status: z.string(),
  capabilities: z.looseObject({}).optional(),
});
