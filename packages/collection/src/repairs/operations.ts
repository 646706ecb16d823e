import type { RequestDefinition } from '../model.ts';

interface Template {
  readonly method: string;
  readonly path: string;
}

/**
 * The operation that a request calls: same method, and a path whose fixed segments are the same. Of several the
 * one with the most fixed segments (`/users/me` before `/users/{userId}`).
 */
export function findOperation<T extends Template>(
  request: RequestDefinition,
  operations: readonly T[],
): T | undefined {
  const segments = pathOf(request);
  let found: T | undefined;
  let most = -1;
  for (const operation of operations) {
    if (operation.method !== request.method) continue;
    const fixed = countFixed(operation.path, segments);
    if (fixed > most) {
      found = operation;
      most = fixed;
    }
  }
  return found;
}

/** The values that a request has for the `{name}` segments of a path. */
export function readParameters(request: RequestDefinition, path: string): ReadonlyMap<string, string> {
  const segments = pathOf(request);
  return new Map(
    toSegments(path).flatMap((one, index) =>
      one.startsWith('{') ? [[one.slice(1, -1), segments[index] ?? ''] as const] : [],
    ),
  );
}

function pathOf({ url }: RequestDefinition): readonly string[] {
  return (url.path ?? []).filter((one) => one !== '');
}

function toSegments(path: string): string[] {
  return path.split('/').filter((one) => one !== '');
}

/** -1 when the path does not fit. */
function countFixed(path: string, segments: readonly string[]): number {
  const wanted = toSegments(path);
  if (wanted.length !== segments.length) return -1;
  let fixed = 0;
  for (const [index, one] of wanted.entries()) {
    if (one.startsWith('{')) continue;
    if (one !== segments[index]) return -1;
    fixed += 1;
  }
  return fixed;
}
