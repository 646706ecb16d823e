/**
 * What is known of single writes beyond their definitions, for clients that must not do a thing twice: whether
 * sending it again is harmless, how to read if it took effect, and whom it tells. By method and path template.
 */
export interface WriteFacts {
  /** Sent twice it leaves the same as sent once, or not, where its method says otherwise. */
  readonly repeatable?: boolean;
  readonly check?: {
    /** A GET; `{userId}` of the path, `{body.profile.login}` of the body, `{query.name}`. */
    readonly path: string;
    /** What a 404, or no such entry in a list, means. */
    readonly missing: 'applied' | 'not-applied';
    readonly find?: { readonly field: string; readonly equals: string };
    readonly when?: {
      readonly field: string;
      readonly applied: readonly string[];
      readonly notApplied: readonly string[];
    };
    /** Field with the time the thing was made. */
    readonly created?: string;
    /** The check's answer reads like the write's, whose status this is. */
    readonly answersAs?: number;
    /** What the write itself answers with, where that is always the same. */
    readonly answerBody?: string;
  };
  /** Whether it sends somebody a mail, a message or a call. */
  readonly notifies?: (call: CallTexts) => boolean;
}

/** A call as it is about to leave. */
interface CallTexts {
  readonly query: URLSearchParams;
  /** Its JSON, if it has any. */
  readonly body: unknown;
}

const always = (): boolean => true;
const unlessNoMail = ({ query }: CallTexts): boolean => query.get('sendEmail') !== 'false';
const ifMail = ({ query }: CallTexts): boolean => query.get('sendEmail') === 'true';

/** Okta: activation without a password mails the person a link to set one. */
function welcomes({ query, body }: CallTexts): boolean {
  if (query.get('activate') === 'false') return false;
  const credentials: unknown = isRecord(body) ? body['credentials'] : undefined;
  return !(isRecord(credentials) && ('password' in credentials || 'provider' in credentials));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The check of a user's status after a lifecycle call. */
const userStatus = (applied: readonly string[], notApplied: readonly string[]) =>
  ({
    path: '/api/v1/users/{userId}',
    missing: 'not-applied',
    when: { field: 'status', applied, notApplied },
  }) as const;

/** Okta: these answer with an empty object. */
const EMPTY = { answersAs: 200, answerBody: '{}' } as const;

const IN_USE = ['ACTIVE', 'RECOVERY', 'PASSWORD_EXPIRED', 'LOCKED_OUT'];

export const writeFacts: Readonly<Record<string, WriteFacts>> = {
  'POST /api/v1/users': {
    check: {
      path: '/api/v1/users/{body.profile.login}',
      missing: 'not-applied',
      created: 'created',
      answersAs: 200,
    },
    notifies: welcomes,
  },
  // A partial update: what it sets is set, however often.
  'POST /api/v1/users/{userId}': { repeatable: true },
  'POST /api/v1/users/me': { repeatable: true },
  // Okta: the first one deactivates, the second one deletes.
  'DELETE /api/v1/users/{userId}': {
    repeatable: false,
    check: {
      path: '/api/v1/users/{userId}',
      missing: 'applied',
      when: { field: 'status', applied: [], notApplied: ['STAGED', 'PROVISIONED', 'SUSPENDED', ...IN_USE] },
    },
    notifies: ifMail,
  },
  'POST /api/v1/users/{userId}/lifecycle/activate': {
    check: userStatus(['PROVISIONED', 'ACTIVE'], ['STAGED', 'DEPROVISIONED']),
    notifies: unlessNoMail,
  },
  'POST /api/v1/users/{userId}/lifecycle/reactivate': { notifies: ifMail },
  'POST /api/v1/users/{userId}/lifecycle/deactivate': {
    check: { ...userStatus(['DEPROVISIONED'], ['STAGED', 'PROVISIONED', 'SUSPENDED', ...IN_USE]), ...EMPTY },
    notifies: ifMail,
  },
  'POST /api/v1/users/{userId}/lifecycle/suspend': {
    check: { ...userStatus(['SUSPENDED'], ['ACTIVE']), ...EMPTY },
  },
  'POST /api/v1/users/{userId}/lifecycle/unsuspend': {
    check: { ...userStatus(['ACTIVE'], ['SUSPENDED']), ...EMPTY },
  },
  'POST /api/v1/users/{userId}/lifecycle/unlock': {
    check: { ...userStatus(['ACTIVE'], ['LOCKED_OUT']), ...EMPTY },
  },
  'POST /api/v1/users/{userId}/lifecycle/reset_password': {
    check: userStatus(['RECOVERY'], ['ACTIVE', 'PASSWORD_EXPIRED', 'LOCKED_OUT']),
    notifies: unlessNoMail,
  },
  'POST /api/v1/users/{userId}/lifecycle/expire_password': {
    check: { ...userStatus(['PASSWORD_EXPIRED'], ['ACTIVE']), answersAs: 200 },
  },
  // Every one makes another password.
  'POST /api/v1/users/{userId}/lifecycle/expire_password_with_temp_password': {},
  'POST /api/v1/users/{userId}/lifecycle/reset_factors': { repeatable: true },
  'POST /api/v1/users/{userId}/credentials/forgot_password': { notifies: unlessNoMail },
  'POST /api/v1/users/{userId}/credentials/change_recovery_question': { repeatable: true },
  'POST /api/v1/users/{userId}/factors': { notifies: always },
  'POST /api/v1/users/{userId}/factors/{factorId}/resend': { notifies: always },
  'POST /api/v1/users/{userId}/factors/{factorId}/verify': { notifies: always },
  'POST /api/v1/users/{userId}/factors/{factorId}/lifecycle/activate/email': { notifies: always },
  'POST /api/v1/users/{userId}/factors/{factorId}/lifecycle/activate/sms': { notifies: always },
  'POST /api/v1/authn/recovery/password': { notifies: always },
  'POST /api/v1/authn/recovery/unlock': { notifies: always },
  'POST /api/v1/groups': {
    check: {
      path: '/api/v1/groups?q={body.profile.name}&limit=200',
      missing: 'not-applied',
      find: { field: 'profile.name', equals: '{body.profile.name}' },
      created: 'created',
    },
  },
  'POST /api/v1/groups/rules/{ruleId}/lifecycle/activate': { repeatable: true },
  'POST /api/v1/groups/rules/{ruleId}/lifecycle/deactivate': { repeatable: true },
  'POST /api/v1/apps/{appId}/users': {
    check: {
      path: '/api/v1/apps/{appId}/users/{body.id}',
      missing: 'not-applied',
      created: 'created',
      answersAs: 200,
    },
  },
  'POST /api/v1/apps/{appId}/users/{userId}': { repeatable: true },
  'POST /api/v1/apps/{appId}/lifecycle/activate': { repeatable: true },
  'POST /api/v1/apps/{appId}/lifecycle/deactivate': { repeatable: true },
};
