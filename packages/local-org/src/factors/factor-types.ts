import type { IdKind } from '@castellan/okta-api';

/** How a factor proves that somebody is there. */
type Method =
  | 'answer'
  | 'sent-code'
  | 'time-code'
  | 'counter-code'
  | 'token-code'
  | 'yubikey'
  | 'device'
  | 'provider'
  | 'u2f'
  | 'webauthn';

export interface FactorType {
  readonly factorType: string;
  readonly provider: string;
  readonly vendorName: string;
  readonly method: Method;
  readonly idKind: IdKind;
  /** Okta: a phone that is not confirmed yet has another prefix (recorded). */
  readonly pendingIdKind?: IdKind;
  /** What a session's `amr` says of it (sessions#amr-object). */
  readonly amr: string;
  readonly channel?: 'sms' | 'call' | 'email';
  /** How many of it a user may have; one unless said otherwise. */
  readonly most?: number;
}

/** Which types a provider has. Source: factors#supported-factors-for-providers, id prefixes of its samples. */
export const factorTypes: readonly FactorType[] = [
  type('question', 'OKTA', 'answer', 'questionFactor', 'kba'),
  { ...type('sms', 'OKTA', 'sent-code', 'smsFactor', 'sms'), ...phone('sms') },
  { ...type('call', 'OKTA', 'sent-code', 'callFactor', 'tel'), ...phone('call') },
  { ...type('email', 'OKTA', 'sent-code', 'emailFactor', 'otp'), channel: 'email' },
  type('token:software:totp', 'OKTA', 'time-code', 'oktaTotpFactor', 'otp'),
  type('token:software:totp', 'GOOGLE', 'time-code', 'googleTotpFactor', 'otp'),
  type('push', 'OKTA', 'device', 'pushFactor', 'swk'),
  type('token', 'RSA', 'token-code', 'rsaFactor', 'otp'),
  type('token', 'SYMANTEC', 'token-code', 'symantecFactor', 'otp'),
  type('token:hardware', 'YUBICO', 'yubikey', 'yubikeyFactor', 'hwk'),
  type('token:hotp', 'CUSTOM', 'counter-code', 'customHotpFactor', 'otp'),
  type('web', 'DUO', 'device', 'duoFactor', 'swk'),
  provider('claims_provider', 'CUSTOM', 'IDP factor'),
  provider('assertion:saml2', 'GENERIC_SAML', 'SAML Factor'),
  provider('assertion:oidc', 'GENERIC_OIDC', 'OIDC Factor'),
  { ...type('u2f', 'FIDO', 'u2f', 'u2fFactor', 'hwk'), most: 5 },
  { ...type('webauthn', 'FIDO', 'webauthn', 'webauthnFactor', 'hwk'), most: 10 },
];

/** What the settings call a type: `{factorType}:{provider}`. */
export function keyOf({ factorType, provider }: Pick<FactorType, 'factorType' | 'provider'>): string {
  return `${factorType}:${provider}`;
}

export function findFactorType(of: Pick<FactorType, 'factorType' | 'provider'>): FactorType | undefined {
  return factorTypes.find((one) => one.factorType === of.factorType && one.provider === of.provider);
}

/** The type of a stored factor; only known types are ever stored. */
export function getFactorType(of: Pick<FactorType, 'factorType' | 'provider'>): FactorType {
  const found = findFactorType(of);
  if (!found) throw new Error(`No factor type ${keyOf(of)} is known.`);
  return found;
}

/** Who confirms a factor in the place of a phone: Duo, or another identity provider. */
export function confirmerOf(of: Pick<FactorType, 'factorType' | 'provider'>): string | undefined {
  if (getFactorType(of).method === 'provider') return getFactorType(of).vendorName;
  return of.provider === 'DUO' ? 'Duo' : undefined;
}

function type(factorType: string, provider: string, method: Method, idKind: IdKind, amr: string): FactorType {
  return { factorType, provider, vendorName: provider, method, idKind, amr };
}

/** Another identity provider that says who is there; the org sends the browser to it. */
function provider(factorType: string, provider: string, vendorName: string): FactorType {
  return { ...type(factorType, provider, 'provider', 'providerFactor', 'mca'), vendorName };
}

function phone(channel: 'sms' | 'call') {
  return { channel, pendingIdKind: 'pendingPhoneFactor' } as const;
}
