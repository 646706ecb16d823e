import { z } from 'zod';

const count = z.number().int().min(0);

const complexity = z.object({
  minLength: count.min(4).max(72),
  minLowerCase: count.max(1),
  minUpperCase: count.max(1),
  minNumber: count.max(1),
  minSymbol: count.max(1),
  excludeUsername: z.boolean(),
});

const age = z.object({
  maxAgeDays: count,
  expireWarnDays: count,
  minAgeMinutes: count,
  historyCount: count.max(30),
});

const lockout = z.object({
  maxAttempts: count,
  autoUnlockMinutes: count,
  showLockoutFailures: z.boolean(),
});

const recovery = z.object({
  email: z.boolean(),
  sms: z.boolean(),
  call: z.boolean(),
  question: z.boolean(),
  selfServiceUnlock: z.boolean(),
  emailTokenMinutes: count.min(1),
  questionMinLength: count,
});

const signOnPolicy = z.object({
  /** Who is asked for a second factor: nobody, everybody, or members of `mfaGroupIds`. */
  mfa: z.enum(['never', 'always', 'groups']),
  mfaGroupIds: z.array(z.string()),
  enrollment: z.enum(['required', 'optional', 'none']),
  /** As `{factorType}:{provider}` in Okta's words. */
  factors: z.array(z.string()),
  /** Of these, the ones that everybody has to enrol. */
  requiredFactors: z.array(z.string()),
  rememberDeviceMinutes: count,
  rememberDeviceByDefault: z.boolean(),
  sessionLifetimeMinutes: count,
  sessionIdleMinutes: count.min(1),
  numberChallenge: z.boolean(),
});

const features = z.object({
  /** Okta's two engines: Identity Engine (`oie`) or Classic. */
  edition: z.enum(['oie', 'classic']),
  /** Identity Governance, which brings realms and owners of groups. */
  governance: z.boolean(),
});

/** What kind of org a local org is, and its policies. Times are in the unit that the name ends with; 0 switches a rule off. */
export const Settings = z.object({
  features,
  passwordPolicy: z.object({ complexity, age, lockout, recovery }),
  signOnPolicy,
});
export type Settings = z.infer<typeof Settings>;

/** Any part of the settings; what is left out stays as it is. */
export const SettingsBody = z.object({
  features: features.partial().optional(),
  passwordPolicy: z
    .object({
      complexity: complexity.partial(),
      age: age.partial(),
      lockout: lockout.partial(),
      recovery: recovery.partial(),
    })
    .partial()
    .optional(),
  signOnPolicy: signOnPolicy.partial().optional(),
});
