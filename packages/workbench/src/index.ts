/**
 * The loopback server behind the web app: workspace folder, vault, history, live run stream. It mounts a local
 * org and serves the web app. Secrets stop here: the browser sees names, never values.
 */
export { WorkbenchError, type WorkbenchErrorCode } from './errors.ts';
export { startWorkbench, type RunningWorkbench, type WorkbenchOptions } from './start.ts';
export type { LocalOrgDoor, OpenLocalOrg } from './orgs/local-org.ts';
export type { ImportChoices, ImportEntry, ImportPlan, ImportResult, ImportSource } from './api/imports.ts';
export { codeLanguages, writeRequestCode } from './code/write-code.ts';
export { toOpenValues } from './code/open-values.ts';
export { createFormats, type Formats, type ReadFile } from './imports/formats.ts';
export { importInto, type ImportOrder, type ImportOutcome } from './imports/import-into.ts';
export { createEngine, type RunEngine, type RunSpecification } from './runs/engine.ts';
export { readToken, type TokenFacts } from './orgs/read-token.ts';
export { guarded } from './orgs/default-guard.ts';
export { refuseStrange } from './trust/refuse-strange.ts';
export { openJournalList, readListedRuns, type JournalList, type ListedRun } from './runs/journal-list.ts';
export { askHidden } from './vault/key-sources.ts';
export { findHome, toWorkspaceKey } from './vault/vault.ts';
export { withVault, type SecretListing, type VaultDoor } from './vault/vault-door.ts';
export { readWorkspace, type WorkspaceContents } from './workspace/read-workspace.ts';
