import { operations, type OperationDefinition } from '@castellan/okta-api';
import type { Route, RouteHandler } from '../routes.ts';
import { adminRoles } from './admin-roles.ts';
import { apps } from './apps.ts';
import { authentication } from './authentication.ts';
import { events } from './events.ts';
import { factors } from './factors.ts';
import { groups } from './groups.ts';
import { linkedObjects } from './linked-objects.ts';
import { logs } from './logs.ts';
import { schemas } from './schemas.ts';
import { subscriptions } from './subscriptions.ts';
import { sessions } from './sessions.ts';
import { tokens } from './tokens.ts';
import { userTypes } from './user-types.ts';
import { users } from './users.ts';

/** The handlers of every served API, under the names of `operations`. One line per API. */
const handlers: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  users,
  groups,
  factors,
  authentication,
  'user-types': userTypes,
  schemas,
  'linked-objects': linkedObjects,
  logs,
  events,
  tokens,
  sessions,
  subscriptions,
  apps,
  'admin-roles': adminRoles,
};

/** Every known operation, with its handler where it is served: the one table that says which. */
export const routes: readonly Route[] = Object.entries(operations).flatMap(([api, ofApi]) =>
  Object.entries(ofApi as Readonly<Record<string, OperationDefinition>>).map(([name, operation]) => ({
    name,
    operation,
    // Each file checks its handlers against the definitions with `satisfies HandlersOf<…>`.
    handler: handlers[api]?.[name] as RouteHandler | undefined,
  })),
);
