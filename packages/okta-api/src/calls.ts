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
  const segments = path.split('/').filter(Boolean);
  const candidates = shapes.get(toShape(method, segments.length)) ?? [];
  const match = candidates.find(({ parts }) => fits(parts, segments));
  if (match === undefined) {
    if (bucketId === 'none') return undefined;
    // Nobody says that it can be taken back.
    const isDeletion = method.toUpperCase() === 'DELETE' ? { irreversible: true } : {};
    return { title: `${method} ${path}`, parameters: {}, ...bucket, ...isDeletion };
  }
  const { operation, parts } = match;
  const parameters = Object.fromEntries(
    parts.flatMap((part, index) =>
      part.startsWith('{') ? [[part.slice(1, -1), segments[index] ?? ''] as const] : [],
    ),
  );
  return {
    title: operation.summary,
    ...bucket,
    ...(operation.irreversible === true ? { irreversible: true } : {}),
    ...writeFacts[`${operation.method} ${operation.path}`],
    parameters,
  };
}

/** The fields of a call's answer that hold a secret; `undefined` when there are none. */
export function secretsOf(method: string, path: string): readonly SecretField[] | undefined {
  const segments = path.split('/').filter(Boolean);
  const candidates = secretShapes.get(toShape(method, segments.length));
  const fields = candidates?.find(({ parts }) => fits(parts, segments))?.fields;
  return fields?.length === 0 ? undefined : fields;
}

const fits = (parts: readonly string[], segments: readonly string[]): boolean =>
  parts.every((part, index) => part.startsWith('{') || part === segments[index]);

interface Shape {
  readonly operation: OperationDefinition;
  readonly parts: readonly string[];
}

/** Operations by method and number of segments; those with more fixed segments come first. */
const shapes = toShapes();

function toShapes(): ReadonlyMap<string, readonly Shape[]> {
  const byShape = new Map<string, Shape[]>();
  for (const api of Object.values(operations)) {
    for (const operation of Object.values(api) as readonly OperationDefinition[]) {
      const parts = operation.path.split('/').filter(Boolean);
      const key = toShape(operation.method, parts.length);
      byShape.set(key, [...(byShape.get(key) ?? []), { operation, parts }]);
    }
  }
  const count = ({ parts }: Shape): number => parts.filter((part) => part.startsWith('{')).length;
  return new Map([...byShape].map(([key, list]) => [key, list.toSorted((a, b) => count(a) - count(b))]));
}

/** Of most operations no answer has a secret: those that have are looked for apart. */
const secretShapes: ReadonlyMap<string, readonly (Shape & { fields: readonly SecretField[] })[]> = new Map(
  [...shapes].flatMap(([key, list]) => {
    const marked = list.map((shape) => ({
      ...shape,
      fields: findSecretFields(shape.operation.success.answer),
    }));
    return marked.some(({ fields }) => fields.length > 0) ? [[key, marked] as const] : [];
  }),
);

function toShape(method: string, segments: number): string {
  return `${method.toUpperCase()} ${segments}`;
}
