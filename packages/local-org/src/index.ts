/**
 * An Okta-compatible org: store, seed, request pipeline, handlers per API, System Log, admin console.
 * Must not know the engine: the two meet as HTTP.
 */
export * from './org.ts';
export * from './org-options.ts';
export { serveOrg, type ServedOrg, type ServeOptions } from './serve.ts';
export { SeedError, type SeedReport } from './seed-file.ts';
export { StoreError } from './store/changes.ts';
export type { MessageRecord } from './store/records.ts';
export type { SettingsChanges } from './settings.ts';
