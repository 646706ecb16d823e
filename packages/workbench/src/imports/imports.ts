import { randomUUID } from 'node:crypto';
import { isSecretName } from '@castellan/engine';
import type { ImportEntry, ImportPlan, ImportSource } from '../api/imports.ts';
import { WorkbenchError } from '../errors.ts';
import type { Formats, ReadFile } from '../neighbours.ts';
import type { Vault } from '../vault/vault.ts';
import { countItems } from '../workspace/tree.ts';
import { splitSecrets, type Workspace } from '../workspace/workspace.ts';
import { LARGEST_IMPORT, readLink, tooLarge } from './read-link.ts';

/** Plans that wait for a person's yes. */
const MOST_PLANS = 8;

export interface ImportResult {
  readonly collections: { id: string; name: string }[];
  readonly environments: { id: string; name: string }[];
  readonly skipped: string[];
}

export interface Imports {
  plan(sources: readonly ImportSource[]): Promise<ImportPlan>;
  apply(planId: string, existing: 'keep-both' | 'replace' | 'skip'): Promise<ImportResult>;
}

interface ImportsOptions {
  readonly workspace: Workspace;
  readonly vault: Vault;
  readonly formats: Formats;
  readonly fetch: typeof globalThis.fetch;
}

/** Reads what a person wants to import, says what it would write, and writes it once they agree. */
export function createImports({ workspace, vault, formats, fetch }: ImportsOptions): Imports {
  const plans = new Map<string, readonly ReadFile[]>();
  return { plan, apply };

  async function plan(sources: readonly ImportSource[]): Promise<ImportPlan> {
    const reads: ReadFile[] = [];
    const refused: { source: string; sentence: string }[] = [];
    for (const source of sources) {
      const name = source.kind === 'link' ? source.url : source.name;
      try {
        reads.push(...formats.readAny(await readSource(source)));
      } catch (cause) {
        if (!(cause instanceof Error)) throw cause;
        refused.push({ source: name, sentence: cause.message });
      }
    }
    const id = randomUUID();
    if (plans.size >= MOST_PLANS) plans.delete(plans.keys().next().value ?? '');
    plans.set(id, reads);
    return {
      id,
      source: sources.map((source) => (source.kind === 'link' ? source.url : source.name)).join(', '),
      entries: reads.map(toEntry),
      refused,
    };
  }

  async function readSource(source: ImportSource): Promise<string> {
    if (source.kind === 'link') return readLink(source.url, fetch);
    if (Buffer.byteLength(source.text) > LARGEST_IMPORT) throw tooLarge(source.name);
    return source.text;
  }

  function toEntry(read: ReadFile): ImportEntry {
    const base = { format: read.format, notes: [...read.notes], exists: findExisting(read) !== undefined };
    if (read.kind === 'collection') {
      const counts = countItems(read.collection.items);
      return { ...base, kind: 'collection', name: read.collection.name, ...counts, values: 0, secrets: 0 };
    }
    const { values, name } = read.environment;
    const secrets = values.filter((row) => row.type === 'secret' || isSecretName(row.key)).length;
    return { ...base, kind: 'environment', name, requests: 0, folders: 0, values: values.length, secrets };
  }

  function findExisting(read: ReadFile): string | undefined {
    const { id, name } = read.kind === 'collection' ? read.collection : read.environment;
    const shelf = read.kind === 'collection' ? workspace.collections : workspace.environments;
    return (shelf.find(id) ?? shelf.list().find((entry) => entry.thing.name === name))?.thing.id;
  }

  async function apply(planId: string, existing: 'keep-both' | 'replace' | 'skip'): Promise<ImportResult> {
    const reads = plans.get(planId);
    if (reads === undefined) {
      throw new WorkbenchError(
        'not-found',
        'This import was already done or given up. Choose the file or link again.',
      );
    }
    plans.delete(planId);
    const result: ImportResult = { collections: [], environments: [], skipped: [] };
    for (const read of reads) await write(read, existing, result);
    if (result.collections.length > 0) workspace.changed({ kind: 'collections' });
    if (result.environments.length > 0) workspace.changed({ kind: 'environments' });
    return result;
  }

  async function write(read: ReadFile, existing: string, result: ImportResult): Promise<void> {
    const there = findExisting(read);
    const thing = read.kind === 'collection' ? read.collection : read.environment;
    if (there !== undefined && existing === 'skip') {
      result.skipped.push(thing.name);
      return;
    }
    const isNew = there === undefined;
    const id = isNew ? thing.id : existing === 'replace' ? there : randomUUID();
    const name = isNew || existing === 'replace' ? thing.name : freeName(read);
    if (read.kind === 'collection') {
      await workspace.collections.put({ ...read.collection, id, name });
      result.collections.push({ id, name });
      return;
    }
    const { environment, secrets } = splitSecrets({ ...read.environment, id, name });
    await vault.set(id, secrets);
    await workspace.environments.put(environment);
    result.environments.push({ id, name });
  }

  function freeName(read: ReadFile): string {
    const { name } = read.kind === 'collection' ? read.collection : read.environment;
    const shelf = read.kind === 'collection' ? workspace.collections : workspace.environments;
    const names = new Set(shelf.list().map((entry) => entry.thing.name));
    for (let count = 2; ; count += 1) {
      if (!names.has(`${name} ${count}`)) return `${name} ${count}`;
    }
  }
}
