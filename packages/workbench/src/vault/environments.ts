import { randomUUID } from 'node:crypto';
import type { Environment, Json } from '@castellan/collection';
import { isSecretName } from '@castellan/engine';
import type { EnvironmentEdit, EnvironmentView } from '../api/environments.ts';
import { WorkbenchError } from '../errors.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Vault } from './vault.ts';

/** An environment as the page may see it: of secrets, their names. */
export function toView(environment: Environment, vault: Vault): EnvironmentView {
  return {
    id: environment.id,
    name: environment.name,
    scope: environment.scope,
    org: classifyOrg(environment),
    values: environment.values.map((row) => {
      if (row.type === 'secret' || isSecretName(row.key)) {
        const hasValue = (vault.get(environment.id, row.key) ?? '') !== '';
        return { key: row.key, type: 'secret', enabled: row.enabled, hasValue };
      }
      const value = toText(row.value);
      return { key: row.key, type: 'default', enabled: row.enabled, value, hasValue: value !== '' };
    }),
  };
}

function classifyOrg(environment: Environment): EnvironmentView['org'] {
  const url = environment.values.find((row) => row.key === 'url' && row.enabled)?.value;
  if (typeof url !== 'string' || !URL.canParse(url)) return 'none';
  const { hostname } = new URL(url);
  if (/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)) return 'local';
  return /(^|\.)oktapreview\.com$/.test(hostname) ? 'preview' : 'production';
}

/** Adds an environment, or saves over the one with this id; secrets go to the vault. */
export async function saveEnvironment(
  workspace: Workspace,
  vault: Vault,
  edit: EnvironmentEdit,
  id?: string,
): Promise<EnvironmentView> {
  const old = id === undefined ? undefined : getEnvironment(workspace, id);
  const environmentId = old?.id ?? randomUUID();
  const rows = edit.values.filter((row) => row.key.trim() !== '');
  const twice = rows.find((row, index) => rows.findIndex((other) => other.key === row.key) !== index);
  if (twice !== undefined) {
    throw new WorkbenchError(
      'bad-request',
      `“${twice.key}” is there twice. Rename or remove one of the two rows.`,
    );
  }
  const secrets: Record<string, string> = {};
  const values = rows.map((row) => {
    const before = old?.values.find((candidate) => candidate.key === (row.was ?? row.key));
    const kept = vault.get(environmentId, row.was ?? row.key);
    if (row.type === 'secret' || isSecretName(row.key)) {
      const value = row.value ?? kept ?? toText(before?.value ?? '');
      if (value !== '') secrets[row.key] = value;
      return { ...before, key: row.key, value: '', type: 'secret', enabled: row.enabled };
    }
    // A value that a person did not touch keeps its JSON type.
    const value: Json =
      before !== undefined && toText(before.value) === row.value ? before.value : (row.value ?? '');
    return { ...before, key: row.key, value, type: 'default', enabled: row.enabled };
  });
  const environment: Environment = {
    ...(old ?? { kind: 'environment', scope: 'environment' }),
    id: environmentId,
    name: edit.name,
    values,
  };
  await vault.set(environmentId, secrets);
  await workspace.environments.put(environment);
  workspace.changed({ kind: 'environments' });
  return toView(environment, vault);
}

export async function duplicateEnvironment(
  workspace: Workspace,
  vault: Vault,
  id: string,
): Promise<EnvironmentView> {
  const old = getEnvironment(workspace, id);
  const copy: Environment = { ...old, id: randomUUID(), name: `${old.name} copy` };
  const secrets = old.values.flatMap(({ key }) => {
    const value = vault.get(id, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  await vault.set(copy.id, Object.fromEntries(secrets));
  await workspace.environments.put(copy);
  workspace.changed({ kind: 'environments' });
  return toView(copy, vault);
}

export async function deleteEnvironment(workspace: Workspace, vault: Vault, id: string): Promise<void> {
  await workspace.environments.remove(id);
  await vault.set(id, {});
  workspace.changed({ kind: 'environments' });
}

function getEnvironment(workspace: Workspace, id: string): Environment {
  const found = workspace.environments.find(id)?.thing;
  if (found !== undefined) return found;
  throw new WorkbenchError('not-found', 'This environment is no longer in the workspace.');
}

function toText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
