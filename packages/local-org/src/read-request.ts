import type { OperationDefinition } from '@castellan/okta-api';
import type { z } from 'zod';
import type { Incoming } from './exchange.ts';
import { invalid, OktaError } from './okta-error.ts';

/** Bodies above this many bytes are refused. Okta: not documented. */
const BODY_LIMIT = 1024 * 1024;
const DEEPEST = 64;

/** The body of a request as parsed JSON; `undefined` when there is none. Throws E0000003 for anything else. */
export async function readBody(incoming: Incoming, operation: OperationDefinition): Promise<unknown> {
  // Okta: bodies of GET and DELETE are ignored; some packs send them.
  if (!operation.body || operation.method === 'GET' || operation.method === 'DELETE') return undefined;
  const bytes = await incoming.read(BODY_LIMIT);
  if (bytes === undefined) throw new OktaError('E0000003');
  if (operation.bodyType !== undefined) return { contentType: incoming.header('content-type') ?? '', bytes };
  if (bytes.length === 0) return undefined;
  const type = incoming.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== '' && !isJson(type)) throw new OktaError('E0000021');
  const value = parseJson(bytes);
  if (isDeeperThan(value, DEEPEST)) throw new OktaError('E0000003');
  return value;
}

/** `text/plain` is what browsers and simple clients send for a string; its text still has to be JSON. */
function isJson(type: string): boolean {
  return type === 'application/json' || type === 'text/plain' || type.endsWith('+json');
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new OktaError('E0000003', { cause });
  }
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeperThan(child, levels - 1));
}

/** The query by its schema; a parameter that comes twice counts once, the last one. Unknown ones are ignored. */
export function parseQuery(search: string, schema: z.ZodType | undefined): unknown {
  if (!schema) return {};
  const read = schema.safeParse(Object.fromEntries(new URLSearchParams(search)));
  if (read.success) return read.data;
  throw invalid('RequestParams', ...toCauses(read.error));
}

/** The body by its schema. Throws E0000003 when it is missing or no object at all, E0000001 with causes otherwise. */
export function parseBody(value: unknown, operation: OperationDefinition): unknown {
  const schema = operation.body;
  if (!schema || operation.bodyType !== undefined) return value;
  if (value === undefined && operation.bodyRequired === false) return undefined;
  if (typeof value !== 'object' || value === null) throw new OktaError('E0000003');
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.map(String).find((part) => !/^\d+$/.test(part));
  throw invalid(field ?? 'request body', ...toCauses(read.error));
}

function toCauses(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const field = issue.path.map(String).join('.');
    const missing =
      issue.code === 'invalid_type' && issue.input === undefined && /undefined/.test(issue.message);
    const reason = missing ? 'The field cannot be left blank' : issue.message;
    return field === '' ? reason : `${field}: ${reason}`;
  });
}
