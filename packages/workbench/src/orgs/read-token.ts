import type { Environment, Json } from '@castellan/collection';
import type { BoundSecret } from '@castellan/engine';
import { operations, TOKEN_WINDOW, type HeldRole } from '@castellan/okta-api';
import { z } from 'zod';
import { WorkbenchError } from '../errors.ts';
import { askOrg } from './call-org.ts';
import { readConnection } from './connection.ts';

/** What an org tells of the token that asks it. Times are epoch milliseconds. */
export interface TokenFacts {
  readonly host: string;
  /** Login of the token's owner, whose rights it has. */
  readonly owner: string;
  /** The owner's administrator roles; absent when they could not be read. */
  readonly roles?: readonly (HeldRole & { readonly label: string })[];
  /** The owner's tokens, the one that was used last first; absent when they could not be read. */
  readonly tokens?: readonly OwnToken[];
  /** What could not be read, and why, one sentence each. */
  readonly unread: readonly string[];
}

interface OwnToken {
  readonly name: string;
  readonly lastUse: number;
  readonly endsAt: number;
}

interface ReadTokenOptions {
  /** Its values filled in. */
  readonly environment: Environment;
  readonly secrets: readonly BoundSecret[];
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}

const Me = z.looseObject({ id: z.string(), profile: z.looseObject({ login: z.string() }) });
const Roles = z.array(z.looseObject({ type: z.string(), label: z.string() }));

/**
 * Asks an org about the token of an environment. Asking is a use: it gives the token 30 days again.
 * @throws WorkbenchError `bad-request` the environment has no address or token, or the org refuses the token;
 *   `org-unreachable`
 */
export async function readToken(options: ReadTokenOptions): Promise<TokenFacts> {
  const { environment, secrets } = options;
  const connection = readConnection(environment, secrets);
  const { host } = new URL(connection.origin);
  const get = (path: string) => askOrg({ ...options, connection, call: { method: 'GET', path } });
  const me = await get('/api/v1/users/me');
  const owner = Me.safeParse(me.body);
  if (me.status !== 200 || !owner.success) throw refusal(host, environment.name, me.status);
  const { id, profile } = owner.data;
  const [roles, tokens] = await Promise.all([
    get(`/api/v1/users/${encodeURIComponent(id)}/roles`),
    get('/api/v1/api-tokens'),
  ]);
  const held = roles.status === 200 ? Roles.safeParse(roles.body).data : undefined;
  const own = tokens.status === 200 ? toOwn(tokens.body, id) : undefined;
  return {
    host,
    owner: profile.login,
    ...(held === undefined ? {} : { roles: held.map(({ type, label }) => ({ type, label })) }),
    ...(own === undefined ? {} : { tokens: own }),
    unread: [
      ...(held === undefined
        ? [`The owner’s roles: ${why(roles.status, 'super administrators alone see roles')}.`]
        : []),
      ...(own === undefined
        ? [`Name, last use and end: ${why(tokens.status, 'the owner’s roles do not let it list tokens')}.`]
        : []),
    ],
  };
}

function why(status: number, forbidden: string): string {
  return status === 403 ? `403, ${forbidden}` : `the org answered ${status}`;
}

function refusal(host: string, name: string, status: number): WorkbenchError {
  return new WorkbenchError(
    'bad-request',
    status === 401
      ? `${host} does not take the token of “${name}”: it was not used for 30 days, was revoked, or its owner was deactivated. Make a new one in the admin console under Security, API, Tokens, and enter it with: castellan vault set "${name}" apikey`
      : `${host} answered ${status} when “${name}” asked whose its token is. Check the address, and the networks that the token may be used from.`,
  );
}

/** Okta: expiresAt is the last use and 30 days; which of the owner's tokens asks, no answer says. */
function toOwn(body: Json | undefined, userId: string): OwnToken[] | undefined {
  const read = operations.tokens.listTokens.success.answer?.safeParse(body);
  if (read?.success !== true) return undefined;
  return read.data
    .filter((token) => token.userId === userId)
    .map(({ name, expiresAt }) => {
      const endsAt = Date.parse(expiresAt);
      return { name, endsAt, lastUse: endsAt - TOKEN_WINDOW };
    })
    .toSorted((a, b) => b.endsAt - a.endsAt);
}
