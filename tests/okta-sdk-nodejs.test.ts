import okta from '@okta/okta-sdk-nodejs';
import { expect, it } from 'vitest';
import { readBase32, timeCode } from './support/authenticators.ts';
import { startCli } from './support/castellan.ts';

const TOKEN = '00sdk-journey-token';
const PASSWORD = 'Harbour-Lamp-27';
const PATIENCE = 120_000;

/** Okta's own SDK for Node against a fresh org: what it can read, programs that use it can. */
async function startOrg() {
  const org = await startCli(['org', '--empty', '--port', '0', '--token', TOKEN], /Ctrl-C/);
  const url = org.address('Local org');
  const client = new okta.Client({ orgUrl: url, token: TOKEN });
  const createUser = async (login: string): Promise<string> => {
    const profile = { firstName: 'Ines', lastName: 'Okafor', login, email: login };
    const user = await client.userApi.createUser({
      body: { profile, credentials: { password: { value: PASSWORD } } },
    });
    return user.id ?? '';
  };
  const createGroup = async (name: string): Promise<string> => {
    const group = await client.groupApi.createGroup({ group: { profile: { name } } });
    return group.id ?? '';
  };
  return { client, url, createUser, createGroup, [Symbol.asyncDispose]: () => org[Symbol.asyncDispose]() };
}

it('okta-sdk-nodejs runs an app from creation to deletion', { timeout: PATIENCE }, async () => {
  await using org = await startOrg();
  const { client } = org;
  const [userId, groupId] = [await org.createUser('ines@example.com'), await org.createGroup('Harbour')];
  const app = await client.applicationApi.createApplication({
    application: {
      name: 'oidc_client',
      label: 'Harbour portal',
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: {
          application_type: 'web',
          grant_types: ['authorization_code'],
          response_types: ['code'],
          redirect_uris: ['https://example.com/callback'],
        },
      },
    } as never,
  });
  const appId = app.id ?? '';
  expect(app.status).toBe('ACTIVE');
  const assigned = await client.applicationApi.assignUserToApplication({
    appId,
    appUser: { id: userId, scope: 'USER' },
  });
  expect(assigned.credentials?.userName).toBe('ines@example.com');
  const group = await client.applicationApi.assignGroupToApplication({ appId, groupId });
  expect(group.priority).toBe(0);
  const users: (string | undefined)[] = [];
  const all = await client.applicationApi.listApplicationUsers({ appId });
  await all.each((user) => void users.push(user?.id));
  expect(users).toEqual([userId]);

  const key = await client.applicationApi.generateApplicationKey({ appId, validityYears: 3 });
  expect(key.kty).toBe('RSA');
  expect((await client.applicationApi.getApplicationKey({ appId, keyId: key.kid ?? '' })).kid).toBe(key.kid);
  const grant = await client.applicationApi.grantConsentToScope({
    appId,
    oAuth2ScopeConsentGrant: { issuer: org.url, scopeId: 'okta.users.read' },
  });
  await client.applicationApi.revokeScopeConsentGrant({ appId, grantId: grant.id ?? '' });
  await client.applicationApi.unassignUserFromApplication({ appId, userId });
  await expect(client.applicationApi.deleteApplication({ appId })).rejects.toMatchObject({ status: 403 });
  await client.applicationApi.deactivateApplication({ appId });
  await client.applicationApi.deleteApplication({ appId });
  await expect(client.applicationApi.getApplication({ appId })).rejects.toMatchObject({ status: 404 });
});

it('okta-sdk-nodejs gives standard and custom roles', { timeout: PATIENCE }, async () => {
  await using org = await startOrg();
  const { client } = org;
  const [userId, groupId] = [await org.createUser('ines@example.com'), await org.createGroup('Harbour')];
  const role = await client.roleAssignmentApi.assignRoleToUser({
    userId,
    assignRoleRequest: { type: 'HELP_DESK_ADMIN' } as never,
  });
  expect(role).toMatchObject({ type: 'HELP_DESK_ADMIN', assignmentType: 'USER' });
  const roleId = (role as { id?: string }).id ?? '';
  await client.roleTargetApi.assignGroupTargetToUserRole({ userId, roleId, groupId });
  const targets: (string | undefined)[] = [];
  const listed = await client.roleTargetApi.listGroupTargetsForRole({ userId, roleId });
  await listed.each((target) => void targets.push(target?.id));
  expect(targets).toEqual([groupId]);
  await client.roleAssignmentApi.unassignRoleFromUser({ userId, roleId });

  const custom = await client.customRoleApi.createRole({
    instance: { label: 'Editors', description: 'May edit', permissions: ['okta.users.read'] },
  });
  const set = await client.resourceSetApi.createResourceSet({
    instance: {
      label: 'Harbour',
      description: 'By the sea',
      resources: [`${org.url}/api/v1/groups/${groupId}`],
    },
  });
  const at = { resourceSetId: set.id ?? '', roleIdOrLabel: custom.id ?? '' };
  await client.resourceSetApi.createResourceSetBinding({
    resourceSetId: at.resourceSetId,
    instance: { role: custom.id, members: [`${org.url}/api/v1/users/${userId}`] } as never,
  });
  const members = await client.resourceSetApi.listMembersOfBinding(at);
  expect(members.members).toHaveLength(1);
  await client.resourceSetApi.deleteBinding(at);
  await client.resourceSetApi.deleteResourceSet(at);
  await client.customRoleApi.deleteRole(at);
});

it(
  'okta-sdk-nodejs enrols and verifies a TOTP factor, and runs a session',
  { timeout: PATIENCE },
  async () => {
    await using org = await startOrg();
    const { client } = org;
    const userId = await org.createUser('ines@example.com');
    const factor = await client.userFactorApi.enrollFactor({
      userId,
      body: { factorType: 'token:software:totp', provider: 'GOOGLE' } as never,
    });
    const embedded = (factor as { _embedded?: { activation?: { sharedSecret?: string } } })._embedded;
    const secret = embedded?.activation?.sharedSecret ?? '';
    const factorId = factor.id ?? '';
    await client.userFactorApi.activateFactor({
      userId,
      factorId,
      body: { passCode: timeCode(readBase32(secret), Date.now()) } as never,
    });
    expect((await client.userFactorApi.getFactor({ userId, factorId })).status).toBe('ACTIVE');
    await client.userFactorApi.unenrollFactor({ userId, factorId });

    const signIn = await fetch(`${org.url}/api/v1/authn`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'ines@example.com', password: PASSWORD }),
    });
    const { sessionToken } = (await signIn.json()) as { sessionToken: string };
    const session = await client.sessionApi.createSession({ createSessionRequest: { sessionToken } });
    const sessionId = session.id ?? '';
    expect((await client.sessionApi.getSession({ sessionId })).userId).toBe(userId);
    await client.sessionApi.refreshSession({ sessionId });
    await client.sessionApi.revokeSession({ sessionId });
    await expect(client.sessionApi.getSession({ sessionId })).rejects.toMatchObject({ status: 404 });
  },
);
