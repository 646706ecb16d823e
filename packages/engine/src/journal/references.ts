import type { Json } from '@castellan/collection';
import type { ScopeValue, VariableScopes } from '@castellan/sandbox';
import type { RunPlan } from '../plan.ts';
import { createMask, DOTS, type Redaction } from '../secrets/mask.ts';
import { isSecretName } from '../secrets/secret-names.ts';
import type { ScopeChanges } from './lines.ts';

/** Writes down what scripts changed without writing down a secret, and reads it back with the secrets of the plan. */
export interface References {
  /** Texts as they may stand in a journal. */
  mask(text: string): string;
  /** What differs between two states of the scopes; `withheld` are names whose values are secret and new. */
  write(before: VariableScopes, after: VariableScopes): { changes: ScopeChanges; withheld: string[] };
  read(changes: ScopeChanges, start: VariableScopes): VariableScopes;
}

const SCOPES = ['globals', 'collection', 'environment', 'local'] as const;

/**
 * References to the secrets of a plan and of one row: in place of a value stands the name it has there, so that the
 * same plan can read it back.
 * @param learned takes out what is secret and stands in neither: what answers have brought
 */
export function createReferences(
  plan: RunPlan,
  row: Readonly<Record<string, Json>>,
  learned: Redaction,
): References {
  const secrets = [...toSecrets(plan), ...toRowSecrets(row)].toSorted(
    (a, b) => b.value.length - a.value.length,
  );
  const mask = createMask(secrets.map(({ value }) => value));
  const refer = (text: string): string =>
    secrets.reduce((referred, { name, value }) => referred.replaceAll(value, toReference(name)), text);
  const resolve = (text: string): string =>
    secrets.reduce((resolved, { name, value }) => resolved.replaceAll(toReference(name), value), text);
  return {
    mask: (text) => learned.text(mask.text(text)),
    write(before, after) {
      const withheld: string[] = [];
      const changes = Object.fromEntries(
        SCOPES.flatMap((scope) => {
          const change = diff(before[scope], after[scope]);
          const set = change.set.flatMap((value): ScopeValue[] => {
            // References first: what is left of a secret after them is an encoded form that no reference can say.
            const referred = onTexts(value.value, refer);
            const masked = learned.json(mask.json(referred));
            const isNew = isSecretName(value.key) && !JSON.stringify(referred).includes(MARK);
            if (!isNew && !JSON.stringify(masked).includes(DOTS)) return [{ ...value, value: masked }];
            withheld.push(value.key);
            return [];
          });
          if (set.length === 0 && change.removed.length === 0) return [];
          return [[scope, { set, removed: change.removed }] as const];
        }),
      );
      return { changes: changes as ScopeChanges, withheld };
    },
    read(changes, start) {
      const read = Object.fromEntries(
        SCOPES.flatMap((scope) => {
          const change = changes[scope];
          if (change === undefined) return [];
          const gone = new Set([...change.removed, ...change.set.map(({ key }) => key)]);
          const set = change.set.map((value) => ({ ...value, value: onTexts(value.value, resolve) }));
          return [[scope, [...start[scope].filter(({ key }) => !gone.has(key)), ...set]] as const];
        }),
      );
      return { ...start, ...read };
    },
  };
}

/** A character that no file of values holds by chance. */
const MARK = '\uE000';

function toReference(name: string): string {
  return `${MARK}${name}${MARK}`;
}

interface Secret {
  readonly name: string;
  readonly value: string;
}

/** Shorter values would stand in for ordinary text. */
const SHORTEST = 4;

function toSecrets({ environment, globals, collection, secrets }: RunPlan): Secret[] {
  const scopes = [
    ['environment', environment?.values ?? []],
    ['globals', globals?.values ?? []],
    ['collection', collection.variables],
  ] as const;
  const bound = new Set(secrets.map(({ name }) => name));
  return scopes.flatMap(([scope, values]) =>
    values
      .filter(({ key, type }) => type === 'secret' || isSecretName(key) || bound.has(key))
      .flatMap(({ key, value }) => toSecret(`${scope} ${key}`, value)),
  );
}

function toRowSecrets(row: Readonly<Record<string, Json>>): Secret[] {
  return Object.entries(row)
    .filter(([name]) => isSecretName(name))
    .flatMap(([name, value]) => toSecret(`row ${name}`, value));
}

function toSecret(name: string, value: Json): Secret[] {
  return typeof value === 'string' && value.length >= SHORTEST ? [{ name, value }] : [];
}

function diff(
  before: readonly ScopeValue[],
  after: readonly ScopeValue[],
): { set: ScopeValue[]; removed: string[] } {
  if (before === after) return { set: [], removed: [] };
  const known = new Map(before.map((value) => [value.key, JSON.stringify(value)]));
  const names = new Set(after.map(({ key }) => key));
  return {
    set: after.filter((value) => known.get(value.key) !== JSON.stringify(value)),
    removed: before.map(({ key }) => key).filter((key) => !names.has(key)),
  };
}

function onTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((entry) => onTexts(entry, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, onTexts(entry, change)]));
}
