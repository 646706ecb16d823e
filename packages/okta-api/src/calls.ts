import { operations } from './apis/index.ts';
import type { OperationDefinition } from './define.ts';
import { findSecretFields, type SecretField } from './secret-fields.ts';
import { buckets, CONCURRENT_REQUESTS, findBucket } from './rate-limits.ts';
import type { Bucket } from './rate-limits.ts';
import { writeFacts } from './write-facts.ts';
import type { WriteFacts } from './write-facts.ts';

/** What a call of Okta's API is. */
interface CallDescription extends WriteFacts {
  /** `Create a user`. */
  readonly title: string;
  /** The rate-limit bucket that counts it; absent where nothing is counted. */
  readonly bucket?: string;
  readonly irreversible?: boolean;
  /** Values of the path's parameters, as they stand in the path. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Okta's API as those see it who call it from outside: what each call is, and how it is limited. */
export const callFacts = {
  describe: describeCall,
  secretsOf,
  /** Calls a minute of an Enterprise org; answers tell the real ones. */
  limits: Object.fromEntries(
    Object.entries(buckets).flatMap(([name, bucket]: [string, Bucket]) =>
      bucket.perMinute === undefined ? [] : [[name, bucket.perMinute.enterprise] as const],
    ),
  ),
  window: 60_000,
  concurrency: CONCURRENT_REQUESTS.enterprise,
};

/**
 * Describes a call by its method and its path (from the org's root, without query).
 * @returns `undefined` for a path that is none of Okta's; a call that has a bucket and no definition has its name only
 */
export function describeCall(method: string, path: string): CallDescription | undefined {
  const bucketId = findBucket(method, path);
  const bucket = bucketId === 'none' ? {} : { bucket: bucketId };
  const segments = toSegments(path);
  const match = findShape(method, segments);
  if (match === undefined) {
    if (bucketId === 'none') return undefined;
    // Nobody says that it can be taken back.
    const isDeletion = method.toUpperCase() === 'DELETE' ? { irreversible: true } : {};
    return { title: `${method} ${path}`, parameters: {}, ...bucket, ...isDeletion };
  }
  const { operation, parts } = match;
  return {
    title: operation.summary,
    ...bucket,
    ...(operation.irreversible === true ? { irreversible: true } : {}),
    ...writeFacts[`${operation.method} ${operation.path}`],
    parameters: readParameters(parts, segments),
  };
}

/**
 * The operation that a request calls.
 * @param address as it is written, variables and `:name` parts included
 */
export function findOperation(method: string, address: string): FoundOperation | undefined {
  const path = /(\/(?:api|oauth2)\/v1(?:\/[^?#]*)?)(?:[?#]|$)/.exec(address)?.[1];
  if (path === undefined) return undefined;
  const segments = toSegments(path);
  const match = findShape(method, segments);
  return match && { operation: match.operation, parameters: readParameters(match.parts, segments) };
}

interface FoundOperation {
  readonly operation: OperationDefinition;
  /** What stands in the place of each parameter. */
  readonly parameters: Readonly<Record<string, string>>;
}

function readParameters(
  parts: readonly string[],
  segments: readonly string[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    parts.flatMap((part, index) =>
      part.startsWith('{') ? [[part.slice(1, -1), segments[index] ?? ''] as const] : [],
    ),
  );
}

/** The fields of a call's answer that hold a secret; `undefined` when there are none. */
export function secretsOf(method: string, path: string): readonly SecretField[] | undefined {
  const secrets = findShape(method, toSegments(path))?.secrets;
  return secrets?.length === 0 ? undefined : secrets;
}

function toSegments(path: string): readonly string[] {
  return path.split('/').filter(Boolean);
}

function findShape(method: string, segments: readonly string[]): Shape | undefined {
  return shapes
    .get(toShape(method, segments.length))
    ?.find(({ parts }) => parts.every((part, index) => part.startsWith('{') || part === segments[index]));
}

interface Shape {
  readonly operation: OperationDefinition;
  readonly parts: readonly string[];
  readonly secrets: readonly SecretField[];
}

/** Operations by method and number of segments; those with more fixed segments come first. */
const shapes = toShapes();

function toShapes(): ReadonlyMap<string, readonly Shape[]> {
  const byShape = new Map<string, Shape[]>();
  for (const api of Object.values(operations)) {
    for (const operation of Object.values(api) as readonly OperationDefinition[]) {
      const parts = toSegments(operation.path);
      const secrets = findSecretFields(operation.success.answer);
      const key = toShape(operation.method, parts.length);
      byShape.set(key, [...(byShape.get(key) ?? []), { operation, parts, secrets }]);
    }
  }
  const count = ({ parts }: Shape): number => parts.filter((part) => part.startsWith('{')).length;
  return new Map([...byShape].map(([key, list]) => [key, list.toSorted((a, b) => count(a) - count(b))]));
}

function toShape(method: string, segments: number): string {
  return `${method.toUpperCase()} ${segments}`;
}
