import { randomUUID } from 'node:crypto';
import type { ImportChoices, ImportPlan, ImportResult, ImportSource } from '../api/imports.ts';
import { WorkbenchError } from '../errors.ts';
import type { ReadFile } from './formats.ts';
import type { Trust } from '../trust/trust.ts';
import { openBases } from '../workspace/bases.ts';
import { createCollectionLane, createEnvironmentLane, type LaneOptions } from './lanes.ts';
import { prepare, type Prepared } from './prepare.ts';
import { LARGEST_IMPORT, readLink, tooLarge } from './read-link.ts';

/** Plans that wait for a person's yes. */
const MOST_PLANS = 8;

export interface Imports {
  /** Reads sources and says what an import of them would do; nothing is written. */
  plan(sources: readonly ImportSource[]): Promise<ImportPlan>;
  /** Carries a plan out against the workspace as it is now. */
  apply(planId: string, choices: ImportChoices): Promise<ImportResult>;
}

export interface ImportsOptions extends LaneOptions {
  readonly trust: Trust;
  readonly fetch: typeof globalThis.fetch;
}

/** Reads what a person wants to import, says what it would write, and writes it once they agree. */
export function createImports(options: ImportsOptions): Imports {
  const { workspace, formats, fetch, trust } = options;
  const plans = new Map<string, ReadonlyMap<string, Prepared & { readonly source: string }>>();
  const bases = openBases(workspace.folder);
  const collections = createCollectionLane(options);
  const environments = createEnvironmentLane(options);
  return { plan, apply };

  async function plan(sources: readonly ImportSource[]): Promise<ImportPlan> {
    const reads: { read: ReadFile; source: string }[] = [];
    const refused: { source: string; sentence: string }[] = [];
    for (const source of sources) {
      try {
        const found = await readSource(source);
        reads.push(...found.map((read) => ({ read, source: nameOf(source) })));
      } catch (cause) {
        if (!(cause instanceof Error)) throw cause;
        refused.push({ source: nameOf(source), sentence: cause.message });
      }
    }
    const prepared = new Map(
      reads.map(({ read, source }, index) => {
        const key = `${index + 1}`;
        return [key, { ...prepareRead(read, key), source }] as const;
      }),
    );
    const id = randomUUID();
    if (plans.size >= MOST_PLANS) plans.delete(plans.keys().next().value ?? '');
    plans.set(id, prepared);
    return {
      id,
      source: sources.map(nameOf).join(', '),
      entries: await Promise.all([...prepared.values()].map((one) => one.toEntry())),
      refused,
    };
  }

  async function readSource(source: ImportSource): Promise<readonly ReadFile[]> {
    switch (source.kind) {
      case 'link': {
        const { bytes, name } = await readLink(source.url, fetch);
        return formats.readBytes(bytes, name);
      }
      case 'text':
        if (Buffer.byteLength(source.text) > LARGEST_IMPORT) throw tooLarge(source.name);
        return formats.readBytes(Buffer.from(source.text), source.name);
      case 'bytes': {
        const bytes = Buffer.from(source.base64, 'base64');
        if (bytes.length > LARGEST_IMPORT) throw tooLarge(source.name);
        return formats.readBytes(bytes, source.name);
      }
      case 'folder': {
        const size = source.files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
        if (size > LARGEST_IMPORT) throw tooLarge(source.name);
        return formats.readFolder(
          source.files.map(({ path, text }) => ({ path, content: text })),
          source.name,
        );
      }
    }
  }

  function prepareRead(read: ReadFile, id: string): Prepared {
    const { notes, format } = read;
    return read.kind === 'collection'
      ? prepare(collections, { id, thing: read.collection, notes, format, bases })
      : prepare(environments, { id, thing: read.environment, notes, format, bases });
  }

  async function apply(planId: string, choices: ImportChoices): Promise<ImportResult> {
    const prepared = plans.get(planId);
    if (prepared === undefined) {
      throw new WorkbenchError(
        'not-found',
        'This import was already done or given up. Choose the file or link again.',
      );
    }
    plans.delete(planId);
    const result: ImportResult = { collections: [], environments: [], skipped: [] };
    for (const [id, one] of prepared) {
      const imported = await one.apply(choices.existing, choices.entries?.[id] ?? {});
      if (imported === undefined) result.skipped.push(one.name);
      else result[`${one.kind}s`].push(imported);
      const collection = imported && workspace.collections.find(imported.id)?.thing;
      if (one.kind === 'collection' && collection !== undefined)
        await trust.imported(collection, one.source, Date.now());
    }
    if (result.collections.length > 0) workspace.changed({ kind: 'collections' });
    if (result.environments.length > 0) workspace.changed({ kind: 'environments' });
    return result;
  }
}

function nameOf(source: ImportSource): string {
  return source.kind === 'link' ? source.url : source.name;
}
