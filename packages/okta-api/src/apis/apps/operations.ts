import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { CursorQuery, cursorQuery, EmptyObject, ExpandQuery, Flag, RawBody } from '../../schemas.ts';
import { Grant, RefreshToken } from '../users/schemas.ts';
import {
  App,
  AppBody,
  AppCsr,
  AppFeature,
  AppGrantBody,
  AppGroup,
  AppGroupBody,
  AppGroupPatch,
  AppKey,
  AppUser,
  AssignUserBody,
  ClientJwk,
  ClientJwkBody,
  ClientJwks,
  ClientSecret,
  ClientSecretBody,
  ConnectionBody,
  CsrBody,
  FeatureBody,
  GroupPush,
  GroupPushBody,
  GroupPushStatusBody,
  ProvisioningConnection,
  UpdateAppUserBody,
} from './schemas.ts';
import {
  basicAuthApp,
  bookmarkApp,
  catalogSamlApp,
  customSamlApp,
  customSwaApp,
  modulus,
  oauthApp,
  org2orgApp,
  picture,
  pluginSwaApp,
  serviceApp,
  swaApp,
  wsFedApp,
} from './examples.ts';

const common = { api: 'apps', authentication: 'token', docs: docsOf('Application') } as const;
const any = { ...common, bucket: 'apps-any' } as const;
const one = { ...common, bucket: 'app-id' } as const;
const appUsers = { ...any, docs: docsOf('ApplicationUsers') } as const;
const appGroups = { ...any, docs: docsOf('ApplicationGroups') } as const;
const keys = { ...any, docs: docsOf('ApplicationSSOCredentialKey') } as const;
const secrets = { ...any, docs: docsOf('ApplicationSSOPublicKeys') } as const;
const grants = { ...any, docs: docsOf('ApplicationGrants') } as const;
const tokens = { ...any, docs: docsOf('ApplicationTokens') } as const;
const connections = { ...any, docs: docsOf('ApplicationConnections') } as const;
const pushes = { ...any, docs: docsOf('GroupPushMapping') } as const;
const features = { ...any, docs: docsOf('ApplicationFeatures') } as const;

const missing = ['E0000007'] as const;
const invalid = ['E0000001', 'E0000003', 'E0000007'] as const;

const app = '/api/v1/apps/{appId}';
const secretPath = `${app}/credentials/secrets/{secretId}` as const;
const jwkPath = `${app}/credentials/jwks/{jwkId}` as const;
const keyPath = `${app}/credentials/keys` as const;
const pushPath = `${app}/group-push/mappings` as const;
const csrPath = `${app}/credentials/csrs` as const;
const oauth = { appId: '{{oauthAppId}}' } as const;
const saml = { appId: '{{samlAppId}}' } as const;
const org2org = { appId: '{{org2orgAppId}}' } as const;

export const apps = {
  createApp: defineOperation({
    ...any,
    method: 'POST',
    path: '/api/v1/apps',
    summary: 'Create an app',
    query: z.object({ activate: Flag.optional() }),
    body: AppBody,
    success: { status: 200, answer: App },
    errors: ['E0000001', 'E0000003', 'E0000040', 'E0000043', 'E0000044', 'E0000126'],
    events: ['application.lifecycle.create', 'app.oauth2.client.lifecycle.create'],
    examples: [
      {
        title: 'Add SAML 2.0 Authentication Application instance',
        body: catalogSamlApp,
      },
      { title: 'Add Custom SAML 2.0 App', body: customSamlApp, saves: { samlAppId: 'id' } },
      { title: 'Add Custom SWA App', body: customSwaApp },
      { title: 'Add Basic Auth App', body: basicAuthApp },
      {
        title: 'Add Plugin SWA App',
        body: pluginSwaApp('EDIT_USERNAME_AND_PASSWORD'),
        saves: { swaAppId: 'id' },
      },
      { title: 'Add WS-Fed App', body: wsFedApp },
      { title: 'Add SWA App', body: swaApp },
      {
        title: 'Add OAuth2 Client App',
        body: oauthApp,
        saves: { oauthAppId: 'id', clientId: 'credentials.oauthClient.client_id' },
      },
      {
        title: 'Add OAuth2 Service App',
        body: serviceApp,
        saves: { serviceAppId: 'id', clientId: 'credentials.oauthClient.client_id' },
      },
      {
        title: 'Add Okta Org2Org App',
        body: org2orgApp,
        saves: { org2orgAppId: 'id', appInstanceId: 'id', appName: 'name' },
      },
      {
        title: 'Add Bookmark App',
        body: bookmarkApp,
        saves: { appId: 'id', policyId: '_links.accessPolicy.href/' },
      },
    ],
  }),

  listApps: defineOperation({
    ...any,
    method: 'GET',
    path: '/api/v1/apps',
    summary: 'List apps, or find them by q or filter',
    query: z.object({
      ...cursorQuery,
      q: z.string().optional(),
      filter: z.string().optional(),
      expand: z.string().optional(),
      includeNonDeleted: z.string().optional(),
      useOptimization: z.string().optional(),
      alwaysIncludeVpnSettings: z.string().optional(),
    }),
    paging: { defaultLimit: 20, maxLimit: 200 },
    success: { status: 200, answer: z.array(App) },
    errors: ['E0000001', 'E0000029', 'E0000031', 'E0000094'],
    examples: [
      { title: 'List Apps' },
      { title: 'List INACTIVE Apps', query: { filter: 'status eq "INACTIVE"' } },
      { title: 'List ACTIVE Apps', query: { filter: 'status eq "ACTIVE"' } },
      { title: 'Get Apps Assigned to User', query: { filter: 'user.id eq "{{userId}}"' } },
      {
        title: 'List Apps Using a key',
        query: { filter: 'credentials.signing.kid eq "{{keyId}}"' },
      },
      {
        title: 'List Apps Assigned to User',
        query: { filter: 'user.id eq "{{userId}}"', expand: 'user/{{userId}}' },
      },
    ],
  }),

  getApp: defineOperation({
    ...one,
    method: 'GET',
    path: app,
    summary: 'Read an app',
    query: ExpandQuery,
    success: { status: 200, answer: App },
    errors: missing,
    examples: [{ title: 'Get App' }],
  }),

  replaceApp: defineOperation({
    ...one,
    method: 'PUT',
    path: app,
    summary: 'Replace the settings of an app',
    body: AppBody,
    success: { status: 200, answer: App },
    errors: [...invalid, 'E0000024', 'E0000039', 'E0000040', 'E0000044'],
    events: ['application.lifecycle.update', 'app.oauth2.client.lifecycle.update', 'app.keys.rotate'],
    examples: [
      {
        title: 'Update Application Certificate',
        path: saml,
        body: { ...customSamlApp, credentials: { signing: { kid: '{{keyId}}' } } },
      },
      {
        title: 'Set Plugin SWA to Shared Creds',
        path: { appId: '{{swaAppId}}' },
        body: {
          ...pluginSwaApp('SHARED_USERNAME_AND_PASSWORD'),
          credentials: {
            scheme: 'SHARED_USERNAME_AND_PASSWORD',
            userName: 'shared@example.com',
            password: { value: '{{password}}' },
          },
        },
      },
      {
        title: 'Set Plugin SWA to User Edit Password',
        path: { appId: '{{swaAppId}}' },
        body: pluginSwaApp('EDIT_PASSWORD_ONLY'),
      },
      {
        title: 'Set Plugin SWA to Okta Password',
        path: { appId: '{{swaAppId}}' },
        body: pluginSwaApp('EXTERNAL_PASSWORD_SYNC'),
      },
      {
        title: 'Set Plugin SWA to User Edit UserName & Password',
        path: { appId: '{{swaAppId}}' },
        body: pluginSwaApp('EDIT_USERNAME_AND_PASSWORD'),
      },
      {
        title: 'Set Plugin SWA to Administrator Sets Username and Password',
        path: { appId: '{{swaAppId}}' },
        body: pluginSwaApp('ADMIN_SETS_CREDENTIALS'),
      },
    ],
  }),

  deleteApp: defineOperation({
    ...one,
    method: 'DELETE',
    path: app,
    summary: 'Delete an app that is not active',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007', 'E0000009', 'E0000056'],
    events: ['application.lifecycle.delete', 'app.oauth2.client.lifecycle.delete'],
    examples: [{ title: 'Delete App' }],
  }),

  setPolicy: defineOperation({
    ...any,
    docs: docsOf('ApplicationPolicies'),
    method: 'PUT',
    path: `${app}/policies/{policyId}`,
    summary: 'Put an app under an access policy',
    success: { status: 204 },
    errors: ['E0000001', 'E0000007'],
    examples: [
      // Only Identity Engine has policies for apps.
      { title: 'Assign Access Policy to App', without: { variable: 'policyId', status: 404 } },
    ],
  }),

  activateApp: defineOperation({
    ...any,
    method: 'POST',
    path: `${app}/lifecycle/activate`,
    summary: 'Activate an app',
    success: { status: 200, answer: EmptyObject },
    errors: missing,
    events: ['application.lifecycle.activate'],
    examples: [{ title: 'Activate App' }],
  }),

  deactivateApp: defineOperation({
    ...any,
    method: 'POST',
    path: `${app}/lifecycle/deactivate`,
    summary: 'Deactivate an app',
    success: { status: 200, answer: EmptyObject },
    errors: missing,
    events: ['application.lifecycle.deactivate'],
    examples: [{ title: 'Deactivate App' }],
  }),

  assignUser: defineOperation({
    ...appUsers,
    method: 'POST',
    path: `${app}/users`,
    summary: 'Assign a user to an app',
    body: AssignUserBody,
    success: { status: 200, answer: AppUser },
    errors: [...invalid, 'E0000041', 'E0000062', 'E0000075', 'E0000117'],
    events: ['application.user_membership.add'],
    examples: [
      {
        title: 'Assign User to App for SSO',
        path: { appId: '{{swaAppId}}' },
        body: {
          id: '{{userId}}',
          scope: 'USER',
          credentials: { userName: 'ines.baker@example.com', password: { value: '{{password}}' } },
        },
      },
      {
        title: 'Assign User to App for SSO & Provisioning',
        path: org2org,
        body: {
          id: '{{userId}}',
          scope: 'USER',
          credentials: { userName: 'ines.baker@example.com' },
          profile: { firstName: 'Ines', lastName: 'Baker', email: 'ines.baker@example.com' },
        },
      },
    ],
  }),

  listUsers: defineOperation({
    ...appUsers,
    method: 'GET',
    path: `${app}/users`,
    summary: 'List the users of an app',
    query: z.object({ ...cursorQuery, q: z.string().optional(), expand: z.string().optional() }),
    paging: { defaultLimit: 50, maxLimit: 500 },
    success: { status: 200, answer: z.array(AppUser) },
    errors: ['E0000001', 'E0000007', 'E0000029'],
    examples: [{ title: 'List Users Assigned to App', path: { appId: '{{swaAppId}}' } }],
  }),

  getUser: defineOperation({
    ...appUsers,
    method: 'GET',
    path: `${app}/users/{userId}`,
    summary: 'Read a user of an app',
    query: ExpandQuery,
    success: { status: 200, answer: AppUser },
    errors: missing,
    examples: [{ title: 'Get Assigned User for App', path: { appId: '{{swaAppId}}' } }],
  }),

  updateUser: defineOperation({
    ...appUsers,
    method: 'POST',
    path: `${app}/users/{userId}`,
    summary: 'Change the credentials or the profile of a user of an app',
    body: UpdateAppUserBody,
    success: { status: 200, answer: AppUser },
    errors: [...invalid, 'E0000041', 'E0000075', 'E0000117'],
    events: [
      'application.user_membership.update',
      'application.user_membership.change_username',
      'application.user_membership.change_password',
    ],
    examples: [
      {
        title: 'Update App Credentials for Assigned User',
        path: { appId: '{{swaAppId}}' },
        body: {
          credentials: { userName: 'ines@example.com', password: { value: '{{newPassword}}' } },
        },
      },
      {
        title: 'Update App Profile for Assigned User',
        path: org2org,
        body: { profile: { firstName: 'Ines', lastName: 'Baker-Stone' } },
      },
    ],
  }),

  removeUser: defineOperation({
    ...appUsers,
    method: 'DELETE',
    path: `${app}/users/{userId}`,
    summary: 'Take an app away from a user',
    query: z.object({ sendEmail: Flag.optional() }),
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007', 'E0000046'],
    events: ['application.user_membership.remove'],
    examples: [{ title: 'Remove User from App', path: { appId: '{{swaAppId}}' } }],
  }),

  listGroups: defineOperation({
    ...appGroups,
    method: 'GET',
    path: `${app}/groups`,
    summary: 'List the groups of an app',
    query: z.object({ ...cursorQuery, q: z.string().optional(), expand: z.string().optional() }),
    paging: { defaultLimit: 20, maxLimit: 200 },
    success: { status: 200, answer: z.array(AppGroup) },
    errors: ['E0000001', 'E0000007', 'E0000029'],
    examples: [{ title: 'List Assigned Groups' }],
  }),

  getGroup: defineOperation({
    ...appGroups,
    method: 'GET',
    path: `${app}/groups/{groupId}`,
    summary: 'Read a group of an app',
    query: ExpandQuery,
    success: { status: 200, answer: AppGroup },
    errors: missing,
    examples: [{ title: 'Get Assigned Group for App' }],
  }),

  assignGroup: defineOperation({
    ...appGroups,
    method: 'PUT',
    path: `${app}/groups/{groupId}`,
    summary: 'Assign a group to an app',
    body: AppGroupBody,
    bodyRequired: false,
    success: { status: 200, answer: AppGroup },
    errors: invalid,
    events: ['group.application_assignment.add', 'group.application_assignment.update'],
    examples: [{ title: 'Assign Group to App', body: {} }],
  }),

  patchGroup: defineOperation({
    ...appGroups,
    method: 'PATCH',
    path: `${app}/groups/{groupId}`,
    summary: 'Change the assignment of a group by JSON Patch',
    body: AppGroupPatch,
    success: { status: 200, answer: AppGroup },
    errors: invalid,
    events: ['group.application_assignment.update'],
    examples: [
      {
        title: 'Patch Assigned Group of App',
        body: [{ op: 'replace', path: '/priority', value: 1 }],
      },
    ],
  }),

  removeGroup: defineOperation({
    ...appGroups,
    method: 'DELETE',
    path: `${app}/groups/{groupId}`,
    summary: 'Take an app away from a group',
    irreversible: true,
    success: { status: 204 },
    errors: missing,
    events: ['group.application_assignment.remove'],
    examples: [{ title: 'Remove Group from App' }],
  }),

  generateKey: defineOperation({
    ...keys,
    method: 'POST',
    path: `${keyPath}/generate`,
    summary: 'Make a signing key and its certificate',
    query: z.object({ validityYears: z.string().optional() }),
    success: { status: 201, answer: AppKey },
    errors: ['E0000001', 'E0000007'],
    events: ['app.keys.generate'],
    examples: [
      {
        title: 'Generate Certificate',
        path: saml,
        query: { validityYears: '2' },
        saves: { keyId: 'kid' },
      },
    ],
  }),

  cloneKey: defineOperation({
    ...keys,
    method: 'POST',
    path: `${keyPath}/{keyId}/clone`,
    summary: 'Copy a signing key to another app',
    query: z.object({ targetAid: z.string().optional() }),
    success: { status: 201, answer: AppKey },
    errors: ['E0000001', 'E0000007', 'E0000028'],
    events: ['app.keys.clone'],
    examples: [{ title: 'Share/Clone Certificate', path: saml, query: { targetAid: '{{oauthAppId}}' } }],
  }),

  listKeys: defineOperation({
    ...keys,
    method: 'GET',
    path: keyPath,
    summary: 'List the signing keys of an app',
    success: { status: 200, answer: z.array(AppKey) },
    errors: missing,
    examples: [{ title: 'List Certificates', path: saml }],
  }),

  getKey: defineOperation({
    ...keys,
    method: 'GET',
    path: `${keyPath}/{keyId}`,
    summary: 'Read a signing key of an app',
    success: { status: 200, answer: AppKey },
    errors: missing,
    examples: [{ title: 'Get Certificate', path: saml }],
  }),

  getSamlMetadata: defineOperation({
    ...any,
    docs: docsOf('ApplicationSSO'),
    method: 'GET',
    path: `${app}/sso/saml/metadata`,
    summary: 'Preview the SAML metadata of an app',
    query: z.object({ kid: z.string().optional() }),
    success: { status: 200, answer: z.string(), contentType: 'application/xml' },
    errors: ['E0000007', 'E0000019'],
    examples: [
      {
        title: 'Preview SAML metadata',
        path: saml,
        query: { kid: '{{keyId}}' },
        headers: { Accept: 'application/xml' },
      },
    ],
  }),

  createCsr: defineOperation({
    ...keys,
    method: 'POST',
    path: csrPath,
    summary: 'Make a key and a request to sign its certificate',
    body: CsrBody,
    success: { status: 201, answer: AppCsr },
    errors: invalid,
    examples: [
      {
        title: 'Generate CSR in PKCS#10',
        path: saml,
        headers: { Accept: 'application/pkcs10' },
        body: {
          subject: { countryName: 'PT', organizationName: 'Example', commonName: 'Pilot station' },
          subjectAltNames: { dnsNames: ['sso.example.com'] },
        },
      },
      {
        title: 'Generate CSR in JSON',
        path: saml,
        body: {
          subject: { countryName: 'PT', organizationName: 'Example', commonName: 'Pilot station' },
          subjectAltNames: { dnsNames: ['sso.example.com'] },
        },
        saves: { csrId: 'id' },
      },
    ],
  }),

  listCsrs: defineOperation({
    ...keys,
    method: 'GET',
    path: csrPath,
    summary: 'List the certificate requests of an app',
    success: { status: 200, answer: z.array(AppCsr) },
    errors: missing,
    examples: [{ title: 'List CSRs', path: saml }],
  }),

  getCsr: defineOperation({
    ...keys,
    method: 'GET',
    path: `${csrPath}/{csrId}`,
    summary: 'Read a certificate request of an app',
    success: { status: 200, answer: AppCsr },
    errors: missing,
    examples: [{ title: 'Get CSR', path: saml }],
  }),

  publishCsr: defineOperation({
    ...keys,
    method: 'POST',
    path: `${csrPath}/{csrId}/lifecycle/publish`,
    summary: 'Publish the certificate that answers a request',
    body: RawBody,
    bodyType: 'certificate',
    success: { status: 201, answer: AppKey },
    errors: ['E0000001', 'E0000007', 'E0000019'],
    examples: [
      {
        title: 'Publish CSR with PEM',
        path: saml,
        description: 'Sign the request before and put the certificate into the variable `certificate`.',
        raw: { contentType: 'application/x-pem-file', text: '{{certificate}}' },
        without: { variable: 'certificate', status: 400 },
      },
    ],
  }),

  revokeCsr: defineOperation({
    ...keys,
    method: 'DELETE',
    path: `${csrPath}/{csrId}`,
    summary: 'Revoke a certificate request',
    irreversible: true,
    success: { status: 204 },
    errors: missing,
    examples: [{ title: 'Revoke CSR', path: saml }],
  }),

  createSecret: defineOperation({
    ...secrets,
    method: 'POST',
    path: `${app}/credentials/secrets`,
    summary: 'Give an OAuth client a second secret',
    body: ClientSecretBody,
    bodyRequired: false,
    success: { status: 201, answer: ClientSecret },
    errors: invalid,
    examples: [{ title: 'Add Client Secret', path: oauth, body: {}, saves: { secretId: 'id' } }],
  }),

  listSecrets: defineOperation({
    ...secrets,
    method: 'GET',
    path: `${app}/credentials/secrets`,
    summary: 'List the secrets of an OAuth client',
    success: { status: 200, answer: z.array(ClientSecret) },
    errors: missing,
    examples: [{ title: 'List Client Secrets', path: oauth }],
  }),

  getSecret: defineOperation({
    ...secrets,
    method: 'GET',
    path: secretPath,
    summary: 'Read a secret of an OAuth client',
    success: { status: 200, answer: ClientSecret },
    errors: missing,
    examples: [{ title: 'Get Client Secret', path: oauth }],
  }),

  activateSecret: defineOperation({
    ...secrets,
    method: 'POST',
    path: `${secretPath}/lifecycle/activate`,
    summary: 'Activate a secret of an OAuth client',
    success: { status: 200, answer: ClientSecret },
    errors: missing,
    examples: [{ title: 'Activate Client Secret', path: oauth }],
  }),

  deactivateSecret: defineOperation({
    ...secrets,
    method: 'POST',
    path: `${secretPath}/lifecycle/deactivate`,
    summary: 'Deactivate a secret of an OAuth client',
    success: { status: 200, answer: ClientSecret },
    errors: ['E0000001', 'E0000007'],
    examples: [{ title: 'Deactivate Client Secret', path: oauth }],
  }),

  deleteSecret: defineOperation({
    ...secrets,
    method: 'DELETE',
    path: secretPath,
    summary: 'Delete an inactive secret of an OAuth client',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000001', 'E0000007'],
    examples: [{ title: 'Delete Client Secret', path: oauth }],
  }),

  createJwk: defineOperation({
    ...secrets,
    method: 'POST',
    path: `${app}/credentials/jwks`,
    summary: 'Give an OAuth client a public key',
    body: ClientJwkBody,
    success: { status: 201, answer: ClientJwk },
    errors: invalid,
    examples: [
      {
        title: 'Add JSON Web Key',
        path: oauth,
        body: { kty: 'RSA', alg: 'RS256', use: 'sig', kid: '{{$guid}}', e: 'AQAB', n: modulus },
        saves: { jwkId: 'id' },
      },
    ],
  }),

  listJwks: defineOperation({
    ...secrets,
    method: 'GET',
    path: `${app}/credentials/jwks`,
    summary: 'List the public keys of an OAuth client',
    success: { status: 200, answer: ClientJwks },
    errors: missing,
    examples: [{ title: 'List JSON Web Keys', path: oauth }],
  }),

  getJwk: defineOperation({
    ...secrets,
    method: 'GET',
    path: jwkPath,
    summary: 'Read a public key of an OAuth client',
    success: { status: 200, answer: ClientJwk },
    errors: missing,
    examples: [{ title: 'Get JSON Web Key', path: oauth }],
  }),

  activateJwk: defineOperation({
    ...secrets,
    method: 'POST',
    path: `${jwkPath}/lifecycle/activate`,
    summary: 'Activate a public key of an OAuth client',
    success: { status: 200, answer: ClientJwk },
    errors: missing,
    examples: [{ title: 'Activate JSON Web Key', path: oauth }],
  }),

  deactivateJwk: defineOperation({
    ...secrets,
    method: 'POST',
    path: `${jwkPath}/lifecycle/deactivate`,
    summary: 'Deactivate a public key of an OAuth client',
    success: { status: 200, answer: ClientJwk },
    errors: ['E0000001', 'E0000007'],
    examples: [{ title: 'Deactivate JSON Web Key', path: oauth }],
  }),

  deleteJwk: defineOperation({
    ...secrets,
    method: 'DELETE',
    path: jwkPath,
    summary: 'Delete an inactive public key of an OAuth client',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000001', 'E0000007'],
    examples: [{ title: 'Delete JSON Web Key', path: oauth }],
  }),

  createGrant: defineOperation({
    ...grants,
    method: 'POST',
    path: `${app}/grants`,
    summary: 'Let an app have one of the scopes of the org',
    body: AppGrantBody,
    success: { status: 200, answer: Grant },
    errors: invalid,
    events: ['app.oauth2.as.consent.grant'],
    examples: [
      {
        title: 'Grant consent to scope',
        path: oauth,
        body: { issuer: '{{url}}', scopeId: 'okta.users.read' },
        saves: { grantId: 'id' },
      },
    ],
  }),

  listGrants: defineOperation({
    ...grants,
    method: 'GET',
    path: `${app}/grants`,
    summary: 'List the scopes that an app has',
    query: ExpandQuery,
    success: { status: 200, answer: z.array(Grant) },
    errors: missing,
    examples: [{ title: 'List scope consent grants', path: oauth }],
  }),

  getGrant: defineOperation({
    ...grants,
    method: 'GET',
    path: `${app}/grants/{grantId}`,
    summary: 'Read one scope of an app',
    query: ExpandQuery,
    success: { status: 200, answer: Grant },
    errors: missing,
    examples: [{ title: 'Get single scope consent grant', path: oauth }],
  }),

  revokeGrant: defineOperation({
    ...grants,
    method: 'DELETE',
    path: `${app}/grants/{grantId}`,
    summary: 'Take a scope away from an app',
    irreversible: true,
    success: { status: 204 },
    errors: missing,
    events: ['app.oauth2.as.consent.revoke'],
    examples: [{ title: 'Revoke scope consent grant', path: oauth }],
  }),

  listTokens: defineOperation({
    ...tokens,
    method: 'GET',
    path: `${app}/tokens`,
    summary: 'List the refresh tokens of an app',
    query: CursorQuery.extend({ expand: z.string().optional() }),
    paging: { defaultLimit: 20, maxLimit: 200 },
    success: { status: 200, answer: z.array(RefreshToken) },
    errors: missing,
    examples: [{ title: 'List OAuth 2.0 Tokens of App', path: oauth, saves: { tokenId: '0.id' } }],
  }),

  getToken: defineOperation({
    ...tokens,
    method: 'GET',
    path: `${app}/tokens/{tokenId}`,
    summary: 'Read a refresh token of an app',
    query: ExpandQuery,
    success: { status: 200, answer: RefreshToken },
    errors: missing,
    examples: [
      {
        title: 'Get OAuth 2.0 Token of App',
        path: oauth,
        without: { variable: 'tokenId', status: 404 },
      },
    ],
  }),

  revokeTokens: defineOperation({
    ...tokens,
    method: 'DELETE',
    path: `${app}/tokens`,
    summary: 'Revoke every refresh token of an app',
    irreversible: true,
    success: { status: 204 },
    errors: missing,
    examples: [{ title: 'Revoke OAuth 2.0 Tokens of App', path: oauth }],
  }),

  revokeToken: defineOperation({
    ...tokens,
    method: 'DELETE',
    path: `${app}/tokens/{tokenId}`,
    summary: 'Revoke one refresh token of an app',
    irreversible: true,
    success: { status: 204 },
    errors: missing,
    examples: [
      {
        title: 'Revoke OAuth 2.0 Token of App',
        path: oauth,
        without: { variable: 'tokenId', status: 404 },
      },
    ],
  }),

  uploadLogo: defineOperation({
    ...any,
    docs: docsOf('ApplicationLogos'),
    method: 'POST',
    path: `${app}/logo`,
    summary: 'Give an app a picture',
    description: 'One PNG, JPG, SVG or GIF of less than a megabyte, as the field `file` of a form.',
    body: RawBody,
    bodyType: 'multipart',
    success: { status: 201 },
    errors: ['E0000001', 'E0000007'],
    events: ['application.configuration.update_logo'],
    examples: [{ title: 'Update logo', raw: picture }],
  }),

  getConnection: defineOperation({
    ...connections,
    method: 'GET',
    path: `${app}/connections/default`,
    summary: 'Read the provisioning connection of an app',
    success: { status: 200, answer: ProvisioningConnection },
    errors: missing,
    examples: [{ title: 'Get Default Provisioning Connection', path: org2org }],
  }),

  setConnection: defineOperation({
    ...connections,
    method: 'POST',
    path: `${app}/connections/default`,
    summary: 'Set the provisioning connection of an app',
    query: z.object({ activate: Flag.optional() }),
    body: ConnectionBody,
    success: { status: 200, answer: ProvisioningConnection },
    errors: invalid,
    examples: [
      {
        title: 'Create Default Provisioning Connection',
        path: org2org,
        query: { activate: 'true' },
        body: { profile: { authScheme: 'TOKEN', token: '{{apikey}}' } },
      },
    ],
  }),

  activateConnection: defineOperation({
    ...connections,
    method: 'POST',
    path: `${app}/connections/default/lifecycle/activate`,
    summary: 'Switch the provisioning connection of an app on',
    success: { status: 204 },
    errors: missing,
    examples: [{ title: 'Activate Default Provisioning Connection', path: org2org }],
  }),

  deactivateConnection: defineOperation({
    ...connections,
    method: 'POST',
    path: `${app}/connections/default/lifecycle/deactivate`,
    summary: 'Switch the provisioning connection of an app off',
    success: { status: 204 },
    errors: missing,
    examples: [{ title: 'Deactivate Default Provisioning Connection', path: org2org }],
  }),

  listFeatures: defineOperation({
    ...features,
    method: 'GET',
    path: `${app}/features`,
    summary: 'List the provisioning features of an app',
    success: { status: 200, answer: z.array(AppFeature) },
    errors: ['E0000001', 'E0000007', 'E0000047'],
    examples: [{ title: 'Get Features', path: org2org }],
  }),

  getFeature: defineOperation({
    ...features,
    method: 'GET',
    path: `${app}/features/{featureName}`,
    summary: 'Read a provisioning feature of an app',
    success: { status: 200, answer: AppFeature },
    errors: ['E0000001', 'E0000007', 'E0000047'],
    examples: [
      {
        title: 'Get USER_PROVISIONING Feature',
        path: { ...org2org, featureName: 'USER_PROVISIONING' },
      },
    ],
  }),

  updateFeature: defineOperation({
    ...features,
    method: 'PUT',
    path: `${app}/features/{featureName}`,
    summary: 'Change what a provisioning feature of an app does',
    body: FeatureBody,
    success: { status: 200, answer: AppFeature },
    errors: invalid,
    examples: [
      {
        title: 'Update USER_PROVISIONING Feature',
        path: { ...org2org, featureName: 'USER_PROVISIONING' },
        body: {
          create: { lifecycleCreate: { status: 'ENABLED' } },
          update: {
            lifecycleDeactivate: { status: 'ENABLED' },
            profile: { status: 'ENABLED' },
            password: { status: 'ENABLED', seed: 'RANDOM', change: 'CHANGE' },
          },
        },
      },
    ],
  }),

  listGroupPushes: defineOperation({
    ...pushes,
    method: 'GET',
    path: pushPath,
    summary: 'List the groups that are pushed to an app',
    query: CursorQuery.extend({ sourceGroupId: z.string().optional(), status: z.string().optional() }),
    paging: { defaultLimit: 100, maxLimit: 1000 },
    success: { status: 200, answer: z.array(GroupPush) },
    errors: missing,
    examples: [{ title: 'List Group Push Mappings', path: org2org }],
  }),

  createGroupPush: defineOperation({
    ...pushes,
    method: 'POST',
    path: pushPath,
    summary: 'Push a group to an app',
    body: GroupPushBody,
    success: { status: 200, answer: GroupPush },
    errors: invalid,
    examples: [
      {
        title: 'Create Group Push Mapping',
        path: org2org,
        body: { sourceGroupId: '{{groupId}}', targetGroupName: 'Pushed {{$guid}}' },
        saves: { mappingId: 'id' },
      },
    ],
  }),

  getGroupPush: defineOperation({
    ...pushes,
    method: 'GET',
    path: `${pushPath}/{mappingId}`,
    summary: 'Read how a group is pushed to an app',
    success: { status: 200, answer: GroupPush },
    errors: missing,
    examples: [{ title: 'Get Group Push Mapping', path: org2org }],
  }),

  updateGroupPush: defineOperation({
    ...pushes,
    method: 'PATCH',
    path: `${pushPath}/{mappingId}`,
    summary: 'Pause or resume the push of a group',
    body: GroupPushStatusBody,
    success: { status: 200, answer: GroupPush },
    errors: invalid,
    examples: [{ title: 'Deactivate Group Push Mapping', path: org2org, body: { status: 'INACTIVE' } }],
  }),

  deleteGroupPush: defineOperation({
    ...pushes,
    method: 'DELETE',
    path: `${pushPath}/{mappingId}`,
    summary: 'End the push of a group that is paused',
    query: z.object({ deleteTargetGroup: Flag.optional() }),
    irreversible: true,
    success: { status: 200 },
    errors: ['E0000001', 'E0000007'],
    examples: [{ title: 'Delete Group Push Mapping', path: org2org, query: { deleteTargetGroup: 'true' } }],
  }),
};
