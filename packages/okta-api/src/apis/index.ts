import { adminRoles } from './admin-roles/operations.ts';
import { apps } from './apps/operations.ts';
import { authentication } from './authentication/operations.ts';
import { events } from './events/operations.ts';
import { factors } from './factors/operations.ts';
import { groups } from './groups/operations.ts';
import { linkedObjects } from './linked-objects/operations.ts';
import { logs } from './logs/operations.ts';
import { schemas } from './schemas/operations.ts';
import { sessions } from './sessions/operations.ts';
import { subscriptions } from './subscriptions/operations.ts';
import { tokens } from './tokens/operations.ts';
import { userTypes } from './user-types/operations.ts';
import { users } from './users/operations.ts';

/** Every operation of Okta's API that Castellan knows, by API and name. */
export const operations = {
  users,
  groups,
  'user-types': userTypes,
  schemas,
  'linked-objects': linkedObjects,
  logs,
  events,
  tokens,
  subscriptions,
  sessions,
  authentication,
  factors,
  apps,
  'admin-roles': adminRoles,
};
