import { ensureKey, getKey, keysOf, makeKey, putKey, toKeyRecord, toKeyView } from '../apps/app-keys.ts';
import { toAppTarget } from '../apps/app-view.ts';
import {
  describeCertificate,
  describeCsr,
  keyThumbprint,
  makeCsr,
  readCertificate,
} from '../apps/certificates.ts';
import { getApp } from '../apps/get-app.ts';
import { toMetadata } from '../apps/saml-metadata.ts';
import { type Context, reply } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { toTimestamp } from '../people.ts';
import type { AppCsrRecord, AppRecord } from '../store/records.ts';
import type { AppHandlers } from './app-handlers.ts';

const FEWEST_YEARS = 2;
const MOST_YEARS = 10;
const DAY = 24 * 3600 * 1000;
const SHORTEST_CERTIFICATE = 90 * DAY;

/** What an app signs with: keys, their certificates and requests for them, SAML metadata. */
export const appSigning = {
  async generateKey({ params, query }, context) {
    const app = getApp(context, params.appId);
    const years = Number(query.validityYears ?? FEWEST_YEARS);
    if (!Number.isInteger(years) || years < FEWEST_YEARS || years > MOST_YEARS)
      throw invalid(
        'generateKey',
        `Validity years out of range. It should be ${FEWEST_YEARS} - ${MOST_YEARS} years`,
      );
    const key = putKey(context, await makeKey(context, app.id, years));
    logKey(context, app, 'generate');
    return created(context, app, `keys/${key.kid}`, toKeyView(key));
  },

  async cloneKey({ params, query }, context) {
    const app = getApp(context, params.appId);
    await ensureKey(context, app);
    const key = getKey(context, app, params.keyId);
    if (!query.targetAid) throw new OktaError('E0000028', { causes: ['targetAid'] });
    const target = getApp(context, query.targetAid);
    if (keysOf(context, target).some((one) => one.kid === key.kid))
      throw invalid('cloneKey', 'Key already exists in the list of key credentials for the target app.');
    const clone = putKey(context, {
      ...key,
      id: `${target.id}/${key.kid}`,
      appId: target.id,
      created: context.now,
      lastUpdated: context.now,
    });
    logKey(context, target, 'clone');
    return created(context, target, `keys/${clone.kid}`, toKeyView(clone));
  },

  async listKeys({ params }, context) {
    const app = getApp(context, params.appId);
    await ensureKey(context, app);
    return keysOf(context, app).map(toKeyView);
  },

  async getKey({ params }, context) {
    const app = getApp(context, params.appId);
    await ensureKey(context, app);
    return toKeyView(getKey(context, app, params.keyId));
  },

  getSamlMetadata({ params, query }, context) {
    const app = getApp(context, params.appId);
    if (!takes(context, 'xml')) throw new OktaError('E0000019');
    const kid = query.kid || app.credentials.signingKid;
    // Okta: not documented what an app without SAML answers.
    if (app.signOnMode !== 'SAML_2_0' || kid === undefined) throw notFound(app.id, 'AppInstance');
    return reply({
      headers: [['content-type', 'application/xml;charset=ISO-8859-1']],
      body: toMetadata(context, app, getKey(context, app, kid)),
    });
  },

  async createCsr({ params, body }, context) {
    const app = getApp(context, params.appId);
    const dnsNames = body.subjectAltNames?.dnsNames ?? [];
    const { countryName } = body.subject ?? {};
    if (countryName !== undefined && !/^[A-Za-z]{2}$/.test(countryName))
      throw invalid('subject', 'subject.countryName: The value must be a country code of two letters');
    const csr = await makeCsr(body.subject ?? {}, dnsNames);
    const csrId = keyThumbprint(describeCsr(csr));
    const record = { id: `${app.id}/${csrId}`, appId: app.id, csrId, created: context.now, csr };
    return viewCsr(context, context.store.appCsrs.put(record), [
      ['location', `${context.origin}/api/v1/apps/${app.id}/credentials/csrs/${csrId}`],
    ]);
  },

  listCsrs({ params }, context) {
    const app = getApp(context, params.appId);
    return context.store.appCsrs.by('app', app.id).map((one) => toCsrView(context, one));
  },

  getCsr: ({ params }, context) =>
    viewCsr(context, getCsr(context, getApp(context, params.appId), params.csrId)),

  publishCsr({ params, body }, context) {
    const app = getApp(context, params.appId);
    const csr = getCsr(context, app, params.csrId);
    const certificate = readCertificate(body.bytes);
    if (!certificate) throw invalid('certificate', 'The certificate could not be read.');
    const x5c = [certificate.raw.toString('base64')];
    if (keyThumbprint(describeCertificate(x5c[0] ?? '')) !== csr.csrId)
      throw invalid('certificate', 'The certificate does not match the CSR.');
    const expiresAt = Date.parse(certificate.validTo);
    if (expiresAt < context.now + SHORTEST_CERTIFICATE)
      throw invalid('certificate', 'The certificate must be valid for at least 90 days.');
    const key = putKey(context, toKeyRecord(context, app.id, x5c, expiresAt));
    context.store.appCsrs.delete(csr.id);
    logKey(context, app, 'generate');
    return created(context, app, `keys/${key.kid}`, toKeyView(key));
  },

  revokeCsr({ params }, context) {
    context.store.appCsrs.delete(getCsr(context, getApp(context, params.appId), params.csrId).id);
  },
} satisfies Partial<AppHandlers>;

function created({ origin }: Context, app: AppRecord, place: string, body: object) {
  return reply({ headers: [['location', `${origin}/api/v1/apps/${app.id}/credentials/${place}`]], body });
}

/** Whether the client takes a kind of answer; one that says nothing takes all. */
function takes({ wishes }: Context, kind: string): boolean {
  return wishes.accept === '' || wishes.accept.includes('*/*') || wishes.accept.includes(kind);
}

function getCsr({ store }: Context, app: AppRecord, id: string): AppCsrRecord {
  const csr = store.appCsrs.get(`${app.id}/${id}`);
  if (!csr) throw notFound(id, 'Csr');
  return csr;
}

/** JSON, or the request itself to whoever asks for PKCS#10. */
function viewCsr(context: Context, csr: AppCsrRecord, headers: readonly (readonly [string, string])[] = []) {
  if (!context.wishes.accept.includes('pkcs10')) return reply({ headers, body: toCsrView(context, csr) });
  const type = ['content-type', 'application/pkcs10; filename=okta.p10'] as const;
  return reply({ headers: [...headers, type], body: csr.csr });
}

function toCsrView({ origin }: Context, csr: AppCsrRecord): object {
  const self = `${origin}/api/v1/apps/${csr.appId}/credentials/csrs/${csr.csrId}`;
  return {
    id: csr.csrId,
    created: toTimestamp(csr.created),
    csr: csr.csr,
    kty: 'RSA',
    _links: {
      self: { href: self, hints: { allow: ['GET', 'DELETE'] } },
      publish: { href: `${self}/lifecycle/publish`, hints: { allow: ['POST'] } },
    },
  };
}

function logKey(context: Context, app: AppRecord, what: 'generate' | 'clone'): void {
  context.log({
    eventType: `app.keys.${what}`,
    displayMessage: `${what === 'clone' ? 'Clone' : 'Generate'} application key credential`,
    targets: [toAppTarget(app)],
  });
}
