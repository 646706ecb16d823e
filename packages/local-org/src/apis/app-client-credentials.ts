import { addSecret, toSecretView } from '../apps/client-secrets.ts';
import { getApp, getClientApp } from '../apps/get-app.ts';
import { usesSecret } from '../apps/oauth-client.ts';
import type { Context } from '../handling.ts';
import { invalid, notFound } from '../okta-error.ts';
import { toTimestamp } from '../people.ts';
import type {
  AppGrantRecord,
  AppRecord,
  ClientKeyRecord,
  ClientSecretRecord,
  Json,
} from '../store/records.ts';
import { page } from '../handling.ts';
import { toAppTarget } from '../apps/app-view.ts';
import type { AppHandlers } from './app-handlers.ts';

const MOST_SECRETS = 2;
const MOST_KEYS = 50;
const SHORTEST_MODULUS = 256;

/** What an OAuth client proves itself with, and what it may do: secrets, public keys, scopes, tokens. */
export const appClientCredentials = {
  createSecret({ params, body }, context) {
    const app = getSecretApp(context, params.appId);
    if (secretsOf(context, app).length >= MOST_SECRETS)
      throw invalid('client_secret', `client_secret: A client has at most ${MOST_SECRETS} secrets`);
    const value = checkSecret(app, body?.client_secret ?? undefined);
    return toSecretView(context, addSecret(context, app, value, body?.status));
  },

  listSecrets: ({ params }, context) =>
    secretsOf(context, getClientApp(context, params.appId)).map((one) => toSecretView(context, one)),

  getSecret: ({ params }, context) =>
    toSecretView(context, getSecret(context, getClientApp(context, params.appId), params.secretId)),

  activateSecret({ params }, context) {
    const secret = getSecret(context, getClientApp(context, params.appId), params.secretId);
    return toSecretView(context, putStatus(context, secret, 'ACTIVE'));
  },

  deactivateSecret({ params }, context) {
    const app = getClientApp(context, params.appId);
    const secret = getSecret(context, app, params.secretId);
    const others = secretsOf(context, app).filter((one) => one.id !== secret.id && one.status === 'ACTIVE');
    if (others.length === 0 && secret.status === 'ACTIVE')
      throw invalid('client_secret', 'client_secret: The last active secret cannot be deactivated');
    return toSecretView(context, putStatus(context, secret, 'INACTIVE'));
  },

  deleteSecret({ params }, context) {
    const secret = getSecret(context, getClientApp(context, params.appId), params.secretId);
    if (secret.status === 'ACTIVE')
      throw invalid('client_secret', 'client_secret: An active secret cannot be deleted');
    context.store.clientSecrets.delete(secret.id);
  },

  createJwk({ params, body }, context) {
    const app = getClientApp(context, params.appId);
    const { status, ...jwk } = body;
    checkKey(context, app, jwk);
    const { store, ids, now } = context;
    const key = store.clientKeys.put({
      id: ids.next('clientKey'),
      appId: app.id,
      created: now,
      lastUpdated: now,
      status: status ?? 'ACTIVE',
      jwk: { ...withoutNothing(jwk), kid: jwk.kid ?? ids.secret(KID_LENGTH) },
    });
    return toClientKeyView(context, key);
  },

  listJwks({ params }, context) {
    const app = getClientApp(context, params.appId);
    const keys = context.store.clientKeys.by('app', app.id);
    return { jwks: { keys: keys.map((one) => toClientKeyView(context, one)) } };
  },

  getJwk: ({ params }, context) =>
    toClientKeyView(context, getClientKey(context, getClientApp(context, params.appId), params.jwkId)),

  activateJwk({ params }, context) {
    const key = getClientKey(context, getClientApp(context, params.appId), params.jwkId);
    return toClientKeyView(
      context,
      context.store.clientKeys.put({ ...key, status: 'ACTIVE', lastUpdated: context.now }),
    );
  },

  deactivateJwk({ params }, context) {
    const app = getClientApp(context, params.appId);
    const key = getClientKey(context, app, params.jwkId);
    const active = context.store.clientKeys.by('app', app.id).filter((one) => one.status === 'ACTIVE');
    const isNeeded = app.credentials.oauthClient?.token_endpoint_auth_method === 'private_key_jwt';
    if (isNeeded && active.length === 1 && active[0]?.id === key.id)
      throw invalid(
        'JsonWebKey',
        'The last active key of a client that signs its requests cannot be deactivated',
      );
    return toClientKeyView(
      context,
      context.store.clientKeys.put({ ...key, status: 'INACTIVE', lastUpdated: context.now }),
    );
  },

  deleteJwk({ params }, context) {
    const key = getClientKey(context, getClientApp(context, params.appId), params.jwkId);
    if (key.status === 'ACTIVE') throw invalid('JsonWebKey', 'An active key cannot be deleted');
    context.store.clientKeys.delete(key.id);
  },

  createGrant({ params, body }, context) {
    const { store, ids, now, caller } = context;
    const app = getApp(context, params.appId);
    if (!/^https?:\/\/\S+$/i.test(body.issuer)) throw invalid('issuer', 'issuer: The field must be a URL');
    if (!/^okta\.[A-Za-z]+(?:\.[A-Za-z]+)*$/.test(body.scopeId))
      throw invalid('scopeId', `scopeId: There is no scope ${body.scopeId}`);
    const known = store.appGrants.by('app', app.id).find((one) => one.scopeId === body.scopeId);
    const grant =
      known ??
      store.appGrants.put({
        id: ids.next('grant'),
        appId: app.id,
        issuer: body.issuer,
        scopeId: body.scopeId,
        created: now,
        createdBy: caller.user?.id ?? '',
      });
    logGrant(context, app, 'grant');
    return toGrantView(context, app, grant, 'scope');
  },

  listGrants({ params, query }, context) {
    const app = getApp(context, params.appId);
    return context.store.appGrants
      .by('app', app.id)
      .map((grant) => toGrantView(context, app, grant, query.expand));
  },

  getGrant({ params, query }, context) {
    const app = getApp(context, params.appId);
    return toGrantView(context, app, getGrant(context, app, params.grantId), query.expand);
  },

  revokeGrant({ params }, context) {
    const app = getApp(context, params.appId);
    context.store.appGrants.delete(getGrant(context, app, params.grantId).id);
    logGrant(context, app, 'revoke');
  },

  // No OAuth server stands behind this org, so no app has refresh tokens.
  listTokens({ params, query }, context) {
    getApp(context, params.appId);
    return page({ items: [], self: [['limit', String(query.limit ?? DEFAULT_TOKENS)]] });
  },

  getToken: ({ params }, context) => noToken(context, params.appId, params.tokenId),

  revokeTokens: ({ params }, context) => void getApp(context, params.appId),

  revokeToken: ({ params }, context) => noToken(context, params.appId, params.tokenId),
} satisfies Partial<AppHandlers>;

const KID_LENGTH = 43;
const DEFAULT_TOKENS = 20;

function noToken(context: Context, appId: string, tokenId: string): never {
  const app = getApp(context, appId);
  throw notFound(`${app.id}.${tokenId}`, 'OAuth2RefreshTokenTx');
}

function getSecretApp(context: Context, appId: string): AppRecord {
  const app = getClientApp(context, appId);
  const method = app.credentials.oauthClient?.token_endpoint_auth_method ?? 'none';
  if (!usesSecret(method))
    throw invalid('client_secret', `client_secret: A client that uses ${method} has no secret`);
  return app;
}

const SHORTEST_FOR_JWT = 32;

/** Okta: whoever signs with the secret needs a longer one (apps#oauth-credential-object). */
function checkSecret(app: AppRecord, value: string | undefined): string | undefined {
  const method = app.credentials.oauthClient?.token_endpoint_auth_method;
  if (value !== undefined && method === 'client_secret_jwt' && value.length < SHORTEST_FOR_JWT)
    throw invalid(
      'client_secret',
      `client_secret: The secret must have at least ${SHORTEST_FOR_JWT} characters`,
    );
  return value;
}

function secretsOf({ store }: Context, app: AppRecord): readonly ClientSecretRecord[] {
  return store.clientSecrets.by('app', app.id);
}

function getSecret({ store }: Context, app: AppRecord, id: string): ClientSecretRecord {
  const secret = store.clientSecrets.get(id);
  if (secret?.appId !== app.id) throw notFound(id, 'OAuth2ClientSecretMediated');
  return secret;
}

function putStatus(
  { store, now }: Context,
  secret: ClientSecretRecord,
  status: ClientSecretRecord['status'],
): ClientSecretRecord {
  return store.clientSecrets.put({ ...secret, status, lastUpdated: now });
}

interface Jwk {
  readonly kid?: string | null | undefined;
  readonly kty: string;
  readonly alg?: string | undefined;
  readonly use?: string | undefined;
  readonly e?: string | undefined;
  readonly n?: string | undefined;
}

/** Throws E0000001 (JsonWebKey) for a key that Okta does not take. */
function checkKey({ store }: Context, app: AppRecord, jwk: Jwk): void {
  const known = store.clientKeys.by('app', app.id);
  if (known.length >= MOST_KEYS) throw invalid('JsonWebKey', `A client has at most ${MOST_KEYS} keys.`);
  if (jwk.kid && known.some((one) => one.jwk.kid === jwk.kid))
    throw invalid('JsonWebKey', `There is a key with the id ${jwk.kid} already.`);
  if (jwk.kty !== 'RSA' && jwk.kty !== 'EC') throw invalid('JsonWebKey', 'kty: The value must be RSA or EC');
  if (jwk.kty !== 'RSA') return;
  if (!jwk.e || !jwk.n) throw invalid('JsonWebKey', 'e and n: The fields cannot be left blank');
  if (!/^[A-Za-z0-9_-]+$/.test(jwk.n) || Buffer.from(jwk.n, 'base64url').length < SHORTEST_MODULUS)
    throw invalid('JsonWebKey', 'n: An RSA key must have at least 2048 bits');
}

function withoutNothing(value: Jwk): Record<string, Json> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined && one !== null));
}

function getClientKey({ store }: Context, app: AppRecord, id: string): ClientKeyRecord {
  const key = store.clientKeys.get(id);
  if (key?.appId !== app.id) throw notFound(id, 'JsonWebKey');
  return key;
}

function toClientKeyView({ origin }: Context, key: ClientKeyRecord): object {
  const self = `${origin}/api/v1/apps/${key.appId}/credentials/jwks/${key.id}`;
  const link = (path: string, method: string) => ({ href: `${self}${path}`, hints: { allow: [method] } });
  return {
    id: key.id,
    ...key.jwk,
    created: toTimestamp(key.created),
    lastUpdated: toTimestamp(key.lastUpdated),
    status: key.status,
    _links:
      key.status === 'ACTIVE'
        ? { deactivate: link('/lifecycle/deactivate', 'POST') }
        : { activate: link('/lifecycle/activate', 'POST'), delete: link('', 'DELETE') },
  };
}

function getGrant({ store }: Context, app: AppRecord, id: string): AppGrantRecord {
  const grant = store.appGrants.get(id);
  if (grant?.appId !== app.id) throw notFound(id, 'OAuth2ScopeConsentGrant');
  return grant;
}

/** A grant as Okta answers it; the scope is embedded where it was just granted or asked for. */
function toGrantView({ origin }: Context, app: AppRecord, grant: AppGrantRecord, expand?: string): object {
  const clientId = app.credentials.oauthClient?.client_id ?? app.id;
  const self = `${origin}/api/v1/apps/${app.id}`;
  return {
    id: grant.id,
    status: 'ACTIVE',
    created: toTimestamp(grant.created),
    createdBy: { id: grant.createdBy, type: 'User' },
    lastUpdated: toTimestamp(grant.created),
    issuer: grant.issuer,
    clientId,
    scopeId: grant.scopeId,
    source: 'ADMIN',
    ...(expand === 'scope' ? { _embedded: { scope: { id: grant.scopeId } } } : {}),
    _links: {
      app: { href: self, title: app.label },
      self: { href: `${self}/grants/${grant.id}`, hints: { allow: ['GET', 'DELETE'] } },
      client: { href: `${origin}/oauth2/v1/clients/${clientId}`, title: app.label },
    },
  };
}

function logGrant(context: Context, app: AppRecord, what: 'grant' | 'revoke'): void {
  context.log({
    eventType: `app.oauth2.as.consent.${what}`,
    displayMessage: what === 'grant' ? 'Grant consent to OAuth2 scope' : 'Revoke consent to OAuth2 scope',
    targets: [toAppTarget(app)],
  });
}
