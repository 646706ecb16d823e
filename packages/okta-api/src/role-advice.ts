import { operations } from './apis/index.ts';
import { findOperation } from './calls.ts';
import type { OperationDefinition } from './define.ts';
import {
  isStandardRole,
  type Need,
  needs,
  type Right,
  roleRights,
  type StandardRole,
  toPermittedRights,
} from './rights.ts';

/** A request as it is known before it is sent. */
export interface PlannedCall {
  readonly name: string;
  readonly method: string;
  /** An address; `{{name}}` and `:name` in it stand for any value. */
  readonly url: string;
}

/** A role that somebody has; a custom one with its permissions. */
export interface HeldRole {
  readonly type: string;
  readonly permissions?: readonly string[];
}

/** What calls need of the administrator whose token makes them. */
export interface RoleAdvice {
  /** Standard roles that may make all of them, the one that may do least first. */
  readonly enough: readonly StandardRole[];
  /** No administrator is needed for any of them. */
  readonly needsNone: boolean;
  /** Those that are answered with 403, each with the roles that may make it, the least first. */
  readonly refused: readonly { readonly call: PlannedCall; readonly enough: readonly StandardRole[] }[];
  /** Those of which it is not known what they need. */
  readonly unknown: readonly PlannedCall[];
}

/**
 * Says which standard roles cover calls of Okta's API, and which of the calls the roles of a token's owner do not cover.
 * It goes by what each call and each role is about; a role that is narrowed to some groups or apps, and what may be done
 * to super administrators, show only when the org is asked.
 * @param held the owner's roles; absent when they could not be read, which only a super administrator can: then those
 *   calls are refused that no other role may make
 */
export function adviseOnRoles(calls: readonly PlannedCall[], held?: readonly HeldRole[]): RoleAdvice {
  const looked = calls.map((call) => ({ call, right: findRight(call) }));
  const known = looked.flatMap(({ call, right }) => (right === undefined ? [] : [{ call, right }]));
  const rights = known.flatMap(({ right }) => (right === 'none' ? [] : [right]));
  const may = held === undefined ? undefined : toRights(held);
  const isRefused = (right: Right | 'none'): boolean => {
    if (right === 'none') return false;
    return may === undefined ? rolesWith([right]).length === 1 : may !== 'all' && !may.has(right);
  };
  return {
    enough: rolesWith(rights),
    needsNone: rights.length === 0,
    refused: known
      .filter(({ right }) => isRefused(right))
      .map(({ call, right }) => ({ call, enough: right === 'none' ? [] : rolesWith([right]) })),
    unknown: looked.filter(({ right }) => right === undefined).map(({ call }) => call),
  };
}

/** What a call needs: a right or nothing; `undefined` when Castellan does not know the call. */
function findRight({ method, url }: PlannedCall): Right | 'none' | undefined {
  const found = findOperation(method, url);
  const need = found && needOf.get(found.operation);
  if (found === undefined || need === undefined) return undefined;
  const isOwn = need.ownToo === true && found.parameters['userId'] === 'me';
  return isOwn ? 'none' : (need.right ?? 'none');
}

const needOf: ReadonlyMap<OperationDefinition, Need> = new Map(
  Object.entries(operations).flatMap(([api, ofApi]) => {
    // `needs` is checked to have the names of the operations.
    const ofNames = needs[api as keyof typeof needs] as Readonly<Record<string, Need>>;
    return Object.entries<OperationDefinition>(ofApi).map(
      ([name, operation]): [OperationDefinition, Need] => [operation, ofNames[name] ?? {}],
    );
  }),
);

/** Okta has retired the first, and gives the others to orgs with Identity Governance alone. */
const RARE: ReadonlySet<string> = new Set([
  'MOBILE_ADMIN',
  'ACCESS_CERTIFICATIONS_ADMIN',
  'ACCESS_REQUESTS_ADMIN',
]);

/** Roles to recommend, the one that may change least first, and of two the one that may read less. */
const bySize: readonly StandardRole[] = Object.keys(roleRights)
  .filter(isStandardRole)
  .filter((type) => !RARE.has(type))
  .toSorted((a, b) => weigh(a) - weigh(b));

function weigh(role: StandardRole): number {
  const rights = roleRights[role];
  if (rights === 'all') return Number.POSITIVE_INFINITY;
  const reads = rights.filter((right) => right.endsWith('.read')).length;
  return (rights.length - reads) * 1000 + reads;
}

function rolesWith(rights: readonly Right[]): readonly StandardRole[] {
  return bySize.filter((role) => {
    const may = roleRights[role];
    return may === 'all' || rights.every((right) => may.includes(right));
  });
}

function toRights(held: readonly HeldRole[]): ReadonlySet<Right> | 'all' {
  const each = held.map(({ type, permissions = [] }) =>
    isStandardRole(type) ? roleRights[type] : toPermittedRights(permissions),
  );
  return each.includes('all') ? 'all' : new Set(each.flatMap((rights) => (rights === 'all' ? [] : rights)));
}
