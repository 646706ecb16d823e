import type { Context } from '../handling.ts';
import type { AppKeyRecord, AppRecord } from '../store/records.ts';

const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';

/** What a service provider needs to know of the org as the identity provider of one app (SAML 2.0 metadata). */
export function toMetadata({ origin }: Context, app: AppRecord, key: AppKeyRecord): string {
  const entity = `exk${app.id.slice(3)}`;
  const address = `${origin}/app/${app.name}/${entity}/sso/saml`;
  const formats = [
    'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<md:EntityDescriptor entityID="http://www.okta.com/${entity}" xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">`,
    '<md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">',
    '<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>',
    `<ds:X509Certificate>${key.x5c[0] ?? ''}</ds:X509Certificate>`,
    '</ds:X509Data></ds:KeyInfo></md:KeyDescriptor>',
    ...formats.map((format) => `<md:NameIDFormat>${format}</md:NameIDFormat>`),
    ...[POST, REDIRECT].map(
      (binding) => `<md:SingleSignOnService Binding="${binding}" Location="${escape(address)}"/>`,
    ),
    '</md:IDPSSODescriptor></md:EntityDescriptor>',
  ].join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
