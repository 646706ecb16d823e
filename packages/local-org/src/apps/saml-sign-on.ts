import type { CatalogEntry } from '@castellan/okta-api';
import { invalid } from '../okta-error.ts';
import type { AppRecord, Json } from '../store/records.ts';

type Settings = Readonly<Record<string, Json>>;

/** What a custom app says when it leaves things out, in Okta's order (recorded answers). */
const CUSTOM: Settings = {
  defaultRelayState: null,
  ssoAcsUrl: null,
  idpIssuer: 'http://www.okta.com/${org.externalKey}',
  audience: null,
  recipient: null,
  destination: null,
  subjectNameIdTemplate: '${user.userName}',
  subjectNameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
  responseSigned: true,
  assertionSigned: true,
  signatureAlgorithm: 'RSA_SHA256',
  digestAlgorithm: 'SHA256',
  honorForceAuthn: true,
  authnContextClassRef: 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
  spIssuer: null,
  requestCompressed: false,
  attributeStatements: [],
  inlineHooks: [],
  assertionEncryption: { enabled: false },
  allowMultipleAcsEndpoints: false,
  acsEndpoints: [],
  samlSignedRequestEnabled: false,
  slo: { enabled: false },
};

/** An app of the catalogue knows the rest itself; only these can be overridden. */
const CATALOG: Settings = {
  defaultRelayState: null,
  ssoAcsUrlOverride: null,
  audienceOverride: null,
  recipientOverride: null,
  destinationOverride: null,
  attributeStatements: [],
};

/** Settings that stay when an update does not name them (apps#add-custom-saml-application). */
const KEPT = ['slo', 'participateSlo', 'spCertificate'];
const OPTIONAL = [
  'participateSlo',
  'spCertificate',
  'configuredAttributeStatements',
  'samlAssertionLifetimeSeconds',
];
const URLS = ['ssoAcsUrl', 'recipient', 'destination'];
const MOST_ENDPOINTS = 100;
const LONGEST_ENDPOINT = 1024;

/** Values that Okta takes (apps#supported-values-for-custom-saml-app). */
const choices: Readonly<Record<string, readonly string[]>> = {
  subjectNameIdFormat: [
    'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
    'urn:oasis:names:tc:SAML:1.1:nameid-format:x509SubjectName',
    'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  ],
  signatureAlgorithm: ['RSA_SHA1', 'RSA_SHA256'],
  digestAlgorithm: ['SHA1', 'SHA256'],
  authnContextClassRef: [
    'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport',
    'urn:oasis:names:tc:SAML:2.0:ac:classes:Password',
    'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
    'urn:oasis:names:tc:SAML:2.0:ac:classes:TLSClient',
    'urn:oasis:names:tc:SAML:2.0:ac:classes:X509',
    'urn:federation:authentication:windows',
    'oasis:names:tc:SAML:2.0:ac:classes:Kerberos',
    'urn:oasis:names:tc:SAML:2.0:ac:classes:Kerberos',
  ],
};

/** The `signOn` of a SAML app. Throws E0000001 naming the setting that Okta does not take. */
export function readSamlSignOn(
  given: Settings,
  entry: CatalogEntry | undefined,
  before: AppRecord | undefined,
): Settings {
  const standard = entry ? CATALOG : CUSTOM;
  const signOn: Record<string, Json> = {};
  for (const [name, value] of Object.entries(standard)) signOn[name] = given[name] ?? value;
  if (entry) {
    for (const [name, value] of Object.entries(signOn)) if (value === '') signOn[name] = null;
  } else {
    for (const name of OPTIONAL)
      if (given[name] !== undefined && given[name] !== null) signOn[name] = given[name];
    for (const name of Object.keys(given))
      if (name.endsWith('Override') && given[name]) signOn[name] = given[name];
    keepFrom(before, given, signOn);
    checkCustom(signOn);
  }
  checkStatements(signOn.attributeStatements);
  return signOn;
}

function keepFrom(before: AppRecord | undefined, given: Settings, signOn: Record<string, Json>): void {
  const old = before?.settings.signOn;
  if (!isObject(old)) return;
  for (const name of KEPT) if (given[name] === undefined && old[name] !== undefined) signOn[name] = old[name];
}

function checkCustom(signOn: Settings): void {
  for (const name of URLS) {
    const value = signOn[name];
    if (typeof value !== 'string' || value === '')
      throw invalid(name, `${name}: The field cannot be left blank`);
    if (!/^https?:\/\/\S+$/i.test(value)) throw invalid(name, `${name}: The field must be a URL`);
  }
  if (typeof signOn.audience !== 'string' || signOn.audience === '')
    throw invalid('audience', 'audience: The field cannot be left blank');
  for (const [name, allowed] of Object.entries(choices)) {
    if (!allowed.includes(String(signOn[name])))
      throw invalid(name, `${name}: The value is not one of the allowed values`);
  }
  for (const name of [
    'responseSigned',
    'assertionSigned',
    'honorForceAuthn',
    'requestCompressed',
    'allowMultipleAcsEndpoints',
  ])
    if (typeof signOn[name] !== 'boolean')
      throw invalid(name, `${name}: The value does not match the type boolean`);
  if (!signOn.responseSigned && !signOn.assertionSigned)
    throw invalid('signOn', 'At least one of responseSigned and assertionSigned must be true');
  checkLogout(signOn);
  checkEndpoints(signOn.acsEndpoints);
}

/** Okta: whoever takes part in logout signs its requests, so its one certificate must be known. */
function checkLogout({ slo, participateSlo, spCertificate }: Settings): void {
  const takesPart = [slo, participateSlo].some((one) => isObject(one) && one.enabled === true);
  const x5c = isObject(spCertificate) ? spCertificate.x5c : undefined;
  const isGiven = spCertificate !== undefined && spCertificate !== null;
  if (!takesPart && !isGiven) return;
  if (!Array.isArray(x5c) || x5c.length !== 1 || typeof x5c[0] !== 'string')
    throw invalid('spCertificate', 'spCertificate: x5c must hold exactly one certificate');
}

function checkEndpoints(endpoints: Json | undefined): void {
  if (!Array.isArray(endpoints) || endpoints.length > MOST_ENDPOINTS)
    throw invalid(
      'acsEndpoints',
      `acsEndpoints: There must be a list of at most ${MOST_ENDPOINTS} endpoints`,
    );
  const seen = new Set<Json>();
  for (const endpoint of endpoints as readonly Json[]) {
    const { url, index } = isObject(endpoint) ? endpoint : {};
    if (typeof url !== 'string' || url.length > LONGEST_ENDPOINT || !/^https?:\/\/[^\s?#]+$/i.test(url))
      throw invalid('acsEndpoints', 'acsEndpoints: url must be a URL without query and fragment');
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || seen.has(index))
      throw invalid('acsEndpoints', 'acsEndpoints: index must be a whole number that no other endpoint has');
    seen.add(index);
  }
}

function checkStatements(statements: Json | undefined): void {
  if (!Array.isArray(statements))
    throw invalid('attributeStatements', 'attributeStatements: The value does not match the type array');
  for (const statement of statements as readonly Json[]) {
    if (!isObject(statement) || typeof statement.name !== 'string' || statement.name === '')
      throw invalid('attributeStatements', 'attributeStatements: name: The field cannot be left blank');
    if (statement.type !== undefined && statement.type !== 'EXPRESSION' && statement.type !== 'GROUP')
      throw invalid(
        'attributeStatements',
        'attributeStatements: type: The value is not one of the allowed values',
      );
  }
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
