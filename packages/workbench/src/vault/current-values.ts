import type { Collection, Environment, EnvironmentValue, Json, Variable } from '@castellan/collection';
import { findHost, isSecretName, type Redaction } from '@castellan/engine';
import { z } from 'zod';
import type { PersonalFile } from './personal-file.ts';
import type { Vault } from './vault.ts';

/** What scripts and people made of the variables of one environment or collection, beside its file. */
const Current = z.object({
  values: z.record(z.string(), z.json()),
  /** Names that a script took away. */
  unset: z.array(z.string()),
});
type Current = z.infer<typeof Current>;

const File = z.record(z.string(), Current);
const NOTHING: Current = { values: {}, unset: [] };

/**
 * Postman: a variable has an initial value, which is shared with its file, and a current one, which is this
 * person's own and what requests use. Current values of secrets stay in the vault.
 */
export interface CurrentValues {
  get(ownerId: string): Current;
  set(ownerId: string, current: Current): Promise<void>;
}

export async function openCurrentValues(file: PersonalFile): Promise<CurrentValues> {
  const read = File.safeParse(await file.read());
  const owners = new Map(Object.entries(read.success ? read.data : {}));
  return {
    get: (ownerId) => owners.get(ownerId) ?? NOTHING,
    set(ownerId, current) {
      if (Object.keys(current.values).length === 0 && current.unset.length === 0) owners.delete(ownerId);
      else owners.set(ownerId, current);
      // Zod's JSON and the model's name the same values.
      return file.write(Object.fromEntries(owners) as Json);
    },
  };
}

/** Where the values of variables come from. */
export interface ValueStores {
  readonly vault: Vault;
  readonly current: CurrentValues;
}

/** The rows of an environment with their current values, those that only scripts know included; secrets stay empty. */
export function withCurrentValues(environment: Environment, current: CurrentValues): Environment {
  const { values, unset } = current.get(environment.id);
  const create = (key: string, value: Json): EnvironmentValue => ({
    key,
    value,
    type: 'default',
    enabled: true,
  });
  return { ...environment, values: overlay(environment.values, values, unset, create) };
}

/** The environment as a run needs it: current values, and every secret in its place. */
export function fillValues(environment: Environment, { vault, current }: ValueStores): Environment {
  return fillSecrets(withCurrentValues(environment, current), vault);
}

/** The environment with every secret in its place. */
export function fillSecrets(environment: Environment, vault: Vault): Environment {
  return {
    ...environment,
    values: environment.values.map((row) => {
      const secret = vault.get(environment.id, row.key);
      return secret === undefined ? row : { ...row, value: secret };
    }),
  };
}

/** The collection with the current values of its own variables. */
export function fillVariables(collection: Collection, { vault, current }: ValueStores): Collection {
  return {
    ...collection,
    variables: withCurrentVariables(collection, current).map((row) => {
      const secret = vault.get(collection.id, row.key);
      return secret === undefined ? row : { ...row, value: secret };
    }),
  };
}

/** The variables of a collection with their current values; secrets that scripts set stay empty. */
export function withCurrentVariables(collection: Collection, current: CurrentValues): readonly Variable[] {
  const { values, unset } = current.get(collection.id);
  return overlay(collection.variables, values, unset, (key, value) => ({ key, value }));
}

/** Rows with the values that stand over them; what only these know comes last. */
function overlay<Row extends { readonly key: string; readonly value: Json }>(
  rows: readonly Row[],
  values: Current['values'],
  unset: readonly string[],
  create: (key: string, value: Json) => Row,
): Row[] {
  const known = new Set(rows.map(({ key }) => key));
  return [
    ...rows
      .filter(({ key }) => !unset.includes(key))
      // Zod's JSON and the model's name the same values.
      .map((row) => (Object.hasOwn(values, row.key) ? { ...row, value: values[row.key] as Json } : row)),
    ...Object.entries(values)
      .filter(([key]) => !known.has(key))
      .map(([key, value]) => create(key, value as Json)),
  ];
}

/** A variable as a script left it. */
interface LeftValue {
  readonly key: string;
  readonly value: Json;
  readonly type?: string;
}

/** A scope before and after a run: its rows as the file has them, and as they were filled in. */
interface ScopeChange {
  readonly ownerId: string;
  readonly initial: readonly { readonly key: string; readonly value: Json; readonly type?: string }[];
  readonly before: readonly LeftValue[];
  readonly after: readonly LeftValue[];
}

/**
 * Keeps what the scripts of a run changed in one scope: secrets in the vault, the rest as current values.
 * @param mask knows what answers have brought
 * @returns whether anything was different
 */
export async function keepChanges(
  { ownerId, initial, before, after }: ScopeChange,
  { vault, current }: ValueStores,
  mask: Redaction,
): Promise<boolean> {
  const was = new Map(before.map(({ key, value }) => [key, JSON.stringify(value)]));
  const changed = after.filter(({ key, value }) => was.get(key) !== JSON.stringify(value));
  const gone = [...was.keys()].filter((key) => !after.some((row) => row.key === key));
  if (changed.length === 0 && gone.length === 0) return false;

  const kept = vault.values().filter((value) => value !== '');
  /** A script may pass a secret on to another variable, without having seen it. */
  const isPassedOn = (row: LeftValue): boolean => kept.some((value) => String(row.value).includes(value));
  const isSecret = (row: LeftValue): boolean =>
    row.type === 'secret' ||
    isSecretName(row.key) ||
    initial.some((known) => known.key === row.key && known.type === 'secret') ||
    isPassedOn(row) ||
    mask.json(row.value) !== row.value;
  const now = current.get(ownerId);
  const values = { ...now.values };
  const secrets = new Map<string, string>();
  for (const row of before) {
    const secret = vault.get(ownerId, row.key);
    if (secret !== undefined && !gone.includes(row.key)) secrets.set(row.key, secret);
  }
  for (const row of changed) {
    if (isSecret(row)) {
      secrets.set(row.key, typeof row.value === 'string' ? row.value : JSON.stringify(row.value));
      if (!initial.some(({ key }) => key === row.key)) values[row.key] = '';
    } else values[row.key] = row.value;
  }
  for (const key of gone) delete values[key];
  const unset = [
    ...now.unset.filter((key) => !changed.some((row) => row.key === key)),
    ...gone.filter((key) => initial.some((row) => row.key === key)),
  ];
  await vault.set(ownerId, Object.fromEntries(secrets), findHost(before));
  // What a script has found itself the next one may read.
  for (const row of changed)
    if (isSecret(row) && !isPassedOn(row)) await vault.allow(ownerId, row.key, { readable: true });
  await current.set(ownerId, { values, unset });
  return true;
}
