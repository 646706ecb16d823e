import type { Stored } from './table.ts';

/** Moments are epoch milliseconds inside, Okta's text outside. */
export type Moment = number;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Profile = Readonly<Record<string, Json>>;

export type UserStatus =
  | 'STAGED'
  | 'PROVISIONED'
  | 'ACTIVE'
  | 'RECOVERY'
  | 'PASSWORD_EXPIRED'
  | 'LOCKED_OUT'
  | 'SUSPENDED'
  | 'DEPROVISIONED';

/** How a password is kept: own ones as bcrypt, imported ones as they came. */
export interface PasswordHash {
  readonly algorithm: string;
  readonly value: string;
  readonly salt?: string | undefined;
  readonly saltOrder?: string | undefined;
  readonly workFactor?: number | undefined;
  readonly iterationCount?: number | undefined;
  readonly keySize?: number | undefined;
  readonly digestAlgorithm?: string | undefined;
}

export interface UserRecord extends Stored {
  readonly status: UserStatus;
  readonly created: Moment;
  readonly activated: Moment | null;
  readonly statusChanged: Moment | null;
  readonly lastLogin: Moment | null;
  readonly lastUpdated: Moment;
  readonly passwordChanged: Moment | null;
  readonly typeId: string;
  /** Only where the creator named one: realms are a feature that most orgs do not have. */
  readonly realmId?: string | undefined;
  readonly profile: Profile;
  readonly password?: PasswordHash | 'hook' | undefined;
  /** Earlier passwords, the newest first, as many as the policy remembers. */
  readonly passwordHistory?: readonly PasswordHash[] | undefined;
  /** Wrong passwords and codes since the last right one. */
  readonly failedAttempts?: number | undefined;
  readonly lockedAt?: Moment | undefined;
  /** Numbers that were confirmed once: they serve for recovery and are offered when a phone is enrolled again. */
  readonly phones?: { readonly sms?: string; readonly call?: string } | undefined;
  /** The answer as sha256 of its lower-case text. */
  readonly question?: { readonly question: string; readonly answer: string } | undefined;
  readonly provider: { readonly type: string; readonly name: string };
  /** Set by an administrator; absent: nobody did. */
  readonly riskLevel?: 'HIGH' | 'MEDIUM' | 'LOW' | undefined;
}

export interface GroupRecord extends Stored {
  readonly type: 'OKTA_GROUP' | 'APP_GROUP' | 'BUILT_IN';
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly lastMembershipUpdated: Moment;
  readonly profile: Profile;
}

/** One user in one group; the id is `{groupId}/{userId}`. Everyone needs no such record. */
export interface MembershipRecord extends Stored {
  readonly groupId: string;
  readonly userId: string;
  /** Put in by hand; otherwise only rules hold the user there. */
  readonly byHand: boolean;
  readonly ruleIds: readonly string[];
}

export interface GroupOwnerRecord extends Stored {
  readonly groupId: string;
  readonly ownerId: string;
  readonly type: 'USER' | 'GROUP';
  readonly created: Moment;
}

export interface GroupRuleRecord extends Stored {
  readonly name: string;
  readonly status: 'ACTIVE' | 'INACTIVE' | 'INVALID';
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly expression: string;
  /** Absent: never sent, so not shown either. */
  readonly people?: { readonly users: readonly string[]; readonly groups: readonly string[] } | undefined;
  readonly groupIds: readonly string[];
}

export interface UserTypeRecord extends Stored {
  readonly name: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly isDefault: boolean;
  readonly schemaId: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly createdBy: string;
  readonly lastUpdatedBy: string;
}

export interface ApiTokenRecord extends Stored {
  readonly name: string;
  readonly userId: string;
  /** sha256 of the value, hex; the value itself is nowhere. */
  readonly hash: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly lastUsed: Moment;
  readonly network: {
    readonly connection: string;
    readonly include: readonly string[];
    readonly exclude: readonly string[];
  };
}

/** How and when a person proved who they are. */
export interface Proof {
  /** Okta's words (sessions#amr-object): `pwd`, `otp`, `mfa`, … */
  readonly amr: readonly string[];
  readonly lastPasswordVerification: Moment | null;
  readonly lastFactorVerification: Moment | null;
}

/** The id is what log events name; the session's own id, which is also its cookie, is kept as a hash only. */
export interface SessionRecord extends Stored, Proof {
  readonly userId: string;
  /** sha256 of the session id, hex. */
  readonly hash: string;
  readonly created: Moment;
  readonly expires: Moment;
}

/** A standard role that a user, a group or a client has; the id is `{holderId}/{roleId}`. */
export interface RoleAssignmentRecord extends Stored {
  readonly roleId: string;
  readonly holderId: string;
  readonly assignmentType: 'USER' | 'GROUP' | 'CLIENT';
  readonly type: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  /** The groups that it reaches; none: all. */
  readonly groupIds: readonly string[];
  /** The apps that it reaches: `{appName}` or `{appName}/{appId}`; none: all. */
  readonly apps?: readonly string[] | undefined;
}

/** A permission of a custom role and what it is narrowed to. */
export interface PermissionRecord {
  readonly type: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly conditions: Readonly<Record<string, Json>> | null;
}

export interface CustomRoleRecord extends Stored {
  readonly label: string;
  readonly description: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly permissions: readonly PermissionRecord[];
}

export interface ResourceRecord {
  readonly id: string;
  /** The path of the resource on this org, or its name (ORN) when it has none here. */
  readonly place: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly conditions?: Readonly<Record<string, Json>> | undefined;
}

export interface ResourceSetRecord extends Stored {
  readonly label: string;
  readonly description: string | null;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly resources: readonly ResourceRecord[];
}

/** A custom role over a resource set; the id is `{setId}/{roleId}`. */
export interface BindingRecord extends Stored {
  readonly setId: string;
  readonly roleId: string;
}

/** Who has a custom role over a resource set; the id is `irb…`. */
export interface BindingMemberRecord extends Stored {
  readonly bindingId: string;
  readonly kind: 'USER' | 'GROUP' | 'CLIENT';
  readonly holderId: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
}

/** Whether somebody is notified, where they said so; the id is `{users or roles}/{holder}/{notification type}`. */
export interface SubscriptionRecord extends Stored {
  readonly isOn: boolean;
}

/** How the org's clock differs from the machine's; there is one at most. */
export interface ClockRecord extends Stored {
  /** Milliseconds ahead of the machine. */
  readonly offset: number;
  readonly frozenAt: Moment | null;
}

export interface LogTarget {
  readonly id: string;
  /** `User`, `UserGroup`, `AppInstance`, `AppUser`, `Token`, `GroupRule`, … */
  readonly type: string;
  readonly alternateId: string;
  readonly displayName: string;
  readonly detailEntry?: Json;
}

/** What a handler tells about one event; everything around it is filled in from the request. */
export interface LogEntry {
  readonly eventType: string;
  readonly displayMessage: string;
  readonly legacyEventType?: string;
  readonly severity?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  readonly outcome?: { readonly result: string; readonly reason?: string };
  readonly targets?: readonly LogTarget[];
  readonly debugData?: Readonly<Record<string, string>>;
  /** Somebody else than the caller: a user who signs in, a job of the org. */
  readonly actor?: LogTarget;
}

/** One event as it was told, and the request that it belongs to; `toLogEvent` makes Okta's event of it. */
export interface LogRecord extends Stored {
  readonly published: Moment;
  readonly entry: LogEntry;
  readonly actor: LogTarget;
  readonly requestId: string;
  readonly requestUri: string;
  readonly ip: string;
  readonly userAgent: string;
  readonly sessionId?: string | undefined;
  readonly tokenId?: string | undefined;
}

/**
 * The schema of a user type (its id is the type's `schemaId`), of groups (its id is `group`) or of the users of an
 * app (its id is the app's).
 */
export interface SchemaRecord extends Stored {
  readonly title: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly base: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly custom: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

interface LinkSide {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly type: 'USER';
}

/** A pair of names by which one user may refer to another. */
export interface LinkDefinitionRecord extends Stored {
  readonly primary: LinkSide;
  readonly associated: LinkSide;
}

/** Who is whose primary; the id is `{definitionId}/{associatedId}`, so there is one at most. */
export interface LinkRecord extends Stored {
  readonly definitionId: string;
  readonly primaryId: string;
  readonly associatedId: string;
}

/** A token that works once and for a while; the id is its sha256, the value itself is nowhere. */
export interface OneTimeTokenRecord extends Stored {
  readonly kind: 'activation' | 'recovery' | 'unlock' | 'session';
  readonly userId: string;
  readonly created: Moment;
  readonly expires: Moment;
  readonly relayState?: string | undefined;
  /** Of a session token: what the session will tell. */
  readonly proof?: Proof | undefined;
}

export type TransactionStatus =
  | 'UNAUTHENTICATED'
  | 'PASSWORD_WARN'
  | 'PASSWORD_EXPIRED'
  | 'RECOVERY'
  | 'RECOVERY_CHALLENGE'
  | 'PASSWORD_RESET'
  | 'MFA_ENROLL'
  | 'MFA_ENROLL_ACTIVATE'
  | 'MFA_REQUIRED'
  | 'MFA_CHALLENGE'
  | 'SUCCESS';

/** A sign-in or a recovery under way; the id is the sha256 of its state token. */
export interface TransactionRecord extends Stored {
  readonly status: TransactionStatus;
  /** Absent: the recovery of somebody unknown, which looks like any other. */
  readonly userId?: string | undefined;
  readonly created: Moment;
  readonly expires: Moment;
  readonly relayState?: string | undefined;
  readonly options: {
    readonly multiOptionalFactorEnroll: boolean;
    readonly warnBeforePasswordExpired: boolean;
  };
  readonly proof: Proof;
  /** A factor was enrolled on the way, so more of them may be offered. */
  readonly hasEnrolled?: boolean | undefined;
  /** What the person chose to leave out. */
  readonly skipped: readonly ('enrollment' | 'warning')[];
  /** The application that the person signs in to; only then a transaction outlives its success. */
  readonly audience?: string | undefined;
  /** sha256 of the device that a trusted application or a cookie names. */
  readonly device?: string | undefined;
  /** The factor that is being enrolled or verified, or the type whose factors are challenged all at once. */
  readonly factorId?: string | undefined;
  /** The push that waits, by the id of its message. */
  readonly pushId?: string | undefined;
  readonly recovery?:
    | {
        readonly type: 'PASSWORD' | 'UNLOCK' | 'ACCOUNT_ACTIVATION';
        readonly channel?: 'SMS' | 'CALL' | undefined;
        readonly code?: OneTimeCode | undefined;
        /** When a code was sent last, to whomever. */
        readonly sent?: Moment | undefined;
        readonly wrongCodes?: number | undefined;
      }
    | undefined;
}

/** A code that was sent: its sha256 and when it ends. */
export interface OneTimeCode {
  readonly hash: string;
  readonly expires: Moment;
}

/** A device that a user asked to be remembered; the id is the sha256 of user and device. */
export interface RememberedDeviceRecord extends Stored {
  readonly userId: string;
  readonly expires: Moment;
}

type FactorStatus = 'PENDING_ACTIVATION' | 'ACTIVE';

/** A second factor of a user. What it has to keep secret is a hash where a hash is enough to check it. */
export interface FactorRecord extends Stored {
  readonly userId: string;
  readonly factorType: string;
  readonly provider: string;
  readonly status: FactorStatus;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly profile: Readonly<Record<string, Json>>;
  /** Of a question: sha256 of the lower-case answer. */
  readonly answer?: string | undefined;
  /** The shared secret of a code generator, base32; it also signs the address of the QR picture. */
  readonly secret?: string | undefined;
  /** The last time step or counter that was used: none works twice. */
  readonly lastCounter?: number | undefined;
  /** The code that was sent last. */
  readonly code?: OneTimeCode | undefined;
  /** What a security key has to sign. */
  readonly challenge?: string | undefined;
  /** The key that signs, as JWK. */
  readonly key?: Readonly<Record<string, Json>> | undefined;
  /** sha256 of the relying party that a security key is bound to, hex. */
  readonly relyingParty?: string | undefined;
  /** Of a push or Duo factor that waits for its device: the id of the message and when it gives up. */
  readonly activation?: { readonly messageId: string; readonly expires: Moment } | undefined;
  /** When codes were tried, within the last minutes only. */
  readonly attempts?: readonly Moment[] | undefined;
  readonly autoPush?: boolean | undefined;
}

/** A YubiKey of the org's own stock. */
export interface YubikeyRecord extends Stored {
  readonly serial: string;
  readonly publicId: string;
  readonly privateId: string;
  readonly aesKey: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly lastVerified: Moment;
  readonly activated?: Moment | undefined;
  readonly status: 'UNASSIGNED' | 'ACTIVE';
  readonly userId?: string | undefined;
  readonly factorId?: string | undefined;
  /** Use counter and session counter of the last code in one number. */
  readonly lastCounter: number;
}

/** What the org "sent": its outbox. Nothing leaves the process, so a message holds its code in clear. */
export interface MessageRecord extends Stored {
  readonly created: Moment;
  readonly channel: 'email' | 'sms' | 'call' | 'push';
  readonly kind: MessageKind;
  readonly userId: string;
  /** The address, the number, or the device of a push. */
  readonly to: string;
  readonly subject: string;
  /** All that the person reads or hears, link and code included. */
  readonly text: string;
  readonly code?: string | undefined;
  readonly link?: string | undefined;
  /** When the code or the link stops working. */
  readonly expires?: Moment | undefined;
  readonly factorId?: string | undefined;
  readonly transactionId?: string | undefined;
  /** Of a push only: what the person did with it; `timeout` follows from `expires`. */
  readonly state?: PushState | undefined;
  /** Of a push only: how it ended is in the log. */
  readonly isSettled?: boolean | undefined;
}

export type MessageKind =
  | 'activation'
  | 'password-reset'
  | 'account-unlock'
  | 'factor-enrollment'
  | 'factor-challenge'
  | 'device-activation'
  | 'user-deactivated';

export type PushState = 'waiting' | 'approved' | 'rejected' | 'timeout';

/** The org's own settings: the one record of its table, once somebody changed something. */
export interface SettingsRecord extends Stored {
  readonly features: Features;
  readonly passwordPolicy: PasswordPolicy;
  readonly signOnPolicy: SignOnPolicy;
}

/** Okta's two engines. */
type Edition = 'classic' | 'oie';

/** What kind of org it is: what some objects show depends on it. */
export interface Features {
  readonly edition: Edition;
  /** Okta Identity Governance. */
  readonly governance: boolean;
}

/** Times are in the unit that the name ends with; 0 switches a rule off. */
export interface PasswordPolicy {
  readonly complexity: {
    readonly minLength: number;
    readonly minLowerCase: number;
    readonly minUpperCase: number;
    readonly minNumber: number;
    readonly minSymbol: number;
    readonly excludeUsername: boolean;
  };
  readonly age: {
    readonly maxAgeDays: number;
    readonly expireWarnDays: number;
    readonly minAgeMinutes: number;
    readonly historyCount: number;
  };
  readonly lockout: {
    readonly maxAttempts: number;
    readonly autoUnlockMinutes: number;
    /** Whether a locked user is told so; otherwise the sign-in just fails. */
    readonly showLockoutFailures: boolean;
  };
  readonly recovery: {
    readonly email: boolean;
    readonly sms: boolean;
    readonly call: boolean;
    /** Whether the recovery question has to be answered where the user has one. */
    readonly question: boolean;
    readonly selfServiceUnlock: boolean;
    readonly emailTokenMinutes: number;
    readonly questionMinLength: number;
  };
}

export interface SignOnPolicy {
  /** Who is asked for a second factor: nobody, everybody, or members of `mfaGroupIds`. */
  readonly mfa: 'never' | 'always' | 'groups';
  readonly mfaGroupIds: readonly string[];
  /** Whether a user without a factor has to enrol one, may skip that, or is not asked, when a second factor is due. */
  readonly enrollment: 'required' | 'optional' | 'none';
  /** The factors that may be enrolled, as `{factorType}:{provider}` in Okta's words. */
  readonly factors: readonly string[];
  /** Of these, the ones that everybody has to enrol. */
  readonly requiredFactors: readonly string[];
  /** 0: a device is asked every time. */
  readonly rememberDeviceMinutes: number;
  readonly rememberDeviceByDefault: boolean;
  /** 0: a session may be refreshed for ever. */
  readonly sessionLifetimeMinutes: number;
  /** A session that nobody uses for this long ends. */
  readonly sessionIdleMinutes: number;
  /** Whether a push shows a number that has to be picked on the phone. */
  readonly numberChallenge: boolean;
}

export interface AppRecord extends Stored {
  readonly name: string;
  /** Made without the catalogue: its name was made for it. */
  readonly isCustom: boolean;
  readonly label: string;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly signOnMode: string;
  readonly accessibility: {
    readonly selfService: boolean;
    readonly errorRedirectUrl: string | null;
    readonly loginRedirectUrl: string | null;
  };
  readonly visibility: {
    readonly autoLaunch: boolean;
    readonly autoSubmitToolbar: boolean;
    readonly hide: { readonly iOS: boolean; readonly web: boolean };
    readonly appLinks: Readonly<Record<string, boolean>>;
  };
  readonly credentials: AppCredentials;
  /** What stands in `settings`, complete and in Okta's order. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Free data of OpenID Connect apps. */
  readonly profile?: Readonly<Record<string, Json>> | undefined;
  readonly accessPolicyId: string;
  readonly connection?: ConnectionRecord | undefined;
  /** What the provisioning of USER_PROVISIONING does; absent: the app cannot provision. */
  readonly provisioning?: Readonly<Record<string, Json>> | undefined;
  readonly logo?: { readonly contentType: string; readonly base64: string } | undefined;
}

export interface AppCredentials {
  readonly scheme?: string | undefined;
  readonly userNameTemplate: Readonly<Record<string, Json>>;
  /** The user name that everybody shares. */
  readonly userName?: string | undefined;
  /** Whether there is a shared password; nobody ever reads it back, so the value is not kept. */
  readonly hasPassword?: boolean | undefined;
  readonly revealPassword?: boolean | undefined;
  readonly signingKid?: string | undefined;
  readonly oauthClient?:
    | {
        readonly client_id: string;
        readonly autoKeyRotation: boolean;
        readonly token_endpoint_auth_method: string;
        readonly pkce_required: boolean;
      }
    | undefined;
}

export interface ConnectionRecord {
  readonly status: 'ENABLED' | 'DISABLED';
  readonly authScheme: 'TOKEN' | 'OAUTH2';
  readonly clientId?: string | undefined;
}

/**
 * A user who was assigned to an app, or whose credentials or profile differ from what the app would give; the id is
 * `{appId}/{userId}`. Whoever has the app through a group only and is not changed has no such record.
 */
export interface AppUserRecord extends Stored {
  readonly appId: string;
  readonly userId: string;
  readonly scope: 'USER' | 'GROUP';
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly statusChanged: Moment;
  readonly passwordChanged: Moment | null;
  readonly userName: string;
  readonly hasPassword: boolean;
  readonly profile: Profile;
}

/** A group that has an app; the id is `{appId}/{groupId}`. */
export interface AppGroupRecord extends Stored {
  readonly appId: string;
  readonly groupId: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly priority: number;
  readonly profile: Profile;
}

/**
 * A signing key of an app; the id is `{appId}/{kid}`, with `org` for the key that all apps without one share. The
 * private half is not kept: the org signs nothing with it.
 */
export interface AppKeyRecord extends Stored {
  readonly appId: string;
  readonly kid: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly expiresAt: Moment;
  /** DER, base64, the certificate of the key first. */
  readonly x5c: readonly string[];
}

/** A group whose members an app gets as a group of its own. */
export interface GroupPushRecord extends Stored {
  readonly appId: string;
  readonly sourceGroupId: string;
  readonly targetGroupId: string;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly created: Moment;
  readonly lastUpdated: Moment;
}

/** A request to sign a certificate; the id is `{appId}/{csrId}`. */
export interface AppCsrRecord extends Stored {
  readonly appId: string;
  readonly csrId: string;
  readonly created: Moment;
  /** PKCS#10, DER, base64. */
  readonly csr: string;
}

/** A secret of an OAuth client. Okta reads it back in lists, so the value is kept; the id is `ocs…`. */
export interface ClientSecretRecord extends Stored {
  readonly appId: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly value: string;
}

/** A public key of an OAuth client; the id is `pks…`. */
export interface ClientKeyRecord extends Stored {
  readonly appId: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly jwk: Readonly<Record<string, Json>>;
}

/** A scope of the org's API that an app may use. */
export interface AppGrantRecord extends Stored {
  readonly appId: string;
  readonly issuer: string;
  readonly scopeId: string;
  readonly created: Moment;
  readonly createdBy: string;
}
