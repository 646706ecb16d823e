import type { Environment, Json } from '@castellan/collection';
import { createMask } from '@castellan/engine';
import type { OrgAnswer, OrgCall } from '../api/orgs.ts';
import { WorkbenchError } from '../errors.ts';
import { fillValues, type ValueStores } from '../vault/current-values.ts';
import { type Connection, readConnection } from './connection.ts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const TIMEOUT_MS = 30_000;

interface CallOptions {
  readonly environment: Environment;
  readonly stores: ValueStores;
  readonly call: OrgCall;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}

/**
 * Calls the org that an environment names, with the environment's own token and at its own address only.
 * @throws WorkbenchError `bad-request` when the environment has no address or token of its own, or the call would change
 *   a real org; `org-unreachable`
 */
export async function callOrg(options: CallOptions): Promise<OrgAnswer> {
  const { environment, stores, call } = options;
  const connection = readConnection(fillValues(environment, stores), stores.vault.bound(environment.id));
  const isOwnControl =
    call.path.startsWith('/api/local/v1/') && LOOPBACK.test(new URL(connection.origin).hostname);
  if (call.method !== 'GET' && !isOwnControl) {
    throw new WorkbenchError(
      'bad-request',
      'The screens of an org only read it. Change it with a request, which says what it sends.',
    );
  }
  return createMask(stores.vault.values()).json(await askOrg({ ...options, connection }));
}

interface AskOptions extends Pick<CallOptions, 'environment' | 'call' | 'fetch' | 'signal'> {
  readonly connection: Connection;
}

/**
 * Sends one call with the token of a connection to its address. What comes back is not masked.
 * @throws WorkbenchError `org-unreachable`
 */
export async function askOrg(options: AskOptions): Promise<OrgAnswer> {
  const { environment, connection, call, fetch, signal } = options;
  const { origin, token } = connection;
  // Parsed against the origin, a path cannot name another host.
  const url = new URL(call.path, origin);
  let response: Response;
  try {
    response = await fetch(url, {
      method: call.method,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: {
        accept: 'application/json',
        authorization: `SSWS ${token}`,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
  } catch (cause) {
    throw new WorkbenchError(
      'org-unreachable',
      `${url.host} does not answer. Check the address in “${environment.name}” and the network.`,
      { cause },
    );
  }
  const body = await readJson(response);
  const next = findNext(response.headers.get('link'));
  const limit = readLimit(response.headers);
  return {
    status: response.status,
    ...(body === undefined ? {} : { body }),
    ...(next === undefined ? {} : { next }),
    ...(limit === undefined ? {} : { limit }),
  };
}

async function readJson(response: Response): Promise<Json | undefined> {
  try {
    // JSON.parse gives JSON.
    return JSON.parse(await response.text()) as Json;
  } catch {
    return undefined;
  }
}

/** RFC 8288; the page gets a path, so that it can go nowhere else. */
function findNext(header: string | null): string | undefined {
  const link = header
    ?.split(/,\s*(?=<)/)
    .map((part) => /<([^>]+)>\s*;.*rel="?next"?/.exec(part)?.[1])
    .find((found) => found !== undefined);
  if (link === undefined || !URL.canParse(link)) return undefined;
  const { pathname, search } = new URL(link);
  return pathname + search;
}

function readLimit(headers: Headers): OrgAnswer['limit'] {
  const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) =>
    Number(headers.get(`x-rate-limit-${name}`) ?? Number.NaN),
  );
  if (limit === undefined || remaining === undefined || reset === undefined) return undefined;
  return [limit, remaining, reset].every(Number.isFinite)
    ? { limit, remaining, resetAt: reset * 1000 }
    : undefined;
}
