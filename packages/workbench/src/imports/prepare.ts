import { randomUUID } from 'node:crypto';
import type { ChosenRepair, Collection, Environment, Merge, Note } from '@castellan/collection';
import type { ImportChoices, ImportEntry, ImportResult } from '../api/imports.ts';
import type { Bases, ImportBase } from '../workspace/bases.ts';
import type { Lane } from './lanes.ts';

type Imported = ImportResult['collections'][number];
type Existing = ImportChoices['existing'];
type EntryChoice = NonNullable<ImportChoices['entries']>[string];

/** One thing of a file, ready to be written once a person agrees. */
export interface Prepared {
  readonly kind: 'collection' | 'environment';
  readonly name: string;
  /** What an import would do as things stand now. */
  toEntry(): Promise<ImportEntry>;
  /** Writes it. Resolves to `undefined` when it was skipped. */
  apply(existing: Existing, choice: EntryChoice): Promise<Imported | undefined>;
}

interface PrepareOptions<Thing> {
  readonly id: string;
  readonly thing: Thing;
  readonly notes: readonly Note[];
  readonly format: string;
  readonly bases: Bases;
}

export function prepare<Thing extends Collection | Environment>(
  lane: Lane<Thing>,
  { id, thing, notes, format, bases }: PrepareOptions<Thing>,
): Prepared {
  const theirs = lane.normalize(thing);
  return { kind: lane.kind, name: thing.name, toEntry, apply };

  async function toEntry(): Promise<ImportEntry> {
    const there = findExisting();
    const base = there && (await bases.find(lane.kind, there.id));
    const chosen = toChosen(base);
    const merge = there && mergeWith(there, base, { existing: 'update', repairs: chosen });
    const drift = lane.findDrift(thing);
    return {
      id,
      kind: lane.kind,
      name: thing.name,
      format,
      ...lane.countParts(thing),
      notes: [...notes],
      exists: there !== undefined,
      state: merge === undefined ? 'new' : isSame(merge) ? 'same' : 'changed',
      changes: merge?.changes ?? [],
      kept: merge?.kept ?? [],
      conflicts: merge?.conflicts ?? [],
      repairs: lane.findRepairs(thing).map((repair) => ({
        ...repair,
        chosen: chosen.some((one) => one.id === repair.id),
      })),
      ...(drift !== undefined && { drift }),
    };
  }

  async function apply(existing: Existing, choice: EntryChoice): Promise<Imported | undefined> {
    const there = findExisting();
    const how = choice.existing ?? existing;
    if (there !== undefined && how === 'skip') return undefined;
    const base = there && (await bases.find(lane.kind, there.id));
    const repairs = choice.repairs ?? toChosen(base);
    if (there !== undefined && how === 'update') {
      const merge = mergeWith(there, base, { ...choice, repairs });
      if (merge.changes.length > 0) await lane.put(merge.merged);
      await keepBase(lane.align(theirs, (base && lane.readBase(base.text)) ?? there), repairs);
      return { id: there.id, name: merge.merged.name, state: isSame(merge) ? 'same' : 'changed' };
    }
    const repaired = lane.repair(theirs, repairs);
    const isCopy = there !== undefined && how === 'keep-both';
    const written = {
      ...repaired,
      id: isCopy ? randomUUID() : (there?.id ?? thing.id),
      name: isCopy ? freeName() : thing.name,
    };
    await lane.put(written);
    await keepBase({ ...theirs, id: written.id }, repairs);
    return {
      id: written.id,
      name: written.name,
      state: there === undefined || isCopy ? 'new' : 'changed',
    };
  }

  function findExisting(): Thing | undefined {
    const { shelf } = lane;
    const byId = shelf.find(thing.id)?.thing;
    return byId ?? shelf.list().find((entry) => entry.thing.name === thing.name)?.thing;
  }

  function mergeWith(
    there: Thing,
    base: ImportBase | undefined,
    choice: EntryChoice & { readonly repairs: readonly ChosenRepair[] },
  ): Merge<Thing> {
    const before = base && lane.readBase(base.text);
    return lane.merge({
      // Repairs that were chosen at the last import were made here as well; those that are new were not.
      base: before && lane.repair(before, toChosen(base)),
      mine: lane.open(there),
      theirs: lane.repair(theirs, choice.repairs),
      choose: (conflictId) => choice.conflicts?.[conflictId],
    });
  }

  /** Keeps the file as it came: what was repaired counts as an edit of this workspace. */
  async function keepBase(file: Thing, repairs: readonly ChosenRepair[]): Promise<void> {
    const ids = repairs.map((one) => one.id);
    await bases.put(lane.kind, file.id, { repairs: ids, text: lane.writeBase(file) });
  }

  function isSame({ changes, conflicts }: Merge<Thing>): boolean {
    return changes.length === 0 && conflicts.length === 0;
  }

  function freeName(): string {
    const names = new Set(lane.shelf.list().map((entry) => entry.thing.name));
    for (let count = 2; ; count += 1) {
      if (!names.has(`${thing.name} ${count}`)) return `${thing.name} ${count}`;
    }
  }
}

function toChosen(base: ImportBase | undefined): { id: string }[] {
  return (base?.repairs ?? []).map((id) => ({ id }));
}
