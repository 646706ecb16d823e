import type { Context } from '../handling.ts';
import { notFound } from '../okta-error.ts';
import { orgIdOf } from '../org-identity.ts';
import { toTimestamp } from '../people.ts';
import type { AppKeyRecord, AppRecord } from '../store/records.ts';
import { describeCertificate, keyThumbprint, makeCertificate } from './certificates.ts';

/** Whose key serves every app that has none of its own. */
const ORG = 'org';
const YEAR = 365 * 24 * 3600 * 1000;
const USUAL_YEARS = 10;

/** Modes whose apps sign with a key of their own; all others sign with the org's (recorded answers). */
const WITH_OWN_KEY = new Set(['SAML_2_0', 'SAML_1_1', 'WS_FEDERATION']);

/** The first key of an app, made now unless the org's own serves it. */
export async function makeFirstKey(
  context: Context,
  app: Pick<AppRecord, 'id' | 'isCustom' | 'signOnMode'>,
): Promise<AppKeyRecord> {
  // Only custom apps with a key of their own have nothing to do with the org's.
  const shared = app.isCustom && WITH_OWN_KEY.has(app.signOnMode) ? undefined : await getOrgKey(context);
  if (shared && !WITH_OWN_KEY.has(app.signOnMode)) return shared;
  return makeKey(context, app.id, USUAL_YEARS);
}

/** The key that all apps share, made for the first of them. */
async function getOrgKey(context: Context): Promise<AppKeyRecord> {
  const known = context.store.appKeys.by('app', ORG)[0];
  if (known) return known;
  const key = await makeKey(context, ORG, USUAL_YEARS);
  // Another first app may have made one meanwhile.
  return context.store.appKeys.by('app', ORG)[0] ?? putKey(context, key);
}

/** A new key with a certificate of so many years, not stored yet. */
export async function makeKey(context: Context, appId: string, years: number): Promise<AppKeyRecord> {
  const { now, store } = context;
  const expiresAt = now + years * YEAR;
  const certificate = await makeCertificate(orgIdOf(store), { from: now, until: expiresAt });
  return toKeyRecord(context, appId, [certificate], expiresAt);
}

export function toKeyRecord(
  { now }: Context,
  appId: string,
  x5c: readonly string[],
  expiresAt: number,
): AppKeyRecord {
  const kid = keyThumbprint(describeCertificate(x5c[0] ?? ''));
  return { id: `${appId}/${kid}`, appId, kid, created: now, lastUpdated: now, expiresAt, x5c };
}

export function putKey({ store }: Context, key: AppKeyRecord): AppKeyRecord {
  return store.appKeys.put(key);
}

/** Sees to it that an app without a key of its own has the org's to show. Okta: every app lists a key. */
export async function ensureKey(context: Context, app: AppRecord): Promise<void> {
  if (!WITH_OWN_KEY.has(app.signOnMode)) await getOrgKey(context);
}

/** The keys of an app, oldest first. Okta: one that it shares was made with the app, as far as the app shows it. */
export function keysOf({ store }: Context, app: AppRecord): AppKeyRecord[] {
  // Okta: an app of the catalogue lists the org's key beside its own, a custom one does not.
  const shared = app.isCustom && WITH_OWN_KEY.has(app.signOnMode) ? [] : store.appKeys.by('app', ORG);
  return [
    ...shared.map((key) => ({ ...key, created: app.created, lastUpdated: app.created })),
    ...store.appKeys.by('app', app.id),
  ];
}

export function getKey(context: Context, app: AppRecord, kid: string): AppKeyRecord {
  const key = keysOf(context, app).find((one) => one.kid === kid);
  if (!key) throw notFound(kid, 'JsonWebKey');
  return key;
}

/** A key as Okta answers it: a JWK with its certificate, members in Okta's order. */
export function toKeyView(key: AppKeyRecord): object {
  const { thumbprint, e, n } = describeCertificate(key.x5c[0] ?? '');
  return {
    kty: 'RSA',
    created: toTimestamp(key.created),
    lastUpdated: toTimestamp(key.lastUpdated),
    expiresAt: toTimestamp(key.expiresAt),
    kid: key.kid,
    use: 'sig',
    x5c: key.x5c,
    'x5t#S256': thumbprint,
    e,
    n,
  };
}
