import type { operations } from '@castellan/okta-api';
import type { HandlersOf } from '../handling.ts';

/** What the files that serve apps have to hold together. */
export type AppHandlers = HandlersOf<typeof operations.apps>;
