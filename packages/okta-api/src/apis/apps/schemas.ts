import { z } from 'zod';
import { Links, Timestamp } from '../../schemas.ts';

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

const OAuthCredentials = z.object({
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  token_endpoint_auth_method: z.string().optional(),
  autoKeyRotation: z.boolean().optional(),
  pkce_required: z.boolean().optional(),
});

const AppCredentialsInput = z.object({
  scheme: Scheme.nullish(),
  userNameTemplate: z
    .object({
      template: z.string().max(1024).optional(),
      type: z.string().optional(),
      userSuffix: z.string().nullish(),
      pushStatus: z.string().optional(),
    })
    .optional(),
  revealPassword: z.boolean().optional(),
  userName: z.string().nullish(),
  password: z.object({ value: z.string().optional() }).optional(),
  signing: z.object({ kid: z.string().nullish() }).optional(),
  oauthClient: OAuthCredentials.optional(),
});

const AppSettingsInput = z.object({
  app: Json.optional(),
  signOn: Json.nullish(),
  oauthClient: Json.optional(),
  notifications: Json.optional(),
  notes: z.object({ admin: z.string().nullish(), enduser: z.string().nullish() }).optional(),
  identityStoreId: z.string().nullish(),
  implicitAssignment: z.boolean().optional(),
  manualProvisioning: z.boolean().optional(),
});

export const AppBody = z.object({
  name: z.string().optional(),
  label: z.string().min(1).max(100),
  signOnMode: SignOnMode,
  accessibility: z
    .object({
      selfService: z.boolean().optional(),
      errorRedirectUrl: z.string().nullish(),
      loginRedirectUrl: z.string().nullish(),
    })
    .optional(),
  visibility: z
    .object({
      autoLaunch: z.boolean().optional(),
      autoSubmitToolbar: z.boolean().optional(),
      hide: z.object({ iOS: z.boolean().optional(), web: z.boolean().optional() }).optional(),
      appLinks: z.record(z.string(), z.boolean()).optional(),
    })
    .optional(),
  features: z.array(z.string()).optional(),
  credentials: AppCredentialsInput.optional(),
  profile: Json.optional(),
  settings: AppSettingsInput.optional(),
});

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
  credentials: z.looseObject({}),
  settings: z.looseObject({}),
  _links: Links,
  _embedded: z.looseObject({}).optional(),
});

const AppUserCredentials = z.object({
  userName: z.string().min(1).max(100).optional(),
  password: z.object({ value: z.string().optional() }).optional(),
});

export const AssignUserBody = z.object({
  id: z.string(),
  scope: z.enum(['USER', 'GROUP']).optional(),
  credentials: AppUserCredentials.optional(),
  profile: Json.optional(),
});

export const UpdateAppUserBody = z.object({
  credentials: AppUserCredentials.optional(),
  profile: Json.optional(),
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
  priority: z.int().min(0).max(100).optional(),
  profile: Json.optional(),
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
  client_secret: z.string().optional(),
  status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
});

export const ClientSecret = z.looseObject({
  id: z.string(),
  created: Timestamp,
  lastUpdated: Timestamp,
  status: z.enum(['ACTIVE', 'INACTIVE']),
  client_secret: z.string(),
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
  status: z.enum(['ACTIVE', 'INACTIVE']).optional(),
});

export const ClientJwk = z.looseObject({ id: z.string(), kty: z.string(), status: z.string() });

export const ClientJwks = z.looseObject({
  jwks: z.looseObject({ keys: z.array(ClientJwk) }),
});

export const AppGrantBody = z.object({ issuer: z.string(), scopeId: z.string() });

const AuthScheme = z.enum(['TOKEN', 'OAUTH2']);

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
