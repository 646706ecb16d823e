import { z } from 'zod';
import { Links, Timestamp } from '../../schemas.ts';
import { SecretLink, SecretText } from '../../secret-fields.ts';

/** Okta: the eight states; source users#user-status. */
export const UserStatus = z.enum([
  'STAGED',
  'PROVISIONED',
  'ACTIVE',
  'RECOVERY',
  'PASSWORD_EXPIRED',
  'LOCKED_OUT',
  'SUSPENDED',
  'DEPROVISIONED',
]);

const ProviderType = z.enum(['OKTA', 'ACTIVE_DIRECTORY', 'LDAP', 'FEDERATION', 'SOCIAL', 'IMPORT']);

const PasswordHash = z.object({
  algorithm: z.enum(['BCRYPT', 'SHA-512', 'SHA-256', 'SHA-1', 'MD5', 'PBKDF2']),
  value: z.string(),
  salt: z.string().optional(),
  saltOrder: z.enum(['PREFIX', 'POSTFIX']).optional(),
  workFactor: z.int().min(1).max(20).optional(),
  iterationCount: z.int().min(4096).optional(),
  keySize: z.int().optional(),
  digestAlgorithm: z.enum(['SHA256_HMAC', 'SHA512_HMAC']).optional(),
});

const PasswordInput = z.object({
  value: z.string().max(72).optional(),
  hash: PasswordHash.optional(),
  hook: z.object({ type: z.string() }).optional(),
});

const QuestionInput = z.object({
  question: z.string().min(1).max(100).optional(),
  answer: z.string().min(1).max(100).optional(),
});

const CredentialsInput = z.object({
  password: PasswordInput.optional(),
  recovery_question: QuestionInput.optional(),
  provider: z.object({ type: ProviderType, name: z.string().optional() }).optional(),
});

/** What the profile may hold is the org's user schema, so its values are checked by that and not here. */
const ProfileInput = z.record(z.string(), z.json());

export const CreateUserBody = z.object({
  profile: ProfileInput,
  credentials: CredentialsInput.optional(),
  groupIds: z.array(z.string()).optional(),
  type: z.object({ id: z.string() }).optional(),
  realmId: z.string().optional(),
});

export const UpdateUserBody = z.object({
  profile: ProfileInput.optional(),
  credentials: CredentialsInput.optional(),
  type: z.object({ id: z.string() }).optional(),
});

export const UpdateMeBody = z.object({ profile: ProfileInput.optional() });

const PasswordValue = z.object({ value: z.string() });

export const ChangePasswordBody = z.object({
  oldPassword: PasswordValue,
  newPassword: PasswordValue,
  revokeSessions: z.boolean().optional(),
});

export const ChangeQuestionBody = z.object({
  password: PasswordValue,
  recovery_question: z.object({
    question: z.string().min(1).max(100),
    answer: z.string().min(1).max(100),
  }),
});

export const ForgotPasswordBody = z.object({
  password: PasswordValue.optional(),
  recovery_question: z.object({ answer: z.string() }).optional(),
});

export const AnswerQuestionBody = z.object({
  password: PasswordValue,
  recovery_question: z.object({ answer: z.string() }),
});

export const DeleteSessionsBody = z.object({ keepCurrent: z.boolean().optional() });

export const UserCredentials = z.looseObject({
  password: z.looseObject({}).optional(),
  recovery_question: z.looseObject({ question: z.string() }).optional(),
  provider: z.looseObject({ type: z.string(), name: z.string() }),
});

export const User = z.looseObject({
  id: z.string(),
  status: UserStatus,
  transitioningToStatus: z.string().nullish(),
  created: Timestamp,
  activated: Timestamp.nullable(),
  statusChanged: Timestamp.nullable(),
  lastLogin: Timestamp.nullable(),
  lastUpdated: Timestamp,
  passwordChanged: Timestamp.nullable(),
  type: z.looseObject({ id: z.string() }),
  profile: z.looseObject({
    mobilePhone: z.string().nullable(),
    secondEmail: z.string().nullable(),
  }),
  credentials: UserCredentials.optional(),
  _links: Links.optional(),
  _embedded: z.looseObject({}).optional(),
});

/** `{}` when a mail went out, the link itself when `sendEmail=false`. */
export const ActivationAnswer = z.looseObject({
  activationUrl: SecretLink.optional(),
  activationToken: SecretText.optional(),
});

export const ResetPasswordAnswer = z.looseObject({ resetPasswordUrl: SecretLink.optional() });

export const TempPassword = z.looseObject({ tempPassword: SecretText });

/** The whole user, or the temporary password when one was asked for. */
export const ExpirePasswordAnswer = z.union([User, TempPassword]);

/** Credentials when an answer proved the user, a link or nothing otherwise. */
export const ForgotPasswordAnswer = z.union([UserCredentials, ResetPasswordAnswer]);

export const AppLink = z.looseObject({
  id: z.string(),
  label: z.string(),
  linkUrl: z.string(),
  logoUrl: z.string().nullable(),
  appName: z.string(),
  appInstanceId: z.string(),
  appAssignmentId: z.string(),
  credentialsSetup: z.boolean(),
  hidden: z.boolean(),
  sortOrder: z.number(),
});

/** Consent to a scope, given by a user or (without `userId`) by an administrator for an app. */
export const Grant = z.looseObject({
  id: z.string(),
  status: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  userId: z.string().optional(),
  scopeId: z.string(),
});

export const OAuthClient = z.looseObject({ client_id: z.string(), client_name: z.string() });

export const RefreshToken = z.looseObject({
  id: z.string(),
  status: z.string(),
  created: Timestamp,
  expiresAt: Timestamp,
  issuer: z.string(),
  clientId: z.string(),
  userId: z.string(),
  scopes: z.array(z.string()),
});

export const UserBlock = z.looseObject({ type: z.string(), appliesTo: z.string() });

/** OAS:UserRiskRequest; NONE is answered where nobody set a level. */
export const RiskBody = z.object({ riskLevel: z.enum(['HIGH', 'MEDIUM', 'LOW']) });

export const UserRisk = z.looseObject({
  riskLevel: z.enum(['HIGH', 'MEDIUM', 'LOW', 'NONE']),
  reason: z.string().optional(),
  _links: Links,
});

export const IdentityProvider = z.looseObject({ id: z.string(), type: z.string() });
