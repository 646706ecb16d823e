import type { Collection, Environment, Item, RequestDefinition } from '../model.ts';
import { walkItems } from '../tree.ts';
import type { KnownOperation, RepairFacts } from './facts.ts';
import { findOperation } from './operations.ts';
import { toEnvironmentRules, toRequestRules } from './rules.ts';

/** Something old that can be mended; nothing is mended that a person did not choose. */
export interface Repair {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  /** What a person is asked for; absent: nothing. */
  readonly asks?: string;
  readonly places: readonly { readonly place: string; readonly before: string; readonly after: string }[];
}

/** A repair that was chosen, with the answer to what it asks. */
export interface ChosenRepair {
  readonly id: string;
  readonly answer?: string;
}

/** The repairs that a collection could do with; those without a place are left out. */
export function findRepairs(collection: Collection, facts: RepairFacts): Repair[] {
  return toRequestRules(facts).flatMap(({ id, title, explanation, mend }) => {
    const places = requestsOf(collection).flatMap(({ place, request }) => {
      const mended = mend(request);
      return mended === undefined ? [] : [{ place, before: mended.before, after: mended.after }];
    });
    return places.length === 0 ? [] : [{ id, title, explanation, places }];
  });
}

/** The collection with the chosen repairs carried out on its requests, in the order of the rules. */
export function repairCollection(
  collection: Collection,
  facts: RepairFacts,
  chosen: readonly ChosenRepair[],
): Collection {
  const rules = toRequestRules(facts).filter(({ id }) => chosen.some((one) => one.id === id));
  if (rules.length === 0) return collection;
  const mend = (request: RequestDefinition): RequestDefinition =>
    rules.reduce((mended, rule) => rule.mend(mended)?.thing ?? mended, request);
  const mendItems = (items: readonly Item[]): Item[] =>
    items.map((item) =>
      item.kind === 'folder'
        ? { ...item, items: mendItems(item.items) }
        : { ...item, request: mend(item.request) },
    );
  return { ...collection, items: mendItems(collection.items) };
}

/** The repairs that an environment could do with. */
export function findEnvironmentRepairs(environment: Environment, facts: RepairFacts): Repair[] {
  return toEnvironmentRules(facts).flatMap(({ id, title, explanation, asks, mend }) => {
    const mended = mend(environment, '');
    if (mended === undefined) return [];
    const { before, after } = mended;
    return [{ id, title, explanation, asks, places: [{ place: environment.name, before, after }] }];
  });
}

/** The environment with the chosen repairs carried out. */
export function repairEnvironment(
  environment: Environment,
  facts: RepairFacts,
  chosen: readonly ChosenRepair[],
): Environment {
  return toEnvironmentRules(facts).reduce((mended, { id, mend }) => {
    const choice = chosen.find((one) => one.id === id);
    return choice === undefined ? mended : (mend(mended, choice.answer ?? '')?.thing ?? mended);
  }, environment);
}

/** How a collection and the known operations of the API that it is about differ. */
export interface Drift {
  /** Requests that call no known operation. */
  readonly unknown: readonly { readonly place: string; readonly operation: string }[];
  /** Operations of the same part of the API that no request calls. */
  readonly missing: readonly { readonly operation: string; readonly summary: string }[];
}

/** Compares a collection with the known operations; `undefined` when most of it is about something else. */
export function findDrift(collection: Collection, { operations }: RepairFacts): Drift | undefined {
  const called = new Set<KnownOperation>();
  const counts = new Map<string, number>();
  const unknown: { place: string; operation: string }[] = [];
  const requests = requestsOf(collection);
  for (const { place, request } of requests) {
    const operation = findOperation(request, operations);
    if (operation === undefined) unknown.push({ place, operation: `${request.method} ${request.url.raw}` });
    else {
      called.add(operation);
      counts.set(operation.group, (counts.get(operation.group) ?? 0) + 1);
    }
  }
  if (unknown.length * 2 > requests.length || requests.length === 0) return undefined;
  const [group] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const missing = operations
    .filter((one) => one.group === group && !called.has(one))
    .map(({ method, path, summary }) => ({ operation: `${method} ${path}`, summary }));
  return { unknown, missing };
}

function requestsOf(collection: Collection): { place: string; request: RequestDefinition }[] {
  return [...walkItems(collection)].flatMap(({ item, folders }) =>
    item.kind === 'folder'
      ? []
      : [
          {
            place: [collection, ...folders, item].map((one) => one.name).join(' / '),
            request: item.request,
          },
        ],
  );
}
