/**
 * Plan, run, events: the only engine. The web app, the command line and the tests all use it. Must not know
 * Okta: what it needs of an org arrives as data (a collection, an environment, header names for pacing).
 */
export type * from './events.ts';
