import { describe, expect, test } from 'vitest';
import * as fc from 'fast-check';
import type { Collection, Environment, Folder, Item, RequestItem } from '../model.ts';
import { parseUrl } from '../url.ts';
import { alignIds } from './align.ts';
import { compareCollections } from './compare.ts';
import { mergeCollections } from './merge-collections.ts';
import { mergeEnvironments } from './merge-environments.ts';

function request(id: string, name: string, url = `https://example.com/${id}`): RequestItem {
  return {
    kind: 'request',
    id,
    name,
    request: { method: 'GET', url: parseUrl(url), headers: [{ key: 'Accept', value: 'a/b' }] },
    variables: [],
    scripts: [{ listen: 'test', source: 'one' }],
    examples: [],
  };
}

function folder(id: string, name: string, items: readonly Item[]): Folder {
  return { kind: 'folder', id, name, items, variables: [], scripts: [] };
}

function collection(...items: readonly Item[]): Collection {
  return { kind: 'collection', id: 'c', name: 'Pack', items, variables: [], scripts: [] };
}

function withHeader(item: RequestItem, key: string, value: string): RequestItem {
  const others = item.request.headers.filter((one) => one.key !== key);
  return { ...item, request: { ...item.request, headers: [...others, { key, value }] } };
}

const a = request('a', 'A');
const b = request('b', 'B');
const base = collection(folder('f', 'F', [a, b]), request('c1', 'C'));

describe('a collection that is imported again', () => {
  test('takes what only the file changed and keeps what was only changed here', () => {
    const theirs = collection(folder('f', 'F', [withHeader(a, 'X', '1'), b]), request('c1', 'C, renamed'));
    const mine = collection(
      folder('f', 'F', [{ ...a, scripts: [{ listen: 'test', source: 'mine' }] }, b]),
      request('c1', 'C'),
    );
    const { merged, conflicts, changes, kept } = mergeCollections({ base, mine, theirs });
    expect(conflicts).toEqual([]);
    expect(changes).toEqual([
      { kind: 'changed', place: 'Pack / F / A', parts: ['headers'] },
      { kind: 'changed', place: 'Pack / C, renamed', parts: ['name'] },
    ]);
    expect(kept).toEqual([{ kind: 'changed', place: 'Pack / F / A', parts: ['scripts'] }]);
    expect(merged).toEqual(
      collection(
        folder('f', 'F', [withHeader({ ...a, scripts: [{ listen: 'test', source: 'mine' }] }, 'X', '1'), b]),
        request('c1', 'C, renamed'),
      ),
    );
  });

  test('joins headers, variables and scripts one by one', () => {
    const mine = collection(folder('f', 'F', [withHeader(a, 'Mine', '1'), b]), request('c1', 'C'));
    const theirs = collection(folder('f', 'F', [withHeader(a, 'Theirs', '2'), b]), request('c1', 'C'));
    const { merged, conflicts } = mergeCollections({ base, mine, theirs });
    expect(conflicts).toEqual([]);
    const [first] = (merged.items[0] as Folder).items as RequestItem[]; // built above
    expect(first?.request.headers.map((one) => one.key)).toEqual(['Accept', 'Mine', 'Theirs']);
  });

  test('shows a conflict with all three sides and leaves it as it is here unless told', () => {
    const mine = collection(folder('f', 'F', [request('a', 'A', 'https://mine.example.com'), b]));
    const theirs = collection(folder('f', 'F', [request('a', 'A', 'https://theirs.example.com'), b]));
    const versions = { base, mine, theirs };
    const { merged, conflicts } = mergeCollections(versions);
    expect(conflicts).toEqual([
      {
        id: 'a#address',
        place: 'Pack / F / A',
        part: 'address',
        base: 'https://example.com/a',
        mine: 'https://mine.example.com',
        theirs: 'https://theirs.example.com',
      },
    ]);
    expect(merged).toEqual(mine);
    const chosen = mergeCollections({ ...versions, choose: () => 'theirs' });
    expect(chosen.merged).toEqual(theirs);
    expect(chosen.conflicts).toEqual(conflicts);
  });

  test('removes what the file dropped, but not what was changed here', () => {
    const theirs = collection(folder('f', 'F', []));
    const untouched = mergeCollections({ base, mine: base, theirs });
    expect(untouched.merged).toEqual(theirs);
    expect(untouched.changes.map((one) => one.kind)).toEqual(['removed', 'removed', 'removed']);
    const mine = collection(folder('f', 'F', [withHeader(a, 'X', '1'), b]), request('c1', 'C'));
    const edited = mergeCollections({ base, mine, theirs });
    expect(edited.merged).toEqual(collection(folder('f', 'F', [withHeader(a, 'X', '1')])));
    expect(edited.conflicts).toMatchObject([{ id: 'a#whole', mine: 'GET https://example.com/a' }]);
  });

  test('does not bring back what was deleted here', () => {
    const mine = collection(folder('f', 'F', [b]));
    const { merged, conflicts } = mergeCollections({ base, mine, theirs: base });
    expect(merged).toEqual(mine);
    expect(conflicts).toEqual([]);
  });

  test('keeps a folder that the file dropped while something new lies in it', () => {
    const mine = collection(folder('f', 'F', [a, b, request('new', 'New')]), request('c1', 'C'));
    const { merged } = mergeCollections({ base, mine, theirs: collection(request('c1', 'C')) });
    expect(merged).toEqual(collection(folder('f', 'F', [request('new', 'New')]), request('c1', 'C')));
  });

  test('knows a request again by its names when the file gives it another id', () => {
    const theirs = collection(
      folder('9', 'F', [
        { ...withHeader(a, 'X', '1'), id: '7' },
        { ...b, id: '8' },
      ]),
      { ...request('c1', 'C'), id: '6' },
    );
    const { merged, changes } = mergeCollections({ base, mine: base, theirs });
    expect(changes).toEqual([{ kind: 'changed', place: 'Pack / F / A', parts: ['headers'] }]);
    expect((merged.items[0] as Folder).items.map((one) => one.id)).toEqual(['a', 'b']); // a folder, see above
  });

  test('without a base takes every difference for a conflict and removes nothing', () => {
    const mine = collection(request('a', 'A', 'https://mine.example.com'), request('m', 'Mine'));
    const theirs = collection(request('a', 'A'), request('t', 'Theirs'));
    const { merged, conflicts } = mergeCollections({ mine, theirs });
    expect(merged.items.map((one) => one.id)).toEqual(['a', 't', 'm']);
    expect(conflicts.map((one) => one.part)).toEqual(['address']);
  });

  test('survives two folders that were moved into one another', () => {
    const f = folder('f', 'F', []);
    const g = folder('g', 'G', []);
    const { merged } = mergeCollections({
      base: collection(f, g),
      mine: collection(folder('f', 'F', [g])),
      theirs: collection(folder('g', 'G', [f])),
    });
    expect(idsOf(merged.items).sort()).toEqual(['f', 'g']);
  });
});

describe('any two versions', () => {
  const tree = fc.letrec<{ item: Item; request: Item; folder: Item }>((tie) => ({
    item: fc.oneof({ maxDepth: 3 }, tie('request'), tie('folder')),
    request: fc
      .tuple(fc.nat(9), fc.constantFrom('A', 'B'), fc.constantFrom('1', '2'))
      .map(([id, name, value]) => withHeader(request(`r${id}`, name), 'X', value)),
    folder: fc
      .tuple(fc.nat(9), fc.constantFrom('F', 'G'), fc.array(tie('item'), { maxLength: 3 }))
      .map(([id, name, items]) => folder(`f${id}`, name, items)),
  }));
  const version = fc
    .array(tree.item, { maxLength: 4 })
    .map((items) => collection(...withoutTwins(items, new Set())));

  test('give the file itself where nothing was changed here', () => {
    fc.assert(
      fc.property(version, version, (old, file) => {
        const { merged, conflicts } = mergeCollections({ base: old, mine: old, theirs: file });
        expect(conflicts).toEqual([]);
        expect(merged).toEqual(alignIds(file, old));
      }),
    );
  });

  test('leave the workspace alone where the file did not change', () => {
    fc.assert(
      fc.property(version, version, (old, mine) => {
        const { changes, conflicts } = mergeCollections({ base: old, mine, theirs: old });
        expect({ changes, conflicts }).toEqual({ changes: [], conflicts: [] });
      }),
    );
  });

  test('never lose an item that was added, nor give one twice', () => {
    fc.assert(
      fc.property(version, version, version, (old, mine, file) => {
        const ids = idsOf(mergeCollections({ base: old, mine, theirs: file }).merged.items);
        expect(new Set(ids).size).toBe(ids.length);
        const before = new Set(idsOf(old.items));
        const added = idsOf(mine.items).filter((id) => !before.has(id));
        expect(added.filter((id) => !ids.includes(id))).toEqual([]);
      }),
    );
  });

  test('are the same after the changes that the comparison names, and only then', () => {
    fc.assert(
      fc.property(version, version, (left, right) => {
        expect(compareCollections(left, left)).toEqual([]);
        const isSame = JSON.stringify(left) === JSON.stringify(right);
        expect(compareCollections(left, right).length === 0).toBe(isSame);
      }),
    );
  });
});

function withoutTwins(items: readonly Item[], seen: Set<string>): Item[] {
  return items.flatMap((item) => {
    if (seen.has(item.id)) return [];
    seen.add(item.id);
    return [item.kind === 'folder' ? { ...item, items: withoutTwins(item.items, seen) } : item];
  });
}

function idsOf(items: readonly Item[]): string[] {
  return items.flatMap((item) => [item.id, ...(item.kind === 'folder' ? idsOf(item.items) : [])]);
}

describe('an environment that is imported again', () => {
  const environment = (values: Record<string, string>, name = 'Acme'): Environment => ({
    kind: 'environment',
    scope: 'environment',
    id: 'e',
    name,
    values: Object.entries(values).map(([key, value]) => ({
      key,
      value,
      type: key === 'apikey' ? 'secret' : 'default',
      enabled: true,
    })),
  });

  test('keeps what was filled in here and takes new values', () => {
    const { merged, conflicts } = mergeEnvironments({
      base: environment({ url: 'https://example.com', apikey: '' }),
      mine: environment({ url: 'https://acme.example.com', apikey: 'key' }),
      theirs: environment({ url: 'https://example.com', apikey: '', since: '2026' }),
    });
    expect(conflicts).toEqual([]);
    expect(merged).toEqual(environment({ url: 'https://acme.example.com', apikey: 'key', since: '2026' }));
  });

  test('shows no secret in a conflict', () => {
    const { conflicts, merged } = mergeEnvironments({
      base: environment({ url: 'one', apikey: '' }),
      mine: environment({ url: 'two', apikey: 'my-key' }),
      theirs: environment({ url: 'three', apikey: 'their-key' }),
    });
    expect(conflicts).toMatchObject([
      { id: 'url#value', mine: 'two', theirs: 'three' },
      { id: 'apikey#value', place: 'Acme / apikey', mine: '(a secret)', theirs: '(a secret)' },
    ]);
    expect(JSON.stringify(conflicts)).not.toContain('-key');
    expect(merged).toEqual(environment({ url: 'two', apikey: 'my-key' }));
  });
});
