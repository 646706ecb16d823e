import { users } from './users/operations.ts';

/** Every operation of Okta's API that Castellan knows, by API and name. */
export const operations = { users };
