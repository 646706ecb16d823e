import { mkdir } from 'node:fs/promises';
import type { RepairFacts } from '@castellan/collection';
import type { ImportChoices, ImportPlan, ImportResult, ImportSource } from '../api/imports.ts';
import type { Formats } from './formats.ts';
import { findKeySources } from '../vault/key-sources.ts';
import { findHome, openVault } from '../vault/vault.ts';
import { openPersonalFile } from '../vault/personal-file.ts';
import { createTrust } from '../trust/trust.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { createImports } from './imports.ts';

export interface ImportOrder {
  readonly workspace: string;
  readonly sources: readonly ImportSource[];
  readonly formats: Formats;
  readonly facts: RepairFacts;
  readonly fetch: typeof globalThis.fetch;
  /** What to do once the plan is known; `undefined`: leave everything as it is. */
  readonly decide: (plan: ImportPlan) => ImportChoices | undefined;
}

export interface ImportOutcome {
  readonly plan: ImportPlan;
  /** Absent when a source was refused or the plan was not agreed to: then nothing at all was written. */
  readonly result?: ImportResult;
}

/**
 * Imports into a workspace that nobody has open: all of the sources or, when one cannot be read, none.
 * @throws WorkbenchError `workspace-locked`, `workspace-unusable`, `vault-unreadable`
 */
export async function importInto(order: ImportOrder): Promise<ImportOutcome> {
  const { formats, facts, fetch } = order;
  await mkdir(order.workspace, { recursive: true });
  const home = findHome(process.env);
  const vault = await openVault(home, order.workspace, await findKeySources(process.env));
  const trust = createTrust(await openPersonalFile(home, 'trust', order.workspace));
  const workspace = await openWorkspace(order.workspace, formats, vault);
  try {
    const imports = createImports({ workspace, vault, trust, formats, facts, fetch });
    const plan = await imports.plan(order.sources);
    const choices = plan.refused.length > 0 ? undefined : order.decide(plan);
    return choices === undefined ? { plan } : { plan, result: await imports.apply(plan.id, choices) };
  } finally {
    await workspace.close();
  }
}
