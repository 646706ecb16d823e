import { randomUUID } from 'node:crypto';
import type { Collection, Environment, Json } from '@castellan/collection';
import { findHost, isSecretName, withGuard, type GuardRules } from '@castellan/engine';
import type { EnvironmentEdit, EnvironmentRow, EnvironmentView, SecretRule } from '../api/environments.ts';
import { WorkbenchError } from '../errors.ts';
import { classifyOrg, findGuard } from '../orgs/default-guard.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type ValueStores, withCurrentValues, withCurrentVariables } from './current-values.ts';

/** An environment as the page may see it: of secrets, their names. */
export function toView(environment: Environment, { vault, current }: ValueStores): EnvironmentView {
  const initial = new Map(environment.values.map(({ key, value }) => [key, toText(value)]));
  const filled = withCurrentValues(environment, current);
  const host = findHost(filled.values);
  const { rules, isChosen, fault } = findGuard(filled);
  const bound = new Map(vault.bound(environment.id).map((secret) => [secret.name, secret]));
  return {
    id: environment.id,
    name: environment.name,
    scope: environment.scope,
    org: rules?.kind ?? classifyOrg(filled),
    ...(host === undefined ? {} : { host }),
    ...(rules === undefined ? {} : { guard: rules }),
    guardIsChosen: isChosen,
    ...(fault === undefined ? {} : { guardFault: fault }),
    values: filled.values.map((row): EnvironmentRow => {
      const { key, enabled } = row;
      if (row.type === 'secret' || isSecretName(key)) {
        const secret = bound.get(key);
        return {
          key,
          type: 'secret',
          enabled,
          hasValue: (secret?.value ?? '') !== '',
          ...(secret?.hosts === undefined ? {} : { hosts: [...secret.hosts] }),
          ...(secret === undefined ? {} : { readable: secret.readable === true }),
        };
      }
      const value = toText(row.value);
      return {
        key,
        type: 'default',
        enabled,
        value,
        initial: initial.get(key) ?? '',
        hasValue: value !== '',
      };
    }),
  };
}

/** The current values of a collection's own variables, where they differ from its file; no secret's. */
export function toCollectionValues(
  collection: Collection,
  { vault, current }: ValueStores,
): EnvironmentRow[] {
  const changed = current.get(collection.id).values;
  return withCurrentVariables(collection, current)
    .filter(({ key }) => Object.hasOwn(changed, key) || vault.get(collection.id, key) !== undefined)
    .map(({ key, value, disabled }): EnvironmentRow => {
      const enabled = disabled !== true;
      if (vault.get(collection.id, key) !== undefined)
        return { key, type: 'secret', enabled, hasValue: true };
      return { key, type: 'default', enabled, value: toText(value), hasValue: toText(value) !== '' };
    });
}

/** Adds an environment, or saves over the one with this id; secrets go to the vault. */
export async function saveEnvironment(
  workspace: Workspace,
  stores: ValueStores,
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
  const own: Record<string, Json> = {};
  const { vault, current } = stores;
  const filled = old === undefined ? undefined : withCurrentValues(old, current);
  const values = rows.map((row) => {
    const was = row.was ?? row.key;
    const before = old?.values.find(({ key }) => key === was);
    if (row.type === 'secret' || isSecretName(row.key)) {
      const value = row.value ?? vault.get(environmentId, was) ?? toText(before?.value ?? '');
      if (value !== '') secrets[row.key] = value;
      return { ...before, key: row.key, value: '', type: 'secret', enabled: row.enabled };
    }
    const value = row.value ?? '';
    const initial = row.initial ?? value;
    if (value !== initial)
      own[row.key] = keepType(filled?.values.find(({ key }) => key === was)?.value, value);
    return {
      ...before,
      key: row.key,
      value: keepType(before?.value, initial),
      type: 'default',
      enabled: row.enabled,
    };
  });
  const environment: Environment = {
    ...(old ?? { kind: 'environment', scope: edit.scope }),
    id: environmentId,
    name: edit.name,
    values,
  };
  await vault.set(environmentId, secrets, findHost(values));
  await current.set(environmentId, { values: own, unset: [] });
  await workspace.environments.put(environment);
  workspace.changed({ kind: 'environments' });
  return toView(environment, stores);
}

export async function duplicateEnvironment(
  workspace: Workspace,
  stores: ValueStores,
  id: string,
): Promise<EnvironmentView> {
  const old = getEnvironment(workspace, id);
  const copy: Environment = { ...old, id: randomUUID(), name: `${old.name} copy` };
  const { vault, current } = stores;
  await vault.copy(id, copy.id);
  await current.set(copy.id, current.get(id));
  await workspace.environments.put(copy);
  workspace.changed({ kind: 'environments' });
  return toView(copy, stores);
}

export async function deleteEnvironment(
  workspace: Workspace,
  stores: ValueStores,
  id: string,
): Promise<void> {
  await workspace.environments.remove(id);
  await stores.vault.set(id, {});
  await stores.current.set(id, { values: {}, unset: [] });
  workspace.changed({ kind: 'environments' });
}

/**
 * Changes who gets a secret.
 * @throws WorkbenchError `not-found` the environment has no such secret
 */
export async function ruleSecret(
  workspace: Workspace,
  stores: ValueStores,
  { environmentId, key }: { readonly environmentId: string; readonly key: string },
  { hosts, readable }: SecretRule,
): Promise<EnvironmentView> {
  const environment = getEnvironment(workspace, environmentId);
  const isKept = await stores.vault.allow(environmentId, key, {
    ...(hosts === undefined ? {} : { hosts: hosts ?? undefined }),
    ...(readable === undefined ? {} : { readable }),
  });
  if (!isKept)
    throw new WorkbenchError(
      'not-found',
      `“${environment.name}” has no value for the secret “${key}”. Enter the value first.`,
    );
  workspace.changed({ kind: 'environments' });
  return toView(environment, stores);
}

/** Gives one secret of an environment a value, bound to the host of its org; the others stay as they are. */
export async function putSecret(
  workspace: Workspace,
  stores: ValueStores,
  environment: Environment,
  { name, value }: { readonly name: string; readonly value: string },
): Promise<void> {
  const { vault, current } = stores;
  const kept = Object.fromEntries(vault.bound(environment.id).map((secret) => [secret.name, secret.value]));
  const host = findHost(withCurrentValues(environment, current).values);
  await vault.set(environment.id, { ...kept, [name]: value }, host);
  if (!environment.values.some(({ key }) => key === name)) {
    const row = { key: name, value: '', type: 'secret', enabled: true };
    await workspace.environments.put({ ...environment, values: [...environment.values, row] });
  }
  workspace.changed({ kind: 'environments' });
}

/** Writes what guards an environment's org to its file, or takes it out of there. */
export async function guardEnvironment(
  workspace: Workspace,
  stores: ValueStores,
  id: string,
  rules: GuardRules | null,
): Promise<EnvironmentView> {
  const old = getEnvironment(workspace, id);
  if (rules !== null && findHost(withCurrentValues(old, stores.current).values) === undefined)
    throw new WorkbenchError(
      'bad-request',
      `“${old.name}” has no address of an org to guard. Add it as url, such as https://acme.okta.com.`,
    );
  const environment = withGuard(old, rules ?? undefined);
  await workspace.environments.put(environment);
  workspace.changed({ kind: 'environments' });
  return toView(environment, stores);
}

/** @throws WorkbenchError `not-found` */
export function getEnvironment(workspace: Workspace, id: string): Environment {
  const found = workspace.environments.find(id)?.thing;
  if (found !== undefined) return found;
  throw new WorkbenchError('not-found', 'This environment is no longer in the workspace.');
}

/** A value that a person did not touch keeps its JSON type. */
function keepType(before: Json | undefined, text: string): Json {
  return before !== undefined && toText(before) === text ? before : text;
}

function toText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
