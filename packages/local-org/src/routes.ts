import type { OperationDefinition } from '@castellan/okta-api';

/** One row of the table that says for every operation whether it is served. */
export interface Route {
  /** The operation's name in its API: `listUsers`. */
  readonly name: string;
  readonly operation: OperationDefinition;
  /** Absent: known but not served, answers 501. */
  readonly handler?: RouteHandler | undefined;
}

/** A handler whose call was parsed by the very definition that types it. */
export type RouteHandler = (call: never, context: never) => unknown;

type Match =
  | { readonly kind: 'found'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method' }
  | { readonly kind: 'unknown-path' };

export type Router = (method: string, path: string) => Match;

interface Node {
  readonly fixed: Map<string, Node>;
  parameter?: Node;
  readonly routes: Map<string, Ending>;
}

/** Where a path ends: a route, and what its parameters are called. */
interface Ending {
  readonly route: Route;
  readonly names: readonly string[];
}

/**
 * Finds the operation of a request: fixed segments win over parameters, doubled slashes count as one (a base
 * URL that ends in `/` makes them, and Okta answers), a trailing slash is tolerated after a collection only.
 */
export function createRouter(routes: readonly Route[]): Router {
  const root = createNode();
  for (const route of routes) add(root, route);
  return (method, path) => {
    const segments = toSegments(path);
    if (!segments) return { kind: 'unknown-path' };
    const values: string[] = [];
    const hit = find(root, segments, 0, method, values);
    if (typeof hit !== 'object') return { kind: hit ? 'wrong-method' : 'unknown-path' };
    const params: Record<string, string> = {};
    for (const [index, name] of hit.names.entries()) params[name] = values[index] ?? '';
    return { kind: 'found', route: hit.route, params };
  };
}

function createNode(): Node {
  return { fixed: new Map(), routes: new Map() };
}

function add(root: Node, route: Route): void {
  let node = root;
  const names: string[] = [];
  for (const segment of route.operation.path.split('/').filter(Boolean)) {
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    if (name !== undefined) {
      names.push(name);
      node = node.parameter ??= createNode();
      continue;
    }
    const next = node.fixed.get(segment) ?? createNode();
    node.fixed.set(segment, next);
    node = next;
  }
  node.routes.set(route.operation.method, { route, names });
}

/**
 * What serves the segments from `at` on, below this node; otherwise whether another method would be served.
 * `values` are those of the parameters on the way.
 */
function find(
  node: Node,
  segments: readonly string[],
  at: number,
  method: string,
  values: string[],
): Ending | boolean {
  const segment = segments[at];
  if (segment === undefined) return node.routes.get(method) ?? node.routes.size > 0;
  const fixed = node.fixed.get(segment);
  const found = fixed ? find(fixed, segments, at + 1, method, values) : false;
  if (typeof found === 'object' || !node.parameter) return found;
  values.push(segment);
  const other = find(node.parameter, segments, at + 1, method, values);
  if (typeof other === 'object') return other;
  values.pop();
  return found || other;
}

const MOST_SEGMENTS = 20;

function toSegments(path: string): readonly string[] | undefined {
  try {
    const segments = path.split('/').filter(Boolean);
    if (segments.length > MOST_SEGMENTS) return undefined;
    return path.includes('%') ? segments.map(decodeURIComponent) : segments;
  } catch {
    return undefined;
  }
}
