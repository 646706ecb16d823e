import {
  adviseOn,
  buckets,
  describeParameter,
  errors,
  findOperation as findDefinition,
  type Bucket,
  type ErrorCode,
  type OperationDefinition,
} from '@castellan/okta-api';
import { config, type core } from 'zod';

export { adviseOnRoles, roleLabels } from '@castellan/okta-api';

// The page's policy forbids code made of text, which zod would otherwise try.
config({ jitless: true });

/** An operation of Okta's API as the page shows it. */
export interface OperationView {
  readonly api: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string | undefined;
  readonly authentication: string;
  /** Query parameters by name. */
  readonly parameters: readonly Parameter[];
  readonly errors: readonly ErrorView[];
  /** Calls a minute by kind of org; `undefined` where Okta counts none. */
  readonly limits: Bucket['perMinute'];
  readonly paging: { readonly defaultLimit: number; readonly maxLimit: number } | undefined;
  readonly events: readonly string[];
  readonly docs: string | undefined;
  readonly isIrreversible: boolean;
  readonly isDeprecated: boolean;
  readonly examples: readonly { readonly title: string; readonly body: string }[];
}

interface Parameter {
  readonly name: string;
  readonly meaning: string;
}

interface ErrorView {
  readonly code: string;
  readonly status: number;
  readonly summary: string;
  readonly advice: string | undefined;
}

const AUTHENTICATION: Readonly<Record<OperationDefinition['authentication'], string>> = {
  token: 'An API token (SSWS) or an OAuth access token',
  cookie: 'The session cookie of a signed-in person',
  'token-or-cookie': 'An API token (SSWS), or the session cookie of a signed-in person',
  none: 'None',
  'optional-token': 'None; with an API token (SSWS) the operation can do more',
};

/**
 * The operation that a request calls.
 * @param address as it is written, variables and `:name` parts included
 */
export function findOperation(method: string, address: string): OperationView | undefined {
  const found = findDefinition(method, address)?.operation;
  return found === undefined ? undefined : toView(found);
}

function toView(operation: OperationDefinition): OperationView {
  const bucket: Bucket = buckets[operation.bucket];
  return {
    api: operation.api,
    method: operation.method,
    path: operation.path,
    summary: operation.summary,
    description: operation.description,
    authentication: AUTHENTICATION[operation.authentication],
    parameters: listParameters(operation),
    errors: operation.errors.map(toErrorView),
    limits: bucket.perMinute,
    paging: operation.paging,
    events: operation.events ?? [],
    docs: operation.docs,
    isIrreversible: operation.irreversible === true,
    isDeprecated: operation.deprecated === true,
    examples: operation.examples.flatMap(({ title, body }) =>
      body === undefined ? [] : [{ title, body: JSON.stringify(body, null, 2) }],
    ),
  };
}

function toErrorView(code: ErrorCode): ErrorView {
  return { code, ...errors[code], advice: adviseOn(code) };
}

function listParameters({ api, query }: OperationDefinition): Parameter[] {
  if (query === undefined || !('shape' in query)) return [];
  // Queries are zod objects; their shape has the names.
  return Object.keys(query.shape as object).map((name) => ({
    name,
    meaning: describeParameter(api, name) ?? '',
  }));
}

/** Columns of the list that a request asks for, as its operation declares them: `status`, `profile.login`. */
export function listColumns(method: string, address: string): string[] {
  const answer = findDefinition(method, address)?.operation.success.answer;
  const entry = answer === undefined ? undefined : unwrap(answer);
  if (entry === undefined || !('element' in entry)) return [];
  const own = readShape(entry.element);
  return Object.entries(own).flatMap(([name, schema]) => {
    if (name === 'profile') return Object.keys(readShape(schema)).map((inner) => `profile.${inner}`);
    const kind = unwrap(schema);
    return kind !== undefined && ('shape' in kind || 'element' in kind) ? [] : [name];
  });
}

type Schema = object;

/** A schema without what says that it may be absent or null. */
function unwrap(schema: unknown): Schema | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  if ('unwrap' in schema && typeof schema.unwrap === 'function' && !('element' in schema))
    return unwrap(schema.unwrap());
  return schema;
}

/** Members of an object's schema by their names. */
function readShape(schema: unknown): Readonly<Record<string, unknown>> {
  const object = unwrap(schema);
  // Zod: the shape of an object holds its members.
  return object !== undefined && 'shape' in object ? (object.shape as Record<string, unknown>) : {};
}

/** What Okta's own words leave open about an error: its place in the catalogue, and what to try. */
export function findError(code: string): ErrorView | undefined {
  // hasOwn has looked.
  return Object.hasOwn(errors, code) ? toErrorView(code as ErrorCode) : undefined;
}

/** Something in a body that the operation would refuse. */
export interface BodyProblem {
  /** Names from the outside in. */
  readonly path: readonly (string | number)[];
  readonly sentence: string;
}

/**
 * Compares a body with what the operation reads. Where `{{variables}}` stand nothing is known, and nothing said.
 * @param text JSON; anything that is no JSON has no problems here
 */
export function checkBody(method: string, address: string, text: string): BodyProblem[] {
  const schema = findDefinition(method, address)?.operation.body;
  if (schema === undefined || text.trim() === '') return [];
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [];
  }
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return [];
  return result.error.issues
    .map((issue) => ({
      path: issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part)),
      sentence: toSentence(issue),
    }))
    .filter(({ path }) => !holdsVariable(readAt(body, path)));
}

const KINDS: Readonly<Record<string, string>> = {
  record: 'an object',
  object: 'an object',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
};

/** Zod's issue in words for the person who types. */
function toSentence(issue: core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `${KINDS[issue.expected] ?? issue.expected} belongs here`;
    case 'invalid_value':
      return `takes ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`;
    case 'unrecognized_keys':
      return `Okta does not know ${issue.keys.join(', ')} here`;
    case 'too_small':
      return `is shorter or smaller than ${issue.minimum}`;
    case 'too_big':
      return `is longer or larger than ${issue.maximum}`;
    case 'invalid_union':
      return 'has none of the shapes that are read here';
    default:
      return issue.message;
  }
}

function readAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[part] : undefined,
    value,
  );
}

const holdsVariable = (value: unknown): boolean => typeof value === 'string' && value.includes('{{');
