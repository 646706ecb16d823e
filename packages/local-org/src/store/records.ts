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

/** How a password is kept: own ones as PBKDF2, imported ones as they came. */
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

export interface SessionRecord extends Stored {
  readonly userId: string;
  /** sha256 of the cookie, hex. */
  readonly hash: string;
  readonly created: Moment;
  readonly expires: Moment;
  readonly lastPasswordVerification: Moment;
  readonly lastFactorVerification: Moment | null;
  readonly amr: readonly string[];
}

/** A standard role that a user or a group has; the id is `{holderId}/{roleId}`. */
export interface RoleAssignmentRecord extends Stored {
  readonly roleId: string;
  readonly holderId: string;
  readonly assignmentType: 'USER' | 'GROUP';
  readonly type: string;
  readonly created: Moment;
  readonly lastUpdated: Moment;
  /** The groups that it reaches; none: all. */
  readonly groupIds: readonly string[];
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

/** A log event as System Log answers it, plus the moment for ordering. */
export interface LogRecord extends Stored {
  readonly published: Moment;
  readonly event: Readonly<Record<string, Json>>;
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
  readonly kind: 'activation' | 'recovery' | 'unlock';
  readonly userId: string;
  readonly created: Moment;
  readonly expires: Moment;
  readonly relayState?: string | undefined;
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
}

export type MessageKind =
  | 'activation'
  | 'password-reset'
  | 'account-unlock'
  | 'factor-enrollment'
  | 'factor-challenge'
  | 'device-activation'
  | 'user-deactivated';

type PushState = 'waiting' | 'approved' | 'rejected' | 'timeout';

/** The org's own settings: the one record of its table, once somebody changed something. */
export interface SettingsRecord extends Stored {
  readonly passwordPolicy: PasswordPolicy;
  readonly signOnPolicy: SignOnPolicy;
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
  /** 0: a device is asked every time. */
  readonly rememberDeviceMinutes: number;
  readonly rememberDeviceByDefault: boolean;
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
