import { randomUUID } from 'node:crypto';
import type { Environment } from '@castellan/collection';
import type { Redaction, RunResult } from '@castellan/engine';
import { keepChanges, type ValueStores } from '../vault/current-values.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Scopes } from './scopes.ts';

/** Postman: what a script sets is there at the next Send. Globals are made when the first one is set. */
export async function keepScopes(
  workspace: Workspace,
  stores: ValueStores,
  before: Scopes,
  after: RunResult['scopes'],
  mask: Redaction,
): Promise<void> {
  const { collection, environment } = before;
  const globals = before.globals ?? (after.globals.length === 0 ? undefined : await createGlobals(workspace));
  const keep = (filled: Environment | undefined, left: RunResult['scopes']['environment']) => {
    if (filled === undefined) return false;
    const initial = workspace.environments.find(filled.id)?.thing.values ?? [];
    return keepChanges({ ownerId: filled.id, initial, before: filled.values, after: left }, stores, mask);
  };
  const changes = [
    await keep(environment, after.environment),
    await keep(globals, after.globals),
    await keepChanges(
      {
        ownerId: collection.id,
        initial: workspace.collections.find(collection.id)?.thing.variables ?? [],
        before: collection.variables,
        after: after.collection,
      },
      stores,
      mask,
    ),
  ];
  if (changes.some(Boolean)) workspace.changed({ kind: 'environments' });
}

async function createGlobals(workspace: Workspace): Promise<Environment> {
  const globals: Environment = {
    kind: 'environment',
    scope: 'globals',
    id: randomUUID(),
    name: 'Globals',
    values: [],
  };
  await workspace.environments.put(globals);
  return globals;
}
