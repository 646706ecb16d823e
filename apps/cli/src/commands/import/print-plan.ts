import type { ImportEntry, ImportPlan, ImportResult } from '@castellan/workbench';

/** Changes that are listed one by one; of more, the number has to do. */
const MOST_LISTED = 20;

/**
 * Says what was written, or with no result what would be: results on stdout, what a person should know on stderr.
 * @param side whose side the conflicts were decided for
 */
export function printPlan(plan: ImportPlan, result: ImportResult | undefined, side: 'mine' | 'theirs'): void {
  for (const entry of plan.entries) {
    process.stdout.write(`${entry.kind} “${entry.name}”, ${sizeOf(entry)}: ${toOutcome(entry, result)}\n`);
    const lines = [
      ...listed(entry.changes.map((one) => `${one.kind} ${one.place}${toParts(one.parts)}`)),
      ...listed(entry.kept.map((one) => `kept as it is here: ${one.place}${toParts(one.parts)}`)),
      ...entry.conflicts.map(
        (one) =>
          `changed on both sides: ${one.place} (${one.part}); ${side === 'mine' ? 'left as it is here, --theirs takes the file’s' : 'the file’s was taken'}`,
      ),
      ...entry.notes.map((one) => `${one.place}: ${one.sentence}`),
      ...entry.repairs.map(
        (one) =>
          `repair “${one.id}” ${one.chosen ? 'is carried out as before' : 'is offered'} (${one.places.length} ×): ${one.title}. ${one.explanation}`,
      ),
      ...toDriftLines(entry),
    ];
    for (const line of lines) process.stderr.write(`  ${line}\n`);
  }
  if (result === undefined) process.stderr.write('Nothing was written.\n');
}

function sizeOf({ kind, requests, values, format }: ImportEntry): string {
  return `${kind === 'collection' ? `${requests} requests` : `${values} values`}, ${format}`;
}

function toOutcome({ name, kind, state }: ImportEntry, result: ImportResult | undefined): string {
  const done = result?.[`${kind}s`].find((one) => one.name === name || one.name.startsWith(`${name} `));
  if (result?.skipped.includes(name)) return 'is there already and was left as it was';
  switch (done?.state ?? state) {
    case 'new':
      return result === undefined ? 'would be new' : `new as “${done?.name ?? name}”`;
    case 'changed':
      return result === undefined ? 'would be updated' : 'updated';
    case 'same':
      return 'nothing to update';
  }
}

function toParts(parts: readonly string[]): string {
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function listed(lines: readonly string[]): string[] {
  if (lines.length <= MOST_LISTED) return [...lines];
  return [...lines.slice(0, MOST_LISTED), `… and ${lines.length - MOST_LISTED} more; --json lists all`];
}

function toDriftLines({ drift }: ImportEntry): string[] {
  if (drift === undefined) return [];
  const unknown = drift.unknown.map(
    (one) => `calls no operation that is known: ${one.place} (${one.operation})`,
  );
  const missing = `${drift.missing.length} operations of this API are not in it; --json lists them`;
  return [...listed(unknown), ...(drift.missing.length > 0 ? [missing] : [])];
}
