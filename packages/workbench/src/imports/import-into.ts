import type { ImportPlan, ImportSource } from '../api/imports.ts';
import type { Formats } from '../neighbours.ts';
import { findHome, openVault } from '../vault/vault.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { createImports, type ImportResult } from './imports.ts';
import { mkdir } from 'node:fs/promises';

export interface ImportOrder {
  readonly workspace: string;
  readonly sources: readonly ImportSource[];
  /** What happens to what the workspace already has. */
  readonly existing: 'skip' | 'replace';
  readonly formats: Formats;
  readonly fetch: typeof globalThis.fetch;
}

export interface ImportOutcome {
  readonly plan: ImportPlan;
  /** Absent when a source was refused: then nothing at all was written. */
  readonly result?: ImportResult;
}

/**
 * Imports into a workspace that nobody has open: all of the sources or, when one cannot be read, none.
 * @throws WorkbenchError `workspace-locked`, `workspace-unusable`, `vault-unreadable`
 */
export async function importInto(order: ImportOrder): Promise<ImportOutcome> {
  const { formats, fetch } = order;
  await mkdir(order.workspace, { recursive: true });
  const vault = await openVault(findHome(process.env), order.workspace);
  const workspace = await openWorkspace(order.workspace, formats, vault);
  try {
    const imports = createImports({ workspace, vault, formats, fetch });
    const plan = await imports.plan(order.sources);
    if (plan.refused.length > 0) return { plan };
    return { plan, result: await imports.apply(plan.id, order.existing) };
  } finally {
    await workspace.close();
  }
}
