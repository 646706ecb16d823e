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
  readonly routes: Map<string, { readonly route: Route; readonly names: readonly string[] }>;
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
    const hits = [...walk(root, segments, [])].filter(({ node }) => node.routes.size > 0);
    for (const { node, values } of hits) {
      const hit = node.routes.get(method);
      if (!hit) continue;
      const params = Object.fromEntries(hit.names.map((name, index) => [name, values[index] ?? '']));
      return { kind: 'found', route: hit.route, params };
    }
    return { kind: hits.length > 0 ? 'wrong-method' : 'unknown-path' };
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

interface Hit {
  readonly node: Node;
  readonly values: readonly string[];
}

function* walk(node: Node, segments: readonly string[], values: readonly string[]): Generator<Hit> {
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    yield { node, values };
    return;
  }
  const fixed = node.fixed.get(segment);
  if (fixed) yield* walk(fixed, rest, values);
  if (node.parameter) yield* walk(node.parameter, rest, [...values, segment]);
}

const MOST_SEGMENTS = 20;

function toSegments(path: string): readonly string[] | undefined {
  try {
    const segments = path.split('/').filter(Boolean).map(decodeURIComponent);
    return segments.length > MOST_SEGMENTS ? undefined : segments;
  } catch {
    return undefined;
  }
}
