import sdk from 'postman-collection';
import type { Json } from '@castellan/collection';
import type { ScopeValue } from '../src/protocol.ts';
import { parse, say } from './door.ts';
import { defineLazy } from './lazy.ts';
import { createVariables, setVariable } from './lists.ts';
import { script } from './script.ts';

type StoredScope = 'globals' | 'collection' | 'environment' | 'local';

interface OpenScope {
  readonly scope: sdk.VariableScope;
  readonly values: readonly ScopeValue[];
}

const open = new Map<StoredScope, OpenScope>();

const setAny = sdk.VariableScope.prototype.set;

/** Postman's own takes 20 times as long for what nearly every call asks of it. */
sdk.VariableScope.prototype.set = function set(key, value, ...options) {
  const isPlain = options.length === 0 && !this.prefix && this._postman_enableTracking !== true;
  if (!isPlain || !setVariable(this.values, key, value)) setAny.call(this, key, value, ...options);
};

/** The scopes as `pm` shows them, each made when a script first looks at it. */
export function defineScopes(pm: object): void {
  const fixed = { writable: false };
  defineLazy(pm, 'globals', () => openScope('globals'), fixed);
  defineLazy(pm, 'environment', () => openScope('environment'), fixed);
  defineLazy(pm, 'collectionVariables', () => openScope('collection'), fixed);
  defineLazy(pm, 'variables', () => openScope('local'), fixed);
  defineLazy(pm, 'iterationData', () => row(), fixed);
}

/** The scopes that the script has changed, as the engine keeps them. */
export function changedScopes(): Partial<Record<StoredScope, readonly ScopeValue[]>> {
  const changed: Partial<Record<StoredScope, readonly ScopeValue[]>> = {};
  for (const [name, { scope, values }] of open) {
    const { members } = scope.values;
    if (!isUnchanged(members, values)) changed[name] = members.map(toValue);
  }
  return changed;
}

function openScope(name: StoredScope): sdk.VariableScope {
  const found = open.get(name);
  if (found !== undefined) return found.scope;
  // Written by the worker.
  const values = parse(say('read', name)) as ScopeValue[];
  const layers = name === 'local' ? { layers: layersOfVariables() } : {};
  const { environmentName } = script.head;
  const named = name === 'environment' && environmentName !== undefined ? { name: environmentName } : {};
  const scope = toScope(values, { ...layers, ...named });
  open.set(name, { scope, values });
  return scope;
}

/** The values of a scope as they were before the script. */
export function readScope(name: StoredScope): Record<string, unknown> {
  // Written by the worker.
  return toScope(parse(say('read', name)) as ScopeValue[]).toObject();
}

let rowScope: sdk.VariableScope | undefined;

function row(): sdk.VariableScope {
  if (rowScope !== undefined) return rowScope;
  // Written by the worker.
  const data = parse(say('read', 'data')) as Record<string, Json>;
  const values = Object.entries(data).map(([key, value]) => ({ key, value }));
  rowScope = toScope(values);
  return rowScope;
}

/** Postman's precedence below `pm.variables`' own. */
function layersOfVariables(): sdk.VariableList[] {
  const scopes = [row(), openScope('environment'), openScope('collection'), openScope('globals')];
  return scopes.map(({ values }) => values);
}

interface ScopeOptions {
  readonly name?: string;
  readonly layers?: sdk.VariableList[];
}

function toScope(values: readonly ScopeValue[], { name, layers }: ScopeOptions = {}): sdk.VariableScope {
  const scope = Object.create(sdk.VariableScope.prototype);
  defineLazy(scope, 'id', () => new sdk.VariableScope({}).id);
  if (name !== undefined) scope.name = name;
  scope.values = createVariables(scope, values);
  if (layers !== undefined) scope._layers = layers;
  return scope;
}

function isUnchanged(members: readonly sdk.Variable[], values: readonly ScopeValue[]): boolean {
  if (members.length !== values.length) return false;
  for (let index = 0; index < members.length; index += 1) {
    const member = members[index];
    const value = values[index];
    if (member?.key !== value?.key || member?.value !== value?.value) return false;
    // What was an object may have been changed from within.
    if (typeof member?.value === 'object' && member.value !== null) return false;
    if (member?.type !== (value?.type ?? 'any') || member.disabled !== value?.disabled) return false;
  }
  return true;
}

function toValue({ key, value, type, disabled }: sdk.Variable): ScopeValue {
  return {
    key,
    // What cannot be written as JSON goes lost on the way out.
    value: value === undefined ? null : (value as Json),
    ...(type === undefined ? {} : { type }),
    ...(disabled === true ? { disabled } : {}),
  };
}
