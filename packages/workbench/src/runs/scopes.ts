import type { Collection, Environment } from '@castellan/collection';
import type { BoundSecret } from '@castellan/engine';
import { WorkbenchError } from '../errors.ts';
import { guarded } from '../orgs/default-guard.ts';
import { fillValues, fillVariables, type ValueStores } from '../vault/current-values.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** What a Send or a run begins with, current values and secrets in their places. */
export interface Scopes {
  readonly collection: Collection;
  readonly environment?: Environment;
  readonly globals?: Environment;
  /** Values that only their own hosts get, and scripts only as handles. */
  readonly secrets: readonly BoundSecret[];
}

interface ScopeChoice {
  readonly collectionId: string;
  readonly environmentId: string | null;
}

/** @throws WorkbenchError `not-found`; `bad-request` the environment's guard cannot be read */
export function readScopes(workspace: Workspace, stores: ValueStores, choice: ScopeChoice): Scopes {
  const collection = workspace.collections.find(choice.collectionId)?.thing;
  if (collection === undefined) {
    throw new WorkbenchError('not-found', 'The collection of this request is no longer in the workspace.');
  }
  const environment =
    choice.environmentId === null ? undefined : workspace.environments.find(choice.environmentId)?.thing;
  if (choice.environmentId !== null && environment === undefined) {
    throw new WorkbenchError(
      'not-found',
      'The chosen environment is no longer in the workspace. Choose another at the top right.',
    );
  }
  const globals = workspace.environments.list().find(({ thing }) => thing.scope === 'globals')?.thing;
  return {
    collection: fillVariables(collection, stores),
    ...(environment === undefined ? {} : { environment: guarded(fillValues(environment, stores)) }),
    ...(globals === undefined ? {} : { globals: fillValues(globals, stores) }),
    secrets: [collection, environment, globals].flatMap((owner) =>
      owner === undefined ? [] : stores.vault.bound(owner.id),
    ),
  };
}
