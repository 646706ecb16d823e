/**
 * What Okta's APIs are, as data: operations, schemas, errors, filter grammar, paging, rate-limit buckets and
 * System Log event types. Must not know how anything is stored or sent, and uses no Node API: the browser has it too.
 */
export { callFacts, findOperation } from './calls.ts';
export * from './define.ts';
export { adviseOn } from './error-advice.ts';
export * from './errors.ts';
export * from './filter-lists.ts';
export * from './filter.ts';
export * from './ids.ts';
export * from './log-events.ts';
export * from './packs.ts';
export { describeParameter } from './query-meanings.ts';
export * from './rate-limits.ts';
export * from './rights.ts';
export { adviseOnRoles, type HeldRole, type PlannedCall, type RoleAdvice } from './role-advice.ts';
export { repairFacts } from './repair-facts.ts';
export { writeSdkCode } from './sdk-code.ts';
export * from './token-life.ts';
export { environmentTemplate, toCollection } from './to-collection.ts';
export * from './apis/index.ts';
export { notificationTypes, type NotificationType } from './apis/subscriptions/operations.ts';
export * from './local/operations.ts';
export * from './apis/admin-roles/permissions.ts';
export { catalog, findCatalogEntry, type CatalogEntry } from './apis/apps/catalog.ts';
export type { AppInput } from './apis/apps/schemas.ts';
export { Settings } from './local/settings.ts';
export { UserStatus } from './apis/users/schemas.ts';
export { ErrorAnswer } from './schemas.ts';
