import type { Json } from '@castellan/collection';

/** What the journal of a run of the app says of where it came from: rows and order lie beside it. */
export function toAppOrder(runId: string): Json {
  return { workbench: runId };
}

export function isAppOrder(order: unknown): boolean {
  return typeof order === 'object' && order !== null && 'workbench' in order;
}
