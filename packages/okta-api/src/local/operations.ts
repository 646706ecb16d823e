import { z } from 'zod';
import { defineOperation } from '../define.ts';
import { cursorQuery, Timestamp } from '../schemas.ts';
import { Settings, SettingsBody } from './settings.ts';

/**
 * What only a local org has: its clock, its faults, its plan of rate limits. A real org answers these paths with 404,
 * so nothing that is meant for a real org may call them.
 */
const common = { api: 'local', authentication: 'token', bucket: 'none' } as const;

/** The org's time: `offset` is how many milliseconds it runs ahead of the machine's (behind: negative). */
export const LocalClock = z.object({
  now: Timestamp,
  frozen: z.boolean(),
  offset: z.number().int(),
});
export type LocalClock = z.infer<typeof LocalClock>;

const YEARS_IN_MILLISECONDS = 100 * 365 * 24 * 3600 * 1000;

/** What a fault makes of a request: a 429 of either kind, a 500, a 503, a late answer, or none at all. */
export const FaultKind = z.enum([
  'rate-limit',
  'concurrency-limit',
  'internal-error',
  'unavailable',
  'slow',
  'cut-before',
  'cut-after',
]);
export type FaultKind = z.infer<typeof FaultKind>;

const LONGEST_DELAY = 10 * 60 * 1000;

export const FaultBody = z
  .object({
    /** An operation as `users/createUser`, or `*` for every one. */
    operation: z.string().default('*'),
    kind: FaultKind,
    /** How many requests it strikes; without it, it strikes until it is removed. */
    count: z.number().int().min(1).optional(),
    /** Of how many in a hundred requests, by chance. */
    percent: z.number().gt(0).max(100).optional(),
    /** Milliseconds that a `slow` answer waits, on the machine's clock. */
    delay: z.number().int().min(0).max(LONGEST_DELAY).optional(),
  })
  .refine((body) => body.kind !== 'slow' || body.delay !== undefined, {
    path: ['delay'],
    message: 'A slow answer needs to know how many milliseconds to wait',
  });

/** A fault that waits for requests. */
export const Fault = z.object({
  id: z.string(),
  operation: z.string(),
  kind: FaultKind,
  percent: z.number().optional(),
  delay: z.number().optional(),
  /** How many requests it will still strike; absent: all. */
  remaining: z.number().int().optional(),
  /** How many requests it has struck. */
  struck: z.number().int(),
});
export type Fault = z.infer<typeof Fault>;

/** Whose rate limits count, and how late the search index is (milliseconds). */
export const LocalLimits = z.object({
  plan: z.enum(['off', 'integrator', 'enterprise']),
  indexDelay: z.number().int().min(0).max(LONGEST_DELAY),
});
export type LocalLimits = z.infer<typeof LocalLimits>;

/** How much the org holds. */
export const Summary = z.object({
  users: z.number().int(),
  usersByStatus: z.record(z.string(), z.number().int()),
  groups: z.number().int(),
  rules: z.number().int(),
  apps: z.number().int(),
  tokens: z.number().int(),
  messages: z.number().int(),
});

/** Something that the org "sent": nothing leaves the process, so codes and links are in clear. */
export const Message = z.object({
  id: z.string(),
  created: Timestamp,
  channel: z.enum(['email', 'sms', 'call', 'push']),
  kind: z.string(),
  userId: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  code: z.string().optional(),
  link: z.string().optional(),
  expires: Timestamp.optional(),
  /** Of a push: what the person did with it. */
  state: z.enum(['waiting', 'approved', 'rejected', 'timeout']).optional(),
});
export type Message = z.infer<typeof Message>;

/** A state that the org can go back to. */
export const Snapshot = z.object({ name: z.string(), taken: Timestamp, bytes: z.number().int() });
export type Snapshot = z.infer<typeof Snapshot>;

/** What seeding made, by kind. */
export const SeedReport = z.object({ made: z.record(z.string(), z.number().int()) });

/** Another org beside this one, which began as it was. */
export const Copy = z.object({ id: z.string(), url: z.string() });
export type Copy = z.infer<typeof Copy>;

export const localOperations = {
  getSummary: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/local/v1/summary',
    summary: 'Count what the local org holds',
    success: { status: 200, answer: Summary },
    errors: [],
    examples: [{ title: 'Count What the Org Holds' }],
  }),

  listMessages: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/local/v1/messages',
    summary: 'List the mails, texts, calls and pushes that the local org sent, the newest first',
    query: z.object({ ...cursorQuery, userId: z.string().optional(), channel: z.string().optional() }),
    paging: { defaultLimit: 50, maxLimit: 200 },
    success: { status: 200, answer: z.array(Message) },
    errors: [],
    examples: [{ title: 'List Messages' }],
  }),

  removeMessages: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/local/v1/messages',
    summary: 'Empty the outbox of the local org; codes and links go on working',
    success: { status: 204 },
    errors: [],
    examples: [{ title: 'Empty the Outbox' }],
  }),

  answerPush: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/local/v1/messages/{messageId}/answer',
    summary: 'Do on the phone what a person would do with a push',
    body: z.object({ state: z.enum(['approved', 'rejected']) }),
    success: { status: 204 },
    errors: ['E0000001', 'E0000003', 'E0000007', 'E0000107'],
    examples: [{ title: 'Approve a Push', body: { state: 'approved' } }],
  }),

  getSettings: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/local/v1/settings',
    summary: 'Read the password policy and the sign-on policy',
    success: { status: 200, answer: Settings },
    errors: [],
    examples: [{ title: 'Read the Settings' }],
  }),

  updateSettings: defineOperation({
    ...common,
    method: 'PATCH',
    path: '/api/local/v1/settings',
    summary: 'Change parts of the password policy and the sign-on policy',
    body: SettingsBody,
    success: { status: 200, answer: Settings },
    errors: ['E0000001', 'E0000003'],
    examples: [
      { title: 'Lock after Five Wrong Passwords', body: { passwordPolicy: { lockout: { maxAttempts: 5 } } } },
    ],
  }),

  seed: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/local/v1/seed',
    summary: 'Put what a seed file says into the org, whole or not at all',
    body: z.object({ text: z.string() }),
    success: { status: 200, answer: SeedReport },
    errors: ['E0000001', 'E0000003'],
    examples: [
      { title: 'Seed a Group', body: { text: 'groups:\n  - profile: { name: Seeded {{$randomInt}} }\n' } },
    ],
  }),

  listSnapshots: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/local/v1/snapshots',
    summary: 'List the states that the org can go back to',
    success: { status: 200, answer: z.array(Snapshot) },
    errors: [],
    examples: [{ title: 'List Snapshots' }],
  }),

  takeSnapshot: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/local/v1/snapshots',
    summary: 'Keep the state of the org under a name, while the org runs',
    body: z.object({ name: z.string().trim().min(1).max(100) }),
    success: { status: 201, answer: Snapshot },
    errors: ['E0000001', 'E0000003'],
    examples: [{ title: 'Take a Snapshot', body: { name: 'before' } }],
  }),

  restoreSnapshot: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/local/v1/snapshots/{name}/restore',
    summary: 'Go back to a snapshot',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    examples: [{ title: 'Go Back to a Snapshot', path: { name: 'before' } }],
  }),

  removeSnapshot: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/local/v1/snapshots/{name}',
    summary: 'Forget a snapshot',
    success: { status: 204 },
    errors: ['E0000007'],
    examples: [{ title: 'Forget a Snapshot', path: { name: 'before' } }],
  }),

  reset: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/local/v1/reset',
    summary: 'Make the org what it was at its first start',
    irreversible: true,
    success: { status: 204 },
    errors: [],
    examples: [{ title: 'Reset the Org' }],
  }),

  listCopies: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/local/v1/copies',
    summary: 'List the copies that stand beside the org',
    success: { status: 200, answer: z.array(Copy) },
    errors: [],
    examples: [{ title: 'List Copies' }],
  }),

  openCopy: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/local/v1/copies',
    summary: 'Put a copy of the org at an address of its own, to try a change on',
    success: { status: 201, answer: Copy },
    errors: ['E0000060'],
    examples: [{ title: 'Open a Copy', saves: { copyId: 'id' } }],
  }),

  closeCopy: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/local/v1/copies/{copyId}',
    summary: 'Close a copy and forget what it holds',
    success: { status: 204 },
    errors: ['E0000007', 'E0000060'],
    examples: [{ title: 'Close a Copy' }],
  }),

  getClock: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/local/v1/clock',
    summary: 'Read the time of the local org',
    success: { status: 200, answer: LocalClock },
    errors: [],
    examples: [{ title: 'Read the Clock' }],
  }),

  freezeClock: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/local/v1/clock/freeze',
    summary: 'Stop the time of the local org, now or at a moment',
    body: z.object({ at: Timestamp.optional() }),
    bodyRequired: false,
    success: { status: 200, answer: LocalClock },
    errors: ['E0000001'],
    examples: [{ title: 'Freeze the Clock', body: {} }],
  }),

  advanceClock: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/local/v1/clock/advance',
    summary: 'Move the time of the local org on',
    description: 'Tokens, sessions, passwords and rate-limit windows end as if that time had passed.',
    body: z.object({ milliseconds: z.number().int().min(0).max(YEARS_IN_MILLISECONDS) }),
    success: { status: 200, answer: LocalClock },
    errors: ['E0000001', 'E0000003'],
    examples: [{ title: 'Advance the Clock by an Hour', body: { milliseconds: 3_600_000 } }],
  }),

  resetClock: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/local/v1/clock/reset',
    summary: 'Let the local org have the time of the machine again',
    success: { status: 200, answer: LocalClock },
    errors: [],
    examples: [{ title: 'Reset the Clock' }],
  }),

  listFaults: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/local/v1/faults',
    summary: 'List the faults that wait for requests',
    success: { status: 200, answer: z.array(Fault) },
    errors: [],
    examples: [{ title: 'List Faults' }],
  }),

  addFault: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/local/v1/faults',
    summary: 'Make requests fail on purpose',
    body: FaultBody,
    success: { status: 201, answer: Fault },
    errors: ['E0000001', 'E0000003'],
    examples: [
      {
        title: 'Answer the Next Three List Users with 429',
        body: { operation: 'users/listUsers', kind: 'rate-limit', count: 3 },
        saves: { faultId: 'id' },
      },
    ],
  }),

  removeFault: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/local/v1/faults/{faultId}',
    summary: 'Remove a fault',
    success: { status: 204 },
    errors: ['E0000007'],
    examples: [{ title: 'Remove a Fault' }],
  }),

  removeFaults: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/local/v1/faults',
    summary: 'Remove every fault',
    success: { status: 204 },
    errors: [],
    examples: [{ title: 'Remove All Faults' }],
  }),

  getLimits: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/local/v1/limits',
    summary: 'Read whose rate limits count and how late the search index is',
    success: { status: 200, answer: LocalLimits },
    errors: [],
    examples: [{ title: 'Read the Limits' }],
  }),

  replaceLimits: defineOperation({
    ...common,
    method: 'PUT',
    path: '/api/local/v1/limits',
    summary: 'Choose whose rate limits count and how late the search index is',
    body: LocalLimits,
    success: { status: 200, answer: LocalLimits },
    errors: ['E0000001', 'E0000003'],
    examples: [{ title: 'Count like an Enterprise Org', body: { plan: 'enterprise', indexDelay: 0 } }],
  }),
};
