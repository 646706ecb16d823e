import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';
import { describe, expect, it } from 'vitest';
import { type PackJourney, startPackJourney, vintagesOf } from './support/pack-journey.ts';
import { NO_REFERENCE } from './support/reference.ts';

/** Every app of a walk has a real key, which takes its time. */
const PATIENCE = 120_000;

describe.skipIf(NO_REFERENCE !== false)(
  'every request of Okta’s own packs gets the documented answer',
  { timeout: PATIENCE },
  () => {
    describe.each(vintagesOf('apps'))('Apps of %s', (vintage) => {
      it('walks from creation to deletion', async () => {
        await using journey = await startPackJourney('apps', vintage);
        await walkApps(journey);
        expect(journey.unsent()).toEqual([]);
      });
    });

    describe.each(vintagesOf('admin-roles'))('Admin roles of %s', (vintage) => {
      it('gives, narrows and takes roles', async () => {
        await using journey = await startPackJourney('admin-roles', vintage);
        if (journey.has('Create Role')) await walkCustomRoles(journey);
        await walkRoles(journey);
        expect(journey.unsent()).toEqual([]);
      });
    });
  },
);

let people = 0;

async function createUser(journey: PackJourney): Promise<string> {
  const login = `person${++people}@example.com`;
  const made = await journey.call('POST', '/api/v1/users', {
    profile: { firstName: 'Ines', lastName: 'Okafor', email: login, login },
    credentials: { password: { value: 'Harbour-Lamp-27' } },
  });
  return made.pick('id');
}

async function createGroup(journey: PackJourney, name: string): Promise<string> {
  return (await journey.call('POST', '/api/v1/groups', { profile: { name } })).pick('id');
}

async function walkApps(journey: PackJourney): Promise<void> {
  const { values } = journey;
  values.userId = await createUser(journey);
  values.groupId = await createGroup(journey, 'Harbour');
  values.password = 'Harbour-Lamp-27';
  values.yourOktaDomain = journey.url;

  const id = { saves: { added: 'id' } };
  /** Adds an app by a request of the pack; vintages that lack it get the same app another way. */
  const add = async (name: string, otherwise?: object): Promise<string> => {
    if (journey.has(name)) await journey.send(name, id);
    else values.added = (await journey.call('POST', '/api/v1/apps', otherwise)).pick('id');
    return values.added ?? '';
  };
  if (journey.has('Add SAML 2.0 Authentication Application instance'))
    await add('Add SAML 2.0 Authentication Application instance');
  const saml = await add('Add Custom SAML 2.0 App');
  await add('Add Custom SWA App');
  await add('Add Basic Auth App');
  const plugin = await add('Add Plugin SWA App');
  await add('Add WS-Fed App');
  await add('Add SWA App');
  const client = await add('Add OAuth2 Client App');
  const bookmark = await add('Add Bookmark App', {
    name: 'bookmark',
    label: 'Tides',
    settings: { app: { url: 'https://example.com/tides' } },
  });
  const org2org = await add('Add Okta Org2Org App', {
    name: 'okta_org2org',
    label: 'Sister org',
    settings: { app: {} },
  });

  values.appId = saml;
  await walkCertificates(journey, client);

  values.appId = plugin;
  for (const name of journey.unsent().filter((one) => one.startsWith('Set Plugin SWA to')))
    await journey.send(name);
  await journey.send('Assign User to App for SSO');
  await journey.send('List Users Assigned to App');
  await journey.send('Get Assigned User for App');
  await journey.send('Update App Credentials for Assigned User ');
  const embedded = await journey.send('List Apps Assigned to User');
  expect(embedded.pick('0._embedded.user.id')).toBe(values.userId);
  expect((await journey.send('Get Apps Assigned to User')).pick('0.id')).toBe(plugin);
  await journey.send('Remove User from App');

  values.appId = org2org;
  await walkProvisioning(journey);

  values.appId = client;
  if (journey.has('Grant consent to scope')) {
    await journey.send('Grant consent to scope', { saves: { grantId: 'id' } });
    await journey.send('List scope consent grants');
    await journey.send('Get single scope consent grant');
    await journey.send('Revoke scope consent grant');
  }

  values.appId = bookmark;
  await journey.send('Assign Group to App');
  expect((await journey.send('List Assigned Groups')).pick('0.id')).toBe(values.groupId);
  await journey.send('Remove Group from App');
  // The pack leaves it to the person to choose a picture: without one Okta refuses.
  if (journey.has('Update logo'))
    await journey.send('Update logo', { refusal: { status: 400, errorCode: 'E0000001' } });
  await journey.send('List Apps');
  await journey.send('List ACTIVE Apps');
  await journey.send('Get App');
  await journey.send('Delete App', { refusal: { status: 403, errorCode: 'E0000056' } });
  await journey.send('Deactivate App');
  expect((await journey.send('List INACTIVE Apps')).pick('0.id')).toBe(bookmark);
  await journey.send('Activate App');
  await journey.send('Deactivate App');
  await journey.send('Delete App');
}

async function walkCertificates(journey: PackJourney, target: string): Promise<void> {
  const { values } = journey;
  values.validityYears = '2';
  values.targetAid = target;
  await journey.send('Generate Certificate', { saves: { keyId: 'kid', kid: 'kid' } });
  const metadata = await journey.send('Preview SAML metadata');
  expect(metadata.json).toMatch(/^<\?xml .*<ds:X509Certificate>/);
  await journey.send('Share/Clone Certificate');
  const app = await journey.send('Get App');
  Object.assign(values, {
    appName: app.pick('name'),
    appInstanceLabel: app.pick('label'),
    appSignOnMode: app.pick('signOnMode'),
  });
  const updated = await journey.send('Update Application Certificate');
  expect(updated.pick('credentials.signing.kid')).toBe(values.keyId);
  expect((await journey.send('List Apps Using a key')).pick('0.id')).toBe(values.appId);
  await journey.send('Get Certificate');
  await journey.send('List Certificates');
  await journey.send('Generate CSR in PKCS#10');
  const csr = await journey.send('Generate CSR in JSON', { saves: { csrId: 'id' } });
  await journey.send('List CSRs');
  await journey.send('Get CSR');
  const publish = 'Publish CSR with PEM';
  // The certificate in the pack belongs to another request.
  await journey.send(publish, { refusal: { status: 400, errorCode: 'E0000001' } });
  const published = await journey.send(publish, { edit: () => sign(csr.pick('csr')) });
  expect(published.pick('kid')).toBe(values.csrId);
  const another = await journey.send('Generate CSR in JSON');
  await journey.send('Revoke CSR', { values: { csrId: another.pick('id') } });
}

/** What an authority makes of a request (DER, base64): a certificate of one year, as PEM. */
function sign(csr: string): string {
  const der = forge.util.createBuffer(Buffer.from(csr, 'base64').toString('binary'));
  const request = forge.pki.certificationRequestFromAsn1(forge.asn1.fromDer(der));
  expect(request.verify()).toBe(true);
  if (!request.publicKey) throw new Error('The request has no key.');
  const authority = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = request.publicKey;
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date();
  certificate.validity.notAfter = new Date(Date.now() + 365 * 24 * 3600 * 1000);
  certificate.setSubject(request.subject.attributes);
  certificate.setIssuer([{ name: 'commonName', value: 'Harbour Authority' }]);
  certificate.sign(forge.pki.privateKeyFromPem(authority.privateKey), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

async function walkProvisioning(journey: PackJourney): Promise<void> {
  const text = { type: 'string' };
  const list = { type: 'array', items: { type: 'string' } };
  // What the pack writes into profiles are attributes of an app that its authors had; ours gets them first.
  await journey.call('POST', `/api/v1/meta/schemas/apps/${journey.values.appId}/default`, {
    definitions: {
      custom: {
        id: '#custom',
        type: 'object',
        properties: {
          roles: { title: 'Roles', ...list },
          groups: { title: 'Groups', ...list },
          accountType: { title: 'Account type', ...text },
          role: { title: 'Role', ...text },
          region: { title: 'Region', ...text },
        },
      },
    },
  });
  await journey.send('Assign User to App for SSO & Provisioning');
  const changed = await journey.send('Update App Profile for Assigned User');
  expect(changed.json).toMatchObject({ profile: { accountType: 'FREE', roles: ['CEO'] } });
  if (!journey.has('Get Features')) return;
  const before = await journey.send('Get Default Provisioning Connection');
  expect(before.pick('status')).toBe('UNKNOWN');
  await journey.send('Create Default Provisioning Connection');
  await journey.send('Deactivate Default Provisioning Connection');
  await journey.send('Activate Default Provisioning Connection');
  await journey.send('Get Features');
  await journey.send('Get USER_PROVISIONING Feature');
  const feature = await journey.send('Update USER_PROVISIONING Feature');
  expect(feature.pick('capabilities.update.profile.status')).toBe('ENABLED');
}

async function walkCustomRoles(journey: PackJourney): Promise<void> {
  const { values } = journey;
  values.userId = await createUser(journey);
  values.groupId = await createGroup(journey, 'Harbour');
  for (const number of [1, 2, 3, 4])
    values[`groupId${number}`] = await createGroup(journey, `Quay ${number}`);

  await journey.send('Create Role', { saves: { roleIdOrLabel: 'id', roleId: 'id' } });
  await journey.send('Get Role');
  await journey.send('Update Role');
  await journey.send('List Roles');
  await journey.send('List permissions');
  values.permissionType = 'okta.users.manage';
  await journey.send('Add permission');
  await journey.send('Get permission');
  await journey.send('Delete permission');

  await journey.send('Create Resource Set', {
    saves: { resourceSetIdOrLabel: 'id', resourceSetId: 'id' },
  });
  await journey.send('Get Resource Set');
  await journey.send('List Resource Sets');
  await journey.send('Update resource set');
  await journey.send('Add more resources');
  const resources = await journey.send('List resources', { saves: { resourceId: 'resources.0.id' } });
  expect((resources.json as { resources: unknown[] }).resources).toHaveLength(5);
  await journey.send('Delete a resource');

  await journey.send('Create a new Binding');
  await journey.send('Get all Bindings in a Resource Set');
  await journey.send('Get a Binding by Role ID');
  await journey.send('Add more Members to a Binding');
  await journey.send('List Members in a Binding', { saves: { memberId: 'members.0.id' } });
  await journey.send('Get a Member from a Binding');
  await journey.send('Delete a Member from a Binding');
  await journey.send('Delete a Binding');

  for (const holder of ['User', 'Group']) {
    await journey.send(`Assign a Custom Role to a ${holder}`, { saves: { bindingId: 'id' } });
    await journey.send(`Unassign a Custom Role from a ${holder}`);
  }
  await journey.send('Delete resource set');
  await journey.send('Delete Role');

  values.roleType = 'READ_ONLY_ADMIN';
  await journey.send('Grant third-party admin status to a User');
  await journey.send('Grant third-party admin status to a Group');
  values.roleType = 'HELP_DESK_ADMIN';
  await journey.send('Assign a Role to a Group', { saves: { roleId: 'id' } });
  await journey.send('List Roles Assigned to Group');
  await journey.send('Unassign a Role from a Group');
}

async function walkRoles(journey: PackJourney): Promise<void> {
  const { values } = journey;
  values.userId = await createUser(journey);
  values.groupId = await createGroup(journey, 'Islands');
  const other = await createGroup(journey, 'Cliffs');

  values.roleType = 'USER_ADMIN';
  const withType = (type: string) => (body: string) => body.replace(/"type":\s*"[^"]*"/, `"type": "${type}"`);
  await journey.send('Assign  Role to User', { edit: withType('USER_ADMIN'), saves: { roleId: 'id' } });
  await journey.send('List Roles Assigned to User');
  await journey.send('Add Group Target to Group Admin Role');
  expect((await journey.send('List Group Targets for Group Admin Role')).pick('0.id')).toBe(values.groupId);
  // Okta: the last target stays.
  const last = { status: 400, errorCode: 'E0000001' };
  await journey.send('Remove Group Target from Group Admin Role', { refusal: last });
  await journey.send('Add Group Target to Group Admin Role', { values: { groupId: other } });
  await journey.send('Remove Group Target from Group Admin Role');

  await journey.send('Assign  Role to User', { edit: withType('APP_ADMIN'), saves: { roleId: 'id' } });
  values.appName = 'salesforce';
  await journey.send('Add App Target for App Admin Role');
  expect((await journey.send('List App Targets for App Admin Role')).pick('0.name')).toBe('salesforce');
  await journey.send('Remove App Target from App Admin Role', { refusal: last });
  await journey.send('Add App Target for App Admin Role', { values: { appName: 'bookmark' } });
  await journey.send('Remove App Target from App Admin Role');
  await journey.send('Unassign  Role from User');
}
