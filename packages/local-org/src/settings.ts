import type { Features, PasswordPolicy, SettingsRecord, SignOnPolicy } from './store/records.ts';
import type { Store } from './store/store.ts';

const ID = 'settings';

/** New orgs are Identity Engine orgs; Identity Governance is bought in addition. */
const defaultFeatures: Features = { edition: 'oie', governance: false };

/** Okta's defaults for the password policy (Policy API reference; lockout, history and answers as new orgs have them). */
const defaultPasswordPolicy: PasswordPolicy = {
  complexity: {
    minLength: 8,
    minLowerCase: 1,
    minUpperCase: 1,
    minNumber: 1,
    minSymbol: 0,
    excludeUsername: true,
  },
  age: { maxAgeDays: 0, expireWarnDays: 0, minAgeMinutes: 0, historyCount: 4 },
  lockout: { maxAttempts: 10, autoUnlockMinutes: 0, showLockoutFailures: false },
  recovery: {
    email: true,
    sms: false,
    call: false,
    question: true,
    selfServiceUnlock: true,
    emailTokenMinutes: 7 * 24 * 60,
    questionMinLength: 4,
  },
};

/** Every factor that the org can serve, as `{factorType}:{provider}` (factors#supported-factors-for-providers). */
const servedFactors: readonly string[] = [
  'question:OKTA',
  'sms:OKTA',
  'call:OKTA',
  'email:OKTA',
  'token:software:totp:OKTA',
  'token:software:totp:GOOGLE',
  'push:OKTA',
  'token:RSA',
  'token:SYMANTEC',
  'token:hardware:YUBICO',
  'token:hotp:CUSTOM',
  'web:DUO',
  'u2f:FIDO',
  'webauthn:FIDO',
];

/** Okta: sign-in asks for a password only until a policy wants more; sessions live two hours (recorded orgs). */
const defaultSignOnPolicy: SignOnPolicy = {
  mfa: 'never',
  mfaGroupIds: [],
  enrollment: 'required',
  factors: servedFactors,
  requiredFactors: [],
  rememberDeviceMinutes: 15,
  rememberDeviceByDefault: false,
  sessionLifetimeMinutes: 0,
  sessionIdleMinutes: 120,
  numberChallenge: false,
};

const DEFAULTS: SettingsRecord = {
  id: ID,
  features: defaultFeatures,
  passwordPolicy: defaultPasswordPolicy,
  signOnPolicy: defaultSignOnPolicy,
};

/** The settings as they are: what somebody set, otherwise Okta's defaults. */
export function getSettings(store: Store): SettingsRecord {
  return { ...DEFAULTS, ...store.settings.get(ID) };
}

/** Parts of the settings, at any depth of the policies. */
export interface SettingsChanges {
  readonly features?: Partial<Features>;
  readonly passwordPolicy?: { readonly [Part in keyof PasswordPolicy]?: Partial<PasswordPolicy[Part]> };
  readonly signOnPolicy?: Partial<SignOnPolicy>;
}

/** Replaces what is given and keeps everything else; whoever calls has checked the values. */
export function changeSettings(
  store: Store,
  { features, passwordPolicy, signOnPolicy }: SettingsChanges,
): SettingsRecord {
  const before = getSettings(store);
  const { complexity, age, lockout, recovery } = before.passwordPolicy;
  return store.settings.put({
    ...before,
    features: { ...before.features, ...features },
    passwordPolicy: {
      complexity: { ...complexity, ...passwordPolicy?.complexity },
      age: { ...age, ...passwordPolicy?.age },
      lockout: { ...lockout, ...passwordPolicy?.lockout },
      recovery: { ...recovery, ...passwordPolicy?.recovery },
    },
    signOnPolicy: { ...before.signOnPolicy, ...signOnPolicy },
  });
}
