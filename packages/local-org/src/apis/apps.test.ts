import { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createOrg } from '../org.ts';
import type { OrgOptions } from '../org-options.ts';

/** Apps make real keys, which takes its time. */
const PATIENCE = 60_000;

async function createWorld(options: OrgOptions = {}) {
  const org = await createOrg({ token: 'tok', ...options });
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await org.fetch(
      new Request(`https://org.example.com/api/v1${path}`, {
        method,
        headers: { authorization: 'SSWS tok', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: isJson ? JSON.parse(text) : text,
    };
  };
  let people = 0;
  const createUser = async (): Promise<string> => {
    const login = `person${++people}@example.com`;
    const profile = { firstName: 'Ines', lastName: 'Okafor', login, email: login };
    return (await send('POST', '/users', { profile, credentials: { password: { value: 'Tidal#Ferry9' } } }))
      .json.id;
  };
  const createGroup = async (name: string): Promise<string> =>
    (await send('POST', '/groups', { profile: { name } })).json.id;
  const createApp = async (body: object) => {
    const made = await send('POST', '/apps', body);
    expect(made.status).toBe(200);
    return made.json;
  };
  const refuses = async (method: string, path: string, body: unknown, errorCode: string, cause?: string) => {
    const answer = await send(method, path, body);
    expect(answer.json).toMatchObject({
      errorCode,
      ...(cause === undefined ? {} : { errorCauses: [{ errorSummary: cause }] }),
    });
  };
  return { org, send, createUser, createGroup, createApp, refuses };
}

const bookmark = (label = 'Tides') => ({
  name: 'bookmark',
  label,
  signOnMode: 'BOOKMARK',
  settings: { app: { url: 'https://example.com/tides' } },
});
const plugin = (scheme: string, more: object = {}) => ({
  name: 'template_swa',
  label: `Ferry ${scheme}`,
  signOnMode: 'BROWSER_PLUGIN',
  credentials: { scheme, ...more },
  settings: { app: { url: 'https://example.com/login' } },
});
const signOn = {
  ssoAcsUrl: 'https://example.com/acs',
  recipient: 'https://example.com/acs',
  destination: 'https://example.com/acs',
  audience: 'https://example.com',
};
const saml = (more: object = {}, label = 'Pilot Station 7') => ({
  label,
  signOnMode: 'SAML_2_0',
  settings: { signOn: { ...signOn, ...more } },
});
const client = (oauthClient: object = {}, credentials: object = {}) => ({
  name: 'oidc_client',
  label: 'Harbour portal',
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic', ...credentials } },
  settings: {
    oauthClient: {
      application_type: 'web',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['https://example.com/callback'],
      ...oauthClient,
    },
  },
});

describe('the app object', { timeout: PATIENCE }, () => {
  test('a new app is active unless it is not wanted to be, and shows its defaults (A-01, A-09, A-11, A-12)', async () => {
    const { send, createApp } = await createWorld();
    expect(await createApp(bookmark())).toMatchObject({
      status: 'ACTIVE',
      accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
      visibility: { autoLaunch: false, hide: { iOS: false, web: false }, appLinks: { login: true } },
      credentials: { userNameTemplate: { template: '${source.login}', type: 'BUILT_IN' }, signing: {} },
      settings: {
        notifications: { vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null } },
        notes: { admin: null, enduser: null },
      },
    });
    expect((await send('POST', '/apps?activate=false', bookmark('Charts'))).json.status).toBe('INACTIVE');
  });

  test('there is no self link; the way to the other status is there (A-03)', async () => {
    const { createApp } = await createWorld();
    const app = await createApp(bookmark());
    expect(Object.keys(app._links).sort()).toEqual([
      'accessPolicy',
      'appLinks',
      'deactivate',
      'groups',
      'logo',
      'policies',
      'profileEnrollment',
      'uploadLogo',
      'users',
    ]);
  });

  test('a classic org has no policies for apps', async () => {
    const { createApp } = await createWorld({ settings: { features: { edition: 'classic' } } });
    expect(Object.keys((await createApp(bookmark()))._links)).not.toContain('accessPolicy');
  });

  test('custom apps get a name and must not bring one; the others need a name that is known (A-04, A-21)', async () => {
    const { createApp, refuses } = await createWorld();
    expect((await createApp(saml())).name).toMatch(/^org_pilotstation7_1$/);
    await refuses('POST', '/apps', { ...saml(), name: 'mine', label: 'X' }, 'E0000001');
    await refuses('POST', '/apps', { ...bookmark(), name: undefined }, 'E0000001');
    await refuses('POST', '/apps', { ...bookmark(), name: 'No such app!' }, 'E0000001');
    await refuses('POST', '/apps', { ...bookmark(), signOnMode: 'SAML_2_0' }, 'E0000001');
  });

  test('a label is used once (A-05)', async () => {
    const { createApp, refuses } = await createWorld();
    expect((await createApp(bookmark())).label).toBe('Tides');
    await refuses('POST', '/apps', bookmark('tides'), 'E0000040');
    await refuses('POST', '/apps', bookmark('x'.repeat(101)), 'E0000001');
    await refuses('POST', '/apps', bookmark(''), 'E0000001');
  });

  test('a whole update keeps id, name and status; a key alone keeps all the rest (A-06)', async () => {
    const { send, createApp, refuses } = await createWorld();
    const app = await createApp(saml());
    const key = (await send('POST', `/apps/${app.id}/credentials/keys/generate?validityYears=2`)).json;
    const body = { ...saml({ audience: 'https://example.com/new' }), id: 'x', status: 'INACTIVE' };
    expect((await send('PUT', `/apps/${app.id}`, body)).json).toMatchObject({
      id: app.id,
      name: app.name,
      status: 'ACTIVE',
      settings: { signOn: { audience: 'https://example.com/new' } },
    });
    const only = { label: app.label, signOnMode: 'SAML_2_0', credentials: { signing: { kid: key.kid } } };
    expect((await send('PUT', `/apps/${app.id}`, only)).json).toMatchObject({
      credentials: { signing: { kid: key.kid } },
      settings: { signOn: { audience: 'https://example.com/new' } },
    });
    await refuses(
      'PUT',
      `/apps/${app.id}`,
      { ...only, credentials: { signing: { kid: 'none' } } },
      'E0000001',
    );
    await refuses('PUT', `/apps/${app.id}`, { label: 'Only a label' }, 'E0000001');
  });

  test('only an inactive app is deleted, with everything that hangs on it (A-07, A-08)', async () => {
    const { send, createApp, createUser, refuses } = await createWorld();
    const app = await createApp(bookmark());
    const user = await createUser();
    await send('POST', `/apps/${app.id}/users`, { id: user });
    const cause = 'The application must be deactivated before deletion.';
    await refuses('DELETE', `/apps/${app.id}`, undefined, 'E0000056', cause);
    expect((await send('POST', `/apps/${app.id}/lifecycle/deactivate`)).json).toEqual({});
    expect((await send('GET', `/users/${user}/appLinks`)).json).toEqual([]);
    expect((await send('DELETE', `/apps/${app.id}`)).status).toBe(204);
    expect((await send('GET', `/apps/${app.id}`)).json.errorSummary).toBe(
      `Not found: Resource not found: ${app.id} (AppInstance)`,
    );
    await refuses('GET', `/meta/schemas/apps/${app.id}/default`, undefined, 'E0000007');
  });

  test('a list is found by one comparison, by q, and with what a user has of it (A-22)', async () => {
    const { send, createApp, createUser, createGroup, refuses } = await createWorld();
    const [tides, charts] = [await createApp(bookmark()), await createApp(bookmark('Charts'))];
    const [user, group] = [await createUser(), await createGroup('Harbour')];
    await send('POST', `/apps/${tides.id}/users`, { id: user });
    await send('PUT', `/apps/${charts.id}/groups/${group}`, {});
    const idsOf = async (query: string) =>
      (await send('GET', `/apps?${query}`)).json.map((app: { id: string }) => app.id);
    const filter = (text: string) => `filter=${encodeURIComponent(text)}`;
    expect(await idsOf('q=cha')).toEqual([charts.id]);
    expect(await idsOf(filter('status eq "ACTIVE"'))).toEqual([tides.id, charts.id]);
    expect(await idsOf(filter(`user.id eq "${user}"`))).toEqual([tides.id]);
    expect(await idsOf(filter(`group.id eq "${group}"`))).toEqual([charts.id]);
    await refuses('GET', `/apps?${filter('status eq "ACTIVE" and name eq "x"')}`, undefined, 'E0000031');
    await refuses('GET', `/apps?${filter('label eq "x"')}`, undefined, 'E0000031');
    const embedded = await send('GET', `/apps?${filter(`user.id eq "${user}"`)}&expand=user/${user}`);
    expect(embedded.json[0]._embedded.user.id).toBe(user);
    await refuses('GET', `/apps?expand=user/${user}`, undefined, 'E0000001', 'Expand query is malformed.');
    const first = await send('GET', '/apps?limit=1');
    expect(first.headers.get('link')).toContain(`after=${tides.id}&limit=1`);
  });

  test.each([
    ['BASIC_AUTH', 'template_basic_auth', { url: 'https://example.com', authURL: 'https://example.com/a' }],
    ['SECURE_PASSWORD_STORE', 'template_sps', { url: 'https://example.com' }],
    [
      'WS_FEDERATION',
      'template_wsfed',
      { siteURL: 'https://example.com', wReplyURL: 'https://example.com/r' },
    ],
  ])('%s has the settings of its template, and needs their addresses', async (signOnMode, name, app) => {
    const { createApp, refuses } = await createWorld();
    const body = { name, label: name, signOnMode, settings: { app } };
    expect((await createApp(body)).settings.app).toMatchObject(app);
    for (const missing of Object.keys(app))
      await refuses(
        'POST',
        '/apps',
        { ...body, label: 'X', settings: { app: { ...app, [missing]: '' } } },
        'E0000001',
      );
    await refuses(
      'POST',
      '/apps',
      { ...body, label: 'X', settings: { app: { ...app, url: 'no address', siteURL: 'no address' } } },
      'E0000001',
    );
  });
});

describe('SAML', { timeout: PATIENCE }, () => {
  test.each([
    ['nothing signed', { responseSigned: false, assertionSigned: false }],
    ['logout without a certificate', { slo: { enabled: true } }],
    ['two certificates', { slo: { enabled: true }, spCertificate: { x5c: ['a', 'b'] } }],
    ['an unknown name id', { subjectNameIdFormat: 'mine' }],
    ['an unknown algorithm', { signatureAlgorithm: 'RSA_MD5' }],
    ['an unknown context', { authnContextClassRef: 'mine' }],
    ['an endpoint with a query', { acsEndpoints: [{ url: 'https://example.com/?a=b', index: 0 }] }],
    [
      'an endpoint twice',
      {
        acsEndpoints: [
          { url: 'https://a.example.com', index: 0 },
          { url: 'https://b.example.com', index: 0 },
        ],
      },
    ],
    ['an endpoint before the first', { acsEndpoints: [{ url: 'https://a.example.com', index: -1 }] }],
    ['a long endpoint', { acsEndpoints: [{ url: `https://example.com/${'x'.repeat(1024)}`, index: 0 }] }],
    ['no address', { ssoAcsUrl: '' }],
    ['a statement without a name', { attributeStatements: [{ type: 'EXPRESSION' }] }],
  ])('refuses %s (A-14, A-15)', async (_, more) => {
    const { send } = await createWorld();
    expect((await send('POST', '/apps', saml(more))).json.errorCode).toBe('E0000001');
  });

  test('keeps logout and its certificate when an update does not name them (A-14)', async () => {
    const { send, createApp } = await createWorld();
    const app = await createApp(saml({ slo: { enabled: true }, spCertificate: { x5c: ['MIIC'] } }));
    expect((await send('PUT', `/apps/${app.id}`, saml())).json.settings.signOn).toMatchObject({
      slo: { enabled: true },
      spCertificate: { x5c: ['MIIC'] },
    });
  });

  test('has metadata with its own certificate, as XML only (A-44)', async () => {
    const { send, createApp } = await createWorld();
    const app = await createApp(saml());
    const path = `/apps/${app.id}/sso/saml/metadata?kid=${app.credentials.signing.kid}`;
    const [key] = (await send('GET', `/apps/${app.id}/credentials/keys`)).json;
    const metadata = await send('GET', path, undefined, { accept: 'application/xml' });
    expect(metadata.headers.get('content-type')).toBe('application/xml;charset=ISO-8859-1');
    expect(metadata.text).toContain(key.x5c[0]);
    const wrong = await send('GET', path, undefined, { accept: 'application/json' });
    expect(wrong).toMatchObject({ status: 400, json: { errorCode: 'E0000019' } });
  });
});

describe('OAuth clients', { timeout: PATIENCE }, () => {
  test('the id is the app’s unless given and never changes; the secret is shown when written only (A-16)', async () => {
    const { send, createApp } = await createWorld();
    const app = await createApp(client());
    expect(app.credentials.oauthClient.client_id).toBe(app.id);
    const secret = app.credentials.oauthClient.client_secret;
    expect(secret).toMatch(/^\w{14,100}$/);
    expect((await send('GET', `/apps/${app.id}`)).json.credentials.oauthClient).not.toHaveProperty(
      'client_secret',
    );
    const changed = await send('PUT', `/apps/${app.id}`, client({}, { client_id: 'another-id' }));
    expect(changed.json.credentials.oauthClient).toMatchObject({ client_id: app.id, client_secret: secret });
    const named = await createApp({ ...client({}, { client_id: 'my-client-1' }), label: 'Named' });
    expect(named.credentials.oauthClient.client_id).toBe('my-client-1');
  });

  test.each([
    ['a short id', {}, { client_id: 'abc' }],
    ['the id of all clients', {}, { client_id: 'ALL_CLIENTS' }],
    ['a short secret', {}, { client_secret: 'short' }],
    ['a secret that is not ASCII', {}, { client_secret: 'ä'.repeat(20) }],
    ['no PKCE without a secret', {}, { token_endpoint_auth_method: 'none', pkce_required: false }],
    ['a grant of another type', { grant_types: ['authorization_code', 'password'] }, {}],
    ['people of a service', { application_type: 'service' }, {}],
    ['refresh alone', { grant_types: ['refresh_token'] }, {}],
    ['a code without its response', { response_types: ['token'] }, {}],
    ['implicit without a token', { grant_types: ['authorization_code', 'implicit'] }, {}],
    ['no way back', { redirect_uris: [] }, {}],
    ['a way back with a fragment', { redirect_uris: ['https://example.com/#x'] }, {}],
    ['a wildcard', { redirect_uris: ['https://*.example.com/'] }, {}],
    ['a long leeway', { refresh_token: { rotation_type: 'ROTATE', leeway: 61 } }, {}],
    ['rotation without a type', { refresh_token: { leeway: 5 } }, {}],
    ['sign-in from the org without an address', { idp_initiated_login: { mode: 'SPEC' } }, {}],
  ])('refuses %s (A-16 to A-19)', async (_, settings, credentials) => {
    const { send } = await createWorld();
    expect((await send('POST', '/apps', client(settings, credentials))).json.errorCode).toBe('E0000001');
  });

  test('the type stays, PKCE is on for people’s devices, a browser’s tokens rotate (A-16, A-18)', async () => {
    const { createApp, refuses } = await createWorld();
    const app = await createApp(client());
    await refuses('PUT', `/apps/${app.id}`, client({ application_type: 'native' }), 'E0000001');
    const browser = await createApp({
      ...client(
        { application_type: 'browser', grant_types: ['authorization_code', 'refresh_token'] },
        { token_endpoint_auth_method: 'none' },
      ),
      label: 'Single page',
    });
    expect(browser).toMatchObject({
      credentials: { oauthClient: { pkce_required: true } },
      settings: { oauthClient: { refresh_token: { rotation_type: 'ROTATE', leeway: 30 } } },
    });
    expect(browser.credentials.oauthClient).not.toHaveProperty('client_secret');
  });

  test('has two secrets at most; the last active one stays, an active one is not deleted (A-45)', async () => {
    const { send, createApp, refuses } = await createWorld();
    const { id } = await createApp(client());
    const secrets = `/apps/${id}/credentials/secrets`;
    const [first] = (await send('GET', secrets)).json;
    await refuses('POST', `${secrets}/${first.id}/lifecycle/deactivate`, undefined, 'E0000001');
    const second = await send('POST', secrets, {});
    expect(second.status).toBe(201);
    expect(Object.keys(second.json._links)).toEqual(['deactivate']);
    await refuses('POST', secrets, {}, 'E0000001');
    await refuses('DELETE', `${secrets}/${first.id}`, undefined, 'E0000001');
    const off = await send('POST', `${secrets}/${first.id}/lifecycle/deactivate`);
    expect(Object.keys(off.json._links)).toEqual(['activate', 'delete']);
    expect((await send('DELETE', `${secrets}/${first.id}`)).status).toBe(204);
    expect((await send('GET', `${secrets}/${first.id}`)).json.errorSummary).toContain(
      '(OAuth2ClientSecretMediated)',
    );
  });

  test('takes public keys of 2048 bits with ids of their own; only inactive ones go (A-46)', async () => {
    const { send, createApp, refuses } = await createWorld();
    const { id } = await createApp(client({}, { token_endpoint_auth_method: 'private_key_jwt' }));
    const jwks = `/apps/${id}/credentials/jwks`;
    const n = Buffer.alloc(256, 7).toString('base64url');
    const key = await send('POST', jwks, { kty: 'RSA', kid: 'one', e: 'AQAB', n });
    expect(key.status).toBe(201);
    await refuses('POST', jwks, { kty: 'RSA', kid: 'one', e: 'AQAB', n }, 'E0000001');
    await refuses('POST', jwks, { kty: 'RSA', kid: 'two', e: 'AQAB', n: 'short' }, 'E0000001');
    await refuses('DELETE', `${jwks}/${key.json.id}`, undefined, 'E0000001');
    await refuses('POST', `${jwks}/${key.json.id}/lifecycle/deactivate`, undefined, 'E0000001');
    expect((await send('GET', jwks)).json.jwks.keys).toHaveLength(1);
  });

  test('gets scopes, and has no tokens (A-50)', async () => {
    const { send, createApp, refuses } = await createWorld();
    const { id } = await createApp(client());
    const body = { issuer: 'https://org.example.com', scopeId: 'okta.users.read' };
    const grant = await send('POST', `/apps/${id}/grants`, body);
    expect(grant.json).toMatchObject({
      id: expect.stringMatching(/^oag/),
      _embedded: { scope: { id: 'okta.users.read' } },
    });
    expect((await send('GET', `/apps/${id}/grants`)).json).toHaveLength(1);
    await refuses('POST', `/apps/${id}/grants`, { ...body, scopeId: 'no scope' }, 'E0000001');
    expect((await send('DELETE', `/apps/${id}/grants/${grant.json.id}`)).status).toBe(204);
    expect((await send('GET', `/apps/${id}/tokens`)).json).toEqual([]);
    await refuses('GET', `/apps/${id}/tokens/none`, undefined, 'E0000007');
  });
});

describe('keys and certificates', { timeout: PATIENCE }, () => {
  test('a generated key has a real certificate of so many years, and is shared by cloning (A-40 to A-42)', async () => {
    const { send, createApp, refuses } = await createWorld();
    const [app, other] = [await createApp(saml()), await createApp(bookmark())];
    const keys = `/apps/${app.id}/credentials/keys`;
    for (const years of ['1', '11', 'x'])
      await refuses('POST', `${keys}/generate?validityYears=${years}`, undefined, 'E0000001');
    const key = await send('POST', `${keys}/generate?validityYears=2`);
    expect(key.status).toBe(201);
    expect(key.headers.get('location')).toBe(`https://org.example.com/api/v1${keys}/${key.json.kid}`);
    expect(Object.keys(key.json)).toEqual([
      'kty',
      'created',
      'lastUpdated',
      'expiresAt',
      'kid',
      'use',
      'x5c',
      'x5t#S256',
      'e',
      'n',
    ]);
    const certificate = new X509Certificate(Buffer.from(key.json.x5c[0], 'base64'));
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.publicKey.export({ format: 'jwk' })).toMatchObject({ n: key.json.n, e: key.json.e });
    const years = (Date.parse(certificate.validTo) - Date.now()) / (365 * 24 * 3600 * 1000);
    expect(Math.round(years)).toBe(2);
    const clone = await send('POST', `${keys}/${key.json.kid}/clone?targetAid=${other.id}`);
    expect(clone).toMatchObject({ status: 201, json: { kid: key.json.kid, x5c: key.json.x5c } });
    await refuses('POST', `${keys}/${key.json.kid}/clone?targetAid=${other.id}`, undefined, 'E0000001');
    await refuses('GET', `${keys}/none`, undefined, 'E0000007');
    expect((await send('GET', keys)).json).toHaveLength(2);
  });

  test('a request is JSON or PKCS#10, and gone when it is revoked (A-43)', async () => {
    const { send, createApp, refuses } = await createWorld();
    const app = await createApp(saml());
    const csrs = `/apps/${app.id}/credentials/csrs`;
    const body = {
      subject: { countryName: 'PT', commonName: 'Pilot' },
      subjectAltNames: { dnsNames: ['a.example.com'] },
    };
    const csr = await send('POST', csrs, body);
    expect(csr.status).toBe(201);
    expect(csr.json).toMatchObject({ kty: 'RSA', _links: { publish: {}, self: {} } });
    const der = await send('GET', `${csrs}/${csr.json.id}`, undefined, { accept: 'application/pkcs10' });
    expect(der.text).toBe(csr.json.csr);
    await refuses('POST', csrs, { subject: { countryName: 'Portugal' } }, 'E0000001');
    const wrong = await send('POST', `${csrs}/${csr.json.id}/lifecycle/publish`, 'no certificate', {
      'content-type': 'application/x-pem-file',
    });
    expect(wrong).toMatchObject({
      status: 400,
      json: { errorSummary: 'Api validation failed: certificate' },
    });
    expect((await send('DELETE', `${csrs}/${csr.json.id}`)).status).toBe(204);
    expect((await send('GET', csrs)).json).toEqual([]);
  });
});

describe('who has an app', { timeout: PATIENCE }, () => {
  test('a user is assigned, changed and taken away (A-30 to A-36)', async () => {
    const { send, createApp, createUser, refuses } = await createWorld();
    const [app, user] = [await createApp(bookmark()), await createUser()];
    const users = `/apps/${app.id}/users`;
    const assigned = await send('POST', users, { id: user, scope: 'USER' });
    expect(assigned.json).toMatchObject({
      id: user,
      externalId: null,
      scope: 'USER',
      status: 'ACTIVE',
      passwordChanged: null,
      syncState: 'DISABLED',
      credentials: { userName: 'person1@example.com' },
      profile: {},
    });
    // Okta: recorded orgs take the second time as a change.
    const again = await send('POST', users, { id: user, credentials: { userName: 'ines' } });
    expect(again).toMatchObject({ status: 200, json: { credentials: { userName: 'ines' } } });
    await refuses(
      'POST',
      `${users}/${user}`,
      { profile: { nothing: 1 } },
      'E0000001',
      "Property name 'nothing' is not defined in profile",
    );
    expect((await send('DELETE', `${users}/${user}`)).status).toBe(204);
    await refuses('GET', `${users}/${user}`, undefined, 'E0000007');
    await send('POST', `/users/${user}/lifecycle/deactivate`);
    await refuses('POST', users, { id: user }, 'E0000117');
    await refuses('POST', users, { id: 'nobody' }, 'E0000007');
  });

  test.each([
    ['EDIT_USERNAME_AND_PASSWORD', true, true],
    ['ADMIN_SETS_CREDENTIALS', true, true],
    ['EDIT_PASSWORD_ONLY', true, true],
    ['EXTERNAL_PASSWORD_SYNC', true, false],
    ['SHARED_USERNAME_AND_PASSWORD', false, false],
  ])('%s: a user’s own name %s, own password %s (A-13)', async (scheme, ownName, ownPassword) => {
    const { send, createApp, createUser } = await createWorld();
    const app = await createApp(plugin(scheme, { userName: 'shared', password: { value: 'Shared-1' } }));
    const code = async (credentials: object) =>
      (await send('POST', `/apps/${app.id}/users`, { id: await createUser(), credentials })).json.errorCode;
    const refused = 'E0000041';
    expect(await code({ userName: 'ines' })).toBe(ownName ? undefined : refused);
    expect(await code({ password: { value: 'Own-1' } })).toBe(ownPassword ? undefined : refused);
  });

  test('the shared password is never shown, and a shared name is needed', async () => {
    const { createApp, refuses } = await createWorld();
    const shared = plugin('SHARED_USERNAME_AND_PASSWORD', {
      userName: 'shared',
      password: { value: 'Shared-1' },
    });
    expect((await createApp(shared)).credentials).toMatchObject({ userName: 'shared', password: {} });
    await refuses('POST', '/apps', { ...plugin('SHARED_USERNAME_AND_PASSWORD'), label: 'X' }, 'E0000001');
  });

  test('members of a group have its app until either goes (A-37)', async () => {
    const { send, createApp, createUser, createGroup, refuses } = await createWorld();
    const [app, user] = [await createApp(bookmark()), await createUser()];
    const [first, second] = [await createGroup('Harbour'), await createGroup('Islands')];
    await send('PUT', `/groups/${first}/users/${user}`);
    expect((await send('PUT', `/apps/${app.id}/groups/${first}`, {})).json).toMatchObject({
      id: first,
      priority: 0,
    });
    expect((await send('PUT', `/apps/${app.id}/groups/${second}`, {})).json.priority).toBe(1);
    await refuses('PUT', `/apps/${app.id}/groups/${second}`, { priority: 101 }, 'E0000001');
    expect((await send('GET', `/apps/${app.id}/users`)).json).toMatchObject([{ id: user, scope: 'GROUP' }]);
    expect((await send('GET', `/groups/${first}/apps`)).json).toMatchObject([{ id: app.id }]);
    expect((await send('GET', `/users/${user}/appLinks`)).json).toMatchObject([
      { appInstanceId: app.id, label: 'Tides' },
    ]);
    // Okta: what a user has through a group goes with the group.
    await refuses('DELETE', `/apps/${app.id}/users/${user}`, undefined, 'E0000046');
    await send('DELETE', `/groups/${first}/users/${user}`);
    expect((await send('GET', `/apps/${app.id}/users`)).json).toEqual([]);
    await send('DELETE', `/groups/${first}`);
    expect((await send('GET', `/apps/${app.id}/groups`)).json).toMatchObject([{ id: second }]);
    expect((await send('DELETE', `/apps/${app.id}/groups/${second}`)).status).toBe(204);
  });

  test('a deactivated user has no app any more', async () => {
    const { send, createApp, createUser } = await createWorld();
    const [app, user] = [await createApp(bookmark()), await createUser()];
    await send('POST', `/apps/${app.id}/users`, { id: user });
    await send('POST', `/users/${user}/lifecycle/deactivate`);
    expect((await send('GET', `/apps/${app.id}/users`)).json).toEqual([]);
  });

  test('the assignment of a group is patched (RFC 6902)', async () => {
    const { send, createApp, createGroup, refuses } = await createWorld();
    const [app, group] = [await createApp(bookmark()), await createGroup('Harbour')];
    const path = `/apps/${app.id}/groups/${group}`;
    await send('PUT', path, {});
    expect((await send('PATCH', path, [{ op: 'replace', path: '/priority', value: 7 }])).json.priority).toBe(
      7,
    );
    await refuses('PATCH', path, [{ op: 'replace', path: '/priority', value: 'first' }], 'E0000001');
    await refuses('PATCH', path, [{ op: 'replace', path: '/id', value: 'x' }], 'E0000001');
  });

  test.each([
    ['${source.login}', 'person1@example.com'],
    ['${source.email}', 'person1@example.com'],
    ['${fn:substringBefore(source.login, "@")}', 'person1'],
    ['${fn:toUpperCase(source.firstName)}', 'INES'],
  ])('the template %s names a user (A-32)', async (template, name) => {
    const { send, createApp, createUser } = await createWorld();
    const app = await createApp({
      ...bookmark(),
      credentials: { userNameTemplate: { template, type: 'BUILT_IN' } },
    });
    const assigned = await send('POST', `/apps/${app.id}/users`, { id: await createUser() });
    expect(assigned.json.credentials.userName).toBe(name);
  });
});

describe('the rest', { timeout: PATIENCE }, () => {
  test('an app without provisioning says so (A-52, A-53)', async () => {
    const { send, createApp, refuses } = await createWorld();
    const { id } = await createApp(bookmark());
    const unknown = { status: 'UNKNOWN', profile: { authScheme: 'UNKNOWN' } };
    expect((await send('GET', `/apps/${id}/connections/default`)).json).toEqual(unknown);
    await refuses('GET', `/apps/${id}/features`, undefined, 'E0000001', 'Provisioning is not supported.');
    expect((await send('POST', `/apps/${id}/connections/default/lifecycle/activate`)).status).toBe(204);
  });

  test('a connection needs its credential, and switches features on (A-52, A-53)', async () => {
    const { send, createApp, refuses } = await createWorld();
    const { id } = await createApp({
      name: 'okta_org2org',
      label: 'Sister',
      signOnMode: 'SAML_2_0',
      settings: { app: {} },
    });
    const place = `/apps/${id}/connections/default`;
    await refuses('POST', place, { profile: { authScheme: 'TOKEN' } }, 'E0000001');
    await refuses('POST', place, { profile: { authScheme: 'OAUTH2' } }, 'E0000001');
    const body = { profile: { authScheme: 'TOKEN', token: 'secret-of-the-sister' } };
    const off = await send('POST', place, body);
    expect(off.json).toEqual({ status: 'DISABLED', profile: { authScheme: 'TOKEN' } });
    expect((await send('POST', `${place}?activate=true`, body)).json.status).toBe('ENABLED');
    const update = { create: { lifecycleCreate: { status: 'ENABLED' } } };
    const feature = await send('PUT', `/apps/${id}/features/USER_PROVISIONING`, update);
    expect(feature.json.capabilities).toMatchObject({
      create: { lifecycleCreate: { status: 'ENABLED' } },
      update: { password: { change: 'KEEP_EXISTING' } },
    });
    expect((await send('GET', `/apps/${id}`)).json.features).toEqual(['PUSH_NEW_USERS']);
    await refuses('GET', `/apps/${id}/features/INBOUND`, undefined, 'E0000007');
  });

  test('a logo is a picture below one megabyte (A-51)', async () => {
    const { org, createApp } = await createWorld();
    const { id } = await createApp(bookmark());
    const upload = async (content: string | Uint8Array<ArrayBuffer>) => {
      const form = new FormData();
      form.set('file', new Blob([content]), 'logo');
      const request = new Request(`https://org.example.com/api/v1/apps/${id}/logo`, {
        method: 'POST',
        headers: { authorization: 'SSWS tok' },
        body: form,
      });
      return org.fetch(request);
    };
    const good = await upload('<svg xmlns="http://www.w3.org/2000/svg"/>');
    expect(good.status).toBe(201);
    expect(good.headers.get('location')).toContain(id);
    expect((await upload('no picture')).status).toBe(400);
  });

  test('an app is put under a policy of the org (A-54)', async () => {
    const { send, createApp, refuses } = await createWorld();
    const { id, _links } = await createApp(bookmark());
    const policy = _links.accessPolicy.href.split('/').pop();
    expect((await send('PUT', `/apps/${id}/policies/${policy}`)).status).toBe(204);
    await refuses('PUT', `/apps/${id}/policies/none`, undefined, 'E0000007');
  });

  test('every change is in the System Log', async () => {
    const { send, createApp, createUser, createGroup } = await createWorld();
    const [app, user, group] = [await createApp(client()), await createUser(), await createGroup('Harbour')];
    await send('POST', `/apps/${app.id}/users`, { id: user });
    await send('POST', `/apps/${app.id}/users/${user}`, { credentials: { userName: 'ines' } });
    await send('DELETE', `/apps/${app.id}/users/${user}`);
    await send('PUT', `/apps/${app.id}/groups/${group}`, {});
    await send('DELETE', `/apps/${app.id}/groups/${group}`);
    await send('PUT', `/apps/${app.id}`, client());
    await send('POST', `/apps/${app.id}/lifecycle/deactivate`);
    await send('DELETE', `/apps/${app.id}`);
    const logs = (await send('GET', '/logs?limit=1000')).json as { eventType: string }[];
    expect(logs.map((event) => event.eventType).filter((type) => /^app|^group\.app/.test(type))).toEqual([
      'application.lifecycle.create',
      'app.oauth2.client.lifecycle.create',
      'application.user_membership.add',
      'application.user_membership.change_username',
      'application.user_membership.remove',
      'group.application_assignment.add',
      'group.application_assignment.remove',
      'application.lifecycle.update',
      'app.oauth2.client.lifecycle.update',
      'application.lifecycle.deactivate',
      'application.lifecycle.delete',
      'app.oauth2.client.lifecycle.delete',
    ]);
  });
});
