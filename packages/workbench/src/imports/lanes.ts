import {
  alignIds,
  findDrift,
  findEnvironmentRepairs,
  findRepairs,
  mergeCollections,
  mergeEnvironments,
  repairCollection,
  repairEnvironment,
  type ChosenRepair,
  type Collection,
  type Drift,
  type Environment,
  type Merge,
  type Repair,
  type RepairFacts,
  type ThreeVersions,
} from '@castellan/collection';
import type { ImportEntry } from '../api/imports.ts';
import type { Formats } from './formats.ts';
import { findHost, isSecretName } from '@castellan/engine';
import type { Vault } from '../vault/vault.ts';
import type { Shelf } from '../workspace/shelf.ts';
import { countItems } from '../workspace/tree.ts';
import { fillSecrets } from '../vault/current-values.ts';
import { splitSecrets, type Workspace } from '../workspace/workspace.ts';

type Sizes = Pick<ImportEntry, 'requests' | 'folders' | 'values' | 'secrets'>;

/** How one kind of thing is imported; everything past the lanes treats both kinds alike. */
export interface Lane<Thing extends Collection | Environment> {
  readonly kind: Thing['kind'];
  readonly shelf: Shelf<Thing>;
  /** What the workspace has, with its secrets in their places. */
  open(thing: Thing): Thing;
  /** Writes it to the workspace, its secrets to the vault. */
  put(thing: Thing): Promise<void>;
  countParts(thing: Thing): Sizes;
  /** A thing of a file in the form that the workspace writes, so that a form is never taken for a change. */
  normalize(thing: Thing): Thing;
  merge(versions: ThreeVersions<Thing>): Merge<Thing>;
  /** A thing of a file under the ids that another version of it has. */
  align(thing: Thing, reference: Thing): Thing;
  findRepairs(thing: Thing): readonly Repair[];
  repair(thing: Thing, chosen: readonly ChosenRepair[]): Thing;
  findDrift(thing: Thing): Drift | undefined;
  /** The thing as it is kept for the next import, without its secrets. */
  writeBase(thing: Thing): string;
  /** `undefined` when the text is no longer understood. */
  readBase(text: string): Thing | undefined;
}

export interface LaneOptions {
  readonly workspace: Workspace;
  readonly vault: Vault;
  readonly formats: Formats;
  readonly facts: RepairFacts;
}

export function createCollectionLane({ workspace, formats, facts }: LaneOptions): Lane<Collection> {
  const shelf = workspace.collections;
  const readBase = (text: string): Collection | undefined => {
    const read = formats.readAny(text).find((one) => one.kind === 'collection');
    return read?.kind === 'collection' ? read.collection : undefined;
  };
  return {
    kind: 'collection',
    shelf,
    open: (collection) => collection,
    put: async (collection) => void (await shelf.put(collection)),
    countParts: ({ items }) => ({ ...countItems(items), values: 0, secrets: 0 }),
    normalize: (collection) => readBase(formats.writeCollection(collection)) ?? collection,
    merge: mergeCollections,
    align: alignIds,
    findRepairs: (collection) => findRepairs(collection, facts),
    repair: (collection, chosen) => repairCollection(collection, facts, chosen),
    findDrift: (collection) => findDrift(collection, facts),
    writeBase: formats.writeCollection,
    readBase,
  };
}

export function createEnvironmentLane({ workspace, vault, formats, facts }: LaneOptions): Lane<Environment> {
  const shelf = workspace.environments;
  return {
    kind: 'environment',
    shelf,
    open: (environment) => fillSecrets(environment, vault),
    async put(filled) {
      const { environment, secrets } = splitSecrets(filled);
      await vault.set(environment.id, secrets, findHost(environment.values));
      await shelf.put(environment);
    },
    countParts({ values }) {
      const secrets = values.filter((row) => row.type === 'secret' || isSecretName(row.key)).length;
      return { requests: 0, folders: 0, values: values.length, secrets };
    },
    normalize: (environment) => ({
      ...environment,
      values: environment.values.map((row) => (isSecretName(row.key) ? { ...row, type: 'secret' } : row)),
    }),
    merge: mergeEnvironments,
    align: (environment, { id }) => ({ ...environment, id }),
    findRepairs: (environment) => findEnvironmentRepairs(environment, facts),
    repair: (environment, chosen) => repairEnvironment(environment, facts, chosen),
    findDrift: () => undefined,
    writeBase: (environment) => formats.writeEnvironment(splitSecrets(environment).environment),
    readBase(text) {
      const read = formats.readAny(text).find((one) => one.kind === 'environment');
      return read?.kind === 'environment' ? read.environment : undefined;
    },
  };
}
