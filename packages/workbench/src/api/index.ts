/**
 * The door for the page: a client that is typed by the routes, and the types of what travels. The schemas stay
 * with the server, so that the page does not carry them.
 */
export { ApiError, createClient } from './client.ts';
export type { Client, RouteKey, RouteOf } from './client.ts';
export type {
  CollectionEdit,
  CollectionOutline,
  FileProblem,
  Level,
  OpenedRequest,
  OutlineItem,
  TrustView,
} from './collections.ts';
export type { CookieEdit, CookieView } from './cookies.ts';
export type {
  EnvironmentEdit,
  EnvironmentRow,
  EnvironmentRowEdit,
  EnvironmentView,
  SecretRule,
} from './environments.ts';
export type { GuardRules } from '@castellan/engine';
export type { ImportChoices, ImportEntry, ImportPlan, ImportResult, ImportSource } from './imports.ts';
export type { OrgAnswer, OrgCall } from './orgs.ts';
export type { Confirmation, DataFileView, Estimate, RunAnswer, RunEntry, RunLine, RunOrder } from './runs.ts';
export type { Preferences } from './preferences.ts';
export type { HistoryEntry, SendEvent, SentBack } from './sends.ts';
export type { AuthSchemeView, Status, WorkspaceChange } from './workbench.ts';
