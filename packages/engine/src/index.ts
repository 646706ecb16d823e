/**
 * Plan, run, events: the only engine. The web app, the command line and the tests all use it. Must not know
 * Okta: what it needs of an org arrives as data (a collection, an environment, header names for pacing).
 */
export { authSchemes } from './auth/index.ts';
export type { AuthField, AuthScheme } from './auth/scheme.ts';
export { createHost } from './host.ts';
export type { HostOptions, RunHost } from './host.ts';
export { plan, PlanError } from './plan.ts';
export type { PlanOptions, RunPlan, RunSettings, Step } from './plan.ts';
export { hasFailed, run } from './run.ts';
export type { RunOptions, RunResult } from './run.ts';
export type * from './events.ts';
export { isReporterName, reporters } from './reporters/index.ts';
export type { ReporterName } from './reporters/index.ts';
export type { CreateReporter, Output, Reporter, ReporterContext } from './reporters/reporter.ts';
export { openDataFile } from './rows/data-file.ts';
export { toRowSource } from './rows/row-source.ts';
export { createCookieJar } from './cookies.ts';
export type { ClientCertificate } from './tls.ts';
export { readProxies } from './proxy.ts';
export { stream } from './stream.ts';
export { createMask } from './secrets/mask.ts';
export type { Mask, Redaction } from './secrets/mask.ts';
export { isSecretName } from './secrets/secret-names.ts';
export { createPacing } from './pacing/pacing.ts';
export type { Clock, PacedCall, PaceState, Pacing, PacingOptions, Pass, Ruling } from './pacing/pacing.ts';
export type { LimitHeaderNames } from './pacing/limit-headers.ts';
export { createRunControl } from './lanes/control.ts';
export type { RunControl } from './lanes/control.ts';
export type { ApiFacts, CallFacts, WriteCheck } from './api-facts.ts';
export type { RowSource } from './rows/row-source.ts';
export type { Transport, WireRequest, WireResponse } from './transport.ts';
export { findHost, findSecrets } from './secrets/bound-secret.ts';
export type { BoundSecret } from './secrets/bound-secret.ts';
export { createRunJournal, resumeRunJournal } from './journal/journal.ts';
export type { CreateJournalOptions, RunJournal } from './journal/journal.ts';
export { isJournalInUse } from './journal/lock.ts';
export { openJournalFile } from './journal/writer.ts';
export { JournalError } from './journal/errors.ts';
export { readJournal } from './journal/read.ts';
export type { EarlierRun } from './journal/read.ts';
export { estimate } from './estimate.ts';
export type { EstimateOptions, RunEstimate } from './estimate.ts';
export { findConfirmation } from './guard/confirmation.ts';
export type { Confirmation } from './guard/confirmation.ts';
export type { AssertionResult, ScopeValue, ScriptError } from '@castellan/sandbox';
export { GuardError, guardRules, readGuard, withGuard } from './guard/org-guard.ts';
export type { GuardRules, OrgGuard } from './guard/org-guard.ts';
