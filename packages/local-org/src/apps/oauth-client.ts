import type { AppInput } from '@castellan/okta-api';
import { invalid } from '../okta-error.ts';
import type { AppCredentials, AppRecord, Json } from '../store/records.ts';

type OAuthInput = NonNullable<NonNullable<AppInput['settings']>['oauthClient']>;
type OAuthCredentials = NonNullable<AppCredentials['oauthClient']>;

/** Grants that each type of client may have (apps#details). */
const grantsOf: Readonly<Record<string, readonly string[]>> = {
  web: ['authorization_code', 'implicit', 'refresh_token', 'client_credentials'],
  native: ['authorization_code', 'implicit', 'password', 'refresh_token'],
  browser: ['authorization_code', 'implicit', 'refresh_token'],
  service: ['client_credentials'],
};

/** Grants of Identity Engine and of extensions, which clients with users may have besides. */
const EXTENSIONS = ['interaction_code', 'urn:'];

/** Grants that need no place to return to. */
const WITHOUT_REDIRECT = new Set(['password', 'client_credentials', 'urn:openid:params:grant-type:ciba']);

const usualGrants: Readonly<Record<string, readonly string[]>> = {
  service: ['client_credentials'],
};

/** `settings.oauthClient`, complete. Throws E0000001 naming the setting that does not go with the others. */
export function readOAuthClient(body: AppInput, before: AppRecord | undefined): Record<string, Json> {
  const given = body.settings?.oauthClient ?? {};
  const old = before?.settings.oauthClient as Readonly<Record<string, Json>> | undefined;
  const type = given.application_type ?? (old?.application_type as string | undefined) ?? 'web';
  if (old && old.application_type !== type)
    throw invalid('application_type', 'application_type: The type of a client cannot be changed');
  const grants = given.grant_types ?? usualGrants[type] ?? ['authorization_code'];
  const responses = given.response_types ?? (grants.includes('client_credentials') ? ['token'] : ['code']);
  const redirects = given.redirect_uris ?? [];
  checkGrants(type, grants, responses, redirects, given);
  checkAddresses(given);
  const login = given.idp_initiated_login ?? { mode: 'DISABLED' as const };
  if ((login.mode ?? 'DISABLED') !== 'DISABLED' && !given.initiate_login_uri)
    throw invalid('initiate_login_uri', 'initiate_login_uri: The field cannot be left blank');
  return {
    client_uri: given.client_uri ?? null,
    logo_uri: given.logo_uri ?? null,
    ...(given.tos_uri ? { tos_uri: given.tos_uri } : {}),
    ...(given.policy_uri ? { policy_uri: given.policy_uri } : {}),
    ...(redirects.length > 0 ? { redirect_uris: redirects } : {}),
    ...(given.post_logout_redirect_uris
      ? { post_logout_redirect_uris: given.post_logout_redirect_uris }
      : {}),
    response_types: responses,
    grant_types: grants,
    ...(given.initiate_login_uri ? { initiate_login_uri: given.initiate_login_uri } : {}),
    ...(given.jwks?.keys ? { jwks: { keys: given.jwks.keys } } : {}),
    ...(given.jwks_uri ? { jwks_uri: given.jwks_uri } : {}),
    participate_slo: given.participate_slo ?? false,
    application_type: type,
    consent_method: given.consent_method ?? 'TRUSTED',
    issuer_mode: given.issuer_mode ?? 'DYNAMIC',
    ...readRefresh(type, grants, given),
    idp_initiated_login: { mode: login.mode ?? 'DISABLED', default_scope: login.default_scope ?? [] },
    wildcard_redirect: given.wildcard_redirect ?? 'DISABLED',
    dpop_bound_access_tokens: given.dpop_bound_access_tokens ?? false,
    ...extrasOf(given),
  };
}

function checkGrants(
  type: string,
  grants: readonly string[],
  responses: readonly string[],
  redirects: readonly string[],
  given: OAuthInput,
): void {
  const allowed = grantsOf[type] ?? [];
  const refused = grants.find(
    (grant) =>
      !allowed.includes(grant) &&
      (type === 'service' || !EXTENSIONS.some((start) => grant.startsWith(start))),
  );
  if (refused !== undefined)
    throw invalid('grant_types', `grant_types: ${refused} is not allowed for a client of type ${type}`);
  if (grants.length === 0) throw invalid('grant_types', 'grant_types: The field cannot be left blank');
  if (grants.includes('refresh_token') && grants.every((grant) => grant === 'refresh_token'))
    throw invalid('grant_types', 'grant_types: refresh_token needs authorization_code');
  if (grants.includes('authorization_code') && !responses.includes('code'))
    throw invalid('response_types', 'response_types: code is needed for the grant authorization_code');
  if (grants.includes('implicit') && !responses.some((one) => one === 'token' || one === 'id_token'))
    throw invalid('response_types', 'response_types: token or id_token is needed for the grant implicit');
  if (redirects.length === 0 && !grants.every((grant) => WITHOUT_REDIRECT.has(grant)))
    throw invalid('redirect_uris', 'redirect_uris: The field cannot be left blank');
  if (given.dpop_bound_access_tokens && grants.includes('implicit'))
    throw invalid('dpop_bound_access_tokens', 'dpop_bound_access_tokens: implicit cannot be bound to a key');
}

/** An address with a scheme of its own (`myapp:/callback`) or of the web; a wildcard may stand in the host. */
function checkAddresses(given: OAuthInput): void {
  for (const name of ['redirect_uris', 'post_logout_redirect_uris'] as const) {
    for (const address of given[name] ?? []) {
      if (!/^[a-z][a-z0-9+.-]*:\S+$/i.test(address) || address.includes('#'))
        throw invalid(name, `${name}: '${address}' is not an absolute address without a fragment`);
      if (given.wildcard_redirect !== 'SUBDOMAIN' && /^[^/]+:\/\/[^/]*\*/.test(address))
        throw invalid(name, `${name}: '${address}' has a wildcard, and wildcard_redirect is DISABLED`);
    }
  }
  for (const name of [
    'client_uri',
    'logo_uri',
    'tos_uri',
    'policy_uri',
    'initiate_login_uri',
    'jwks_uri',
  ] as const) {
    const address = given[name];
    if (address && !/^https?:\/\/\S+$/i.test(address))
      throw invalid(name, `${name}: The field must be a URL`);
  }
}

const LEEWAY = 30;

/** Okta: a browser's tokens rotate unless said otherwise; leeway counts, and shows, only where they do. */
function readRefresh(type: string, grants: readonly string[], given: OAuthInput): Record<string, Json> {
  if (!grants.includes('refresh_token')) return {};
  const rotation = given.refresh_token?.rotation_type ?? (type === 'browser' ? 'ROTATE' : 'STATIC');
  if (rotation === 'STATIC') return { refresh_token: { rotation_type: rotation } };
  return { refresh_token: { rotation_type: rotation, leeway: given.refresh_token?.leeway ?? LEEWAY } };
}

const known = new Set([
  'application_type',
  'grant_types',
  'response_types',
  'redirect_uris',
  'post_logout_redirect_uris',
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'initiate_login_uri',
  'consent_method',
  'issuer_mode',
  'wildcard_redirect',
  'dpop_bound_access_tokens',
  'idp_initiated_login',
  'refresh_token',
  'jwks',
  'jwks_uri',
  'participate_slo',
]);

/** Settings of newer orgs that the reference does not list are given back as they came. */
function extrasOf(given: OAuthInput): Record<string, Json> {
  const extras = Object.entries(given).filter(([name, value]) => !known.has(name) && value !== null);
  return Object.fromEntries(extras) as Record<string, Json>;
}

/** `credentials.oauthClient` without its secret, which is kept with the client's secrets. Throws E0000001. */
export function readOAuthCredentials(
  id: string,
  body: AppInput,
  before: AppRecord | undefined,
): OAuthCredentials {
  const given = body.credentials?.oauthClient ?? {};
  const old = before?.credentials.oauthClient;
  const type = body.settings?.oauthClient?.application_type;
  const method = given.token_endpoint_auth_method ?? old?.token_endpoint_auth_method ?? usualMethod(type);
  const pkce = given.pkce_required ?? old?.pkce_required ?? (type === 'browser' || type === 'native');
  if (method === 'none' && !pkce)
    throw invalid('pkce_required', 'pkce_required: A client without a secret must use PKCE');
  // Okta: the id of a client never changes.
  return {
    client_id: old?.client_id ?? given.client_id ?? id,
    autoKeyRotation: given.autoKeyRotation ?? old?.autoKeyRotation ?? true,
    token_endpoint_auth_method: method,
    pkce_required: method === 'none' ? true : pkce,
  };
}

function usualMethod(type: string | null | undefined): string {
  return type === 'browser' || type === 'native' ? 'none' : 'client_secret_basic';
}

/** Whether a client proves itself with a secret. */
export function usesSecret(method: string): boolean {
  return method.startsWith('client_secret');
}
