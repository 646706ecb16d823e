import { type AppInput, type CatalogEntry, findCatalogEntry } from '@castellan/okta-api';
import type { Context } from '../handling.ts';
import { invalid, OktaError } from '../okta-error.ts';
import { policyIdsOf } from '../org-identity.ts';
import type { AppCredentials, AppRecord, Json } from '../store/records.ts';
import { entryOf } from './get-app.ts';
import { readOAuthClient, readOAuthCredentials } from './oauth-client.ts';
import { readSamlSignOn } from './saml-sign-on.ts';

/** What a body says about an app, with Okta's defaults for all it does not say. */
export type AppContent = Pick<
  AppRecord,
  | 'name'
  | 'isCustom'
  | 'label'
  | 'signOnMode'
  | 'accessibility'
  | 'visibility'
  | 'credentials'
  | 'settings'
  | 'profile'
  | 'accessPolicyId'
>;

/** Sign-on modes whose apps hold a name and a password for each user (apps#authentication-schemes). */
const WITH_SCHEME = new Set(['BASIC_AUTH', 'BROWSER_PLUGIN', 'SECURE_PASSWORD_STORE', 'AUTO_LOGIN']);

/** Modes that anybody may make an app of without the catalogue. */
const CUSTOM_MODES = new Set(['SAML_2_0', 'AUTO_LOGIN']);

/**
 * Reads the body of a new app, or of one that replaces `before`: id, name and status of that one stay as they are.
 * Throws E0000001 for what Okta does not take, E0000040 for a label that another app has.
 */
export function readApp(context: Context, id: string, body: AppInput, before?: AppRecord): AppContent {
  const { name, signOnMode, entry } = before ? keepKind(body, before) : readKind(context, body);
  checkLabel(context, body.label, id);
  if (before && onlyChangesKey(body)) return { ...before, label: body.label };
  return {
    name,
    isCustom: entry === undefined,
    label: body.label,
    signOnMode,
    accessibility: readAccessibility(body, signOnMode),
    visibility: readVisibility(body, name, signOnMode, entry),
    credentials: readCredentials(id, body, signOnMode, before),
    settings: readSettings(body, signOnMode, entry, before),
    accessPolicyId: before?.accessPolicyId ?? policyIdsOf(context.store).access,
    ...(signOnMode === 'OPENID_CONNECT' && body.profile ? { profile: body.profile } : {}),
  };
}

/** Okta: to change the key an app signs with, only that key need be sent (apps#application-credentials-object). */
function onlyChangesKey({ credentials, settings }: AppInput): boolean {
  return Boolean(credentials?.signing?.kid) && !settings;
}

interface Kind {
  readonly name: string;
  readonly signOnMode: string;
  /** Absent for custom apps. */
  readonly entry: CatalogEntry | undefined;
}

function readKind(context: Context, body: AppInput): Kind {
  const { signOnMode } = body;
  if (body.name === undefined || body.name === null || body.name === '') {
    if (signOnMode === undefined) throw invalid('signOnMode', 'signOnMode: The field cannot be left blank');
    if (signOnMode === 'OPENID_CONNECT') return toKind('oidc_client', signOnMode);
    if (!CUSTOM_MODES.has(signOnMode)) throw invalid('name', 'name: The field cannot be left blank');
    return { name: makeName(context, body.label), signOnMode, entry: undefined };
  }
  refuseNamedCustom(body);
  return toKind(body.name, signOnMode);
}

/** Okta: a custom app gets its name and must not bring one (apps#app-names); not documented with which code. */
function refuseNamedCustom({ name, signOnMode, settings }: AppInput): void {
  const { ssoAcsUrl, loginUrl } = settings?.signOn ?? {};
  const isCustom = signOnMode === 'SAML_2_0' ? ssoAcsUrl : signOnMode === 'AUTO_LOGIN' ? loginUrl : undefined;
  if (isCustom) throw invalid('name', `name: A custom app cannot be named ${name ?? ''}`);
}

function toKind(name: string, wanted: string | undefined): Kind {
  const entry = findCatalogEntry(name);
  if (!entry) throw invalid('name', `name: There is no app ${name} in the catalog`);
  const { signOnModes } = entry;
  const signOnMode = wanted ?? signOnModes[0] ?? '';
  if (signOnModes.includes(signOnMode)) return { name, signOnMode, entry };
  // Okta: an app that signs in by itself is one of the browser plugin where the catalogue has only that.
  if (signOnMode === 'AUTO_LOGIN' && signOnModes.includes('BROWSER_PLUGIN'))
    return { name, signOnMode: 'BROWSER_PLUGIN', entry };
  throw invalid('signOnMode', `signOnMode: The app ${name} does not support ${signOnMode}`);
}

/** Okta: the name of an app never changes; its mode may, within what the catalogue says. */
function keepKind(body: AppInput, before: AppRecord): Kind {
  const entry = entryOf(before);
  if (body.signOnMode === undefined)
    throw invalid('signOnMode', 'signOnMode: The field cannot be left blank');
  if (entry) return toKind(before.name, body.signOnMode);
  if (body.signOnMode !== before.signOnMode)
    throw new OktaError('E0000024', { causes: ['The sign-on mode of a custom app cannot be changed.'] });
  return { name: before.name, signOnMode: before.signOnMode, entry };
}

/** Okta: `{subdomain}_{label in lower alphanumerics}_{n}` (apps#app-names). */
function makeName({ store, origin }: Context, label: string): string {
  const subdomain = (new URL(origin).hostname.split('.')[0] ?? 'org').replaceAll(/[^a-z0-9]/g, '');
  const stem = `${subdomain}_${label.toLowerCase().replaceAll(/[^a-z0-9]/g, '')}`;
  const taken = new Set([...store.apps.values()].map((app) => app.name));
  let number = 1;
  while (taken.has(`${stem}_${number}`)) number++;
  return `${stem}_${number}`;
}

function checkLabel({ store }: Context, label: string, id: string): void {
  if (store.apps.by('label', label.toLowerCase()).some((app) => app.id !== id))
    throw new OktaError('E0000040');
}

/** Okta: who may take an app needs a user name that they can write (apps#set-self-service-application-assignment). */
function readAccessibility(body: AppInput, signOnMode: string): AppRecord['accessibility'] {
  const { selfService, errorRedirectUrl, loginRedirectUrl } = body.accessibility ?? {};
  if (
    selfService &&
    signOnMode === 'OPENID_CONNECT' &&
    body.settings?.oauthClient?.application_type === 'service'
  )
    throw new OktaError('E0000044', { causes: ['Nobody signs in to a service.'] });
  return {
    selfService: selfService ?? false,
    errorRedirectUrl: errorRedirectUrl ?? null,
    loginRedirectUrl: loginRedirectUrl ?? null,
  };
}

function readVisibility(
  body: AppInput,
  name: string,
  signOnMode: string,
  entry: CatalogEntry | undefined,
): AppRecord['visibility'] {
  const { autoLaunch, autoSubmitToolbar, hide, appLinks } = body.visibility ?? {};
  const hidden = signOnMode === 'OPENID_CONNECT';
  const own = entry && name !== 'oidc_client' ? (entry.links ?? { login: true }) : { [`${name}_link`]: true };
  return {
    autoLaunch: autoLaunch ?? false,
    autoSubmitToolbar: autoSubmitToolbar ?? false,
    hide: { iOS: hide?.iOS ?? hidden, web: hide?.web ?? hidden },
    appLinks:
      entry && !entry.links && appLinks ? { ...own, ...appLinks } : { ...own, ...pick(appLinks, own) },
  };
}

/** Okta: names that an app has no tile for are dropped. */
function pick(
  given: Readonly<Record<string, boolean>> | null | undefined,
  known: Readonly<Record<string, boolean>>,
): Record<string, boolean> {
  return Object.fromEntries(Object.entries(given ?? {}).filter(([name]) => Object.hasOwn(known, name)));
}

const DEFAULT_SCHEME = 'EDIT_USERNAME_AND_PASSWORD';

function readCredentials(
  id: string,
  body: AppInput,
  signOnMode: string,
  before: AppRecord | undefined,
): AppCredentials {
  const given = body.credentials ?? {};
  const userNameTemplate = readTemplate(given.userNameTemplate);
  const signingKid = before?.credentials.signingKid;
  const common = { userNameTemplate, ...(signingKid === undefined ? {} : { signingKid }) };
  if (signOnMode === 'OPENID_CONNECT')
    return { ...common, oauthClient: readOAuthCredentials(id, body, before) };
  if (!WITH_SCHEME.has(signOnMode)) return common;
  const scheme = given.scheme ?? before?.credentials.scheme ?? DEFAULT_SCHEME;
  const shared = scheme === 'SHARED_USERNAME_AND_PASSWORD';
  const userName = given.userName || (shared ? before?.credentials.userName : undefined);
  const hasPassword = given.password?.value ? true : shared ? before?.credentials.hasPassword : undefined;
  if (shared && !userName)
    throw invalid('credentials', 'credentials.userName: The field cannot be left blank');
  return {
    ...common,
    scheme,
    revealPassword: given.revealPassword ?? false,
    ...(shared ? { userName, hasPassword: hasPassword ?? false } : {}),
  };
}

const DEFAULT_TEMPLATE = '${source.login}';

function readTemplate(
  given: NonNullable<AppInput['credentials']>['userNameTemplate'],
): AppCredentials['userNameTemplate'] {
  const type = given?.type ?? 'BUILT_IN';
  const suffix = given?.suffix ?? given?.userSuffix;
  return {
    ...(type === 'NONE' ? {} : { template: given?.template ?? DEFAULT_TEMPLATE }),
    type,
    ...(suffix ? { suffix } : {}),
    ...(type === 'CUSTOM' ? { pushStatus: given?.pushStatus ?? 'DONT_PUSH' } : {}),
  };
}

function readSettings(
  body: AppInput,
  signOnMode: string,
  entry: CatalogEntry | undefined,
  before: AppRecord | undefined,
): Readonly<Record<string, Json>> {
  const given = body.settings ?? {};
  const vpn = given.notifications?.vpn;
  const network = vpn?.network;
  return {
    app: readAppSettings(given.app ?? {}, entry),
    notifications: {
      vpn: {
        network: {
          connection: network?.connection ?? 'DISABLED',
          ...(network?.include ? { include: network.include } : {}),
          ...(network?.exclude ? { exclude: network.exclude } : {}),
        },
        message: vpn?.message ?? null,
        helpUrl: vpn?.helpUrl ?? null,
      },
    },
    manualProvisioning: given.manualProvisioning ?? false,
    implicitAssignment: given.implicitAssignment ?? false,
    emOptInStatus: given.emOptInStatus ?? 'NONE',
    ...(given.identityStoreId ? { identityStoreId: given.identityStoreId } : {}),
    notes: { admin: given.notes?.admin ?? null, enduser: given.notes?.enduser ?? null },
    ...readSignOn(body, signOnMode, entry, before),
  };
}

const LINKS = new Set(['url', 'authURL', 'targetURL', 'siteURL', 'wReplyURL', 'baseUrl']);

function readAppSettings(
  given: Readonly<Record<string, Json>>,
  entry: CatalogEntry | undefined,
): Readonly<Record<string, Json>> {
  if (!entry) return {};
  for (const name of entry.required ?? []) {
    if (given[name] === undefined || given[name] === null || given[name] === '')
      throw invalid(name, `${name}: The field cannot be left blank`);
  }
  for (const [name, value] of Object.entries(given)) {
    if (LINKS.has(name) && typeof value === 'string' && value !== '' && !isUrl(value))
      throw invalid(name, `${name}: The field must be a URL`);
  }
  const known = Object.keys(entry.settings).length > 0 ? Object.entries(entry.settings) : undefined;
  // Of an app whose settings are not known, all are taken.
  if (!known) return given;
  return Object.fromEntries(known.map(([name, standard]) => [name, emptyToNull(given[name]) ?? standard]));
}

function emptyToNull(value: Json | undefined): Json | undefined {
  return value === '' ? null : value;
}

function isUrl(text: string): boolean {
  return URL.canParse(text) && /^[a-z][a-z0-9+.-]*:\S+$/i.test(text);
}

function readSignOn(
  body: AppInput,
  signOnMode: string,
  entry: CatalogEntry | undefined,
  before: AppRecord | undefined,
): Readonly<Record<string, Json>> {
  const { settings } = body;
  switch (signOnMode) {
    case 'OPENID_CONNECT':
      return { oauthClient: readOAuthClient(body, before) };
    case 'SAML_2_0':
      return { signOn: readSamlSignOn(settings?.signOn ?? {}, entry, before) };
    case 'AUTO_LOGIN': {
      const { loginUrl, redirectUrl } = settings?.signOn ?? {};
      if (!entry && (typeof loginUrl !== 'string' || !isUrl(loginUrl)))
        throw invalid('loginUrl', 'loginUrl: The field must be a URL');
      return { signOn: { redirectUrl: redirectUrl || null, loginUrl: loginUrl ?? null } };
    }
    default:
      return {};
  }
}
