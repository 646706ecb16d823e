import { TOKEN_WINDOW, type operations } from '@castellan/okta-api';
import type { Context, HandlersOf } from '../handling.ts';
import { notFound, OktaError } from '../okta-error.ts';
import { getUser, toTimestamp } from '../people.ts';
import type { ApiTokenRecord } from '../store/records.ts';

export const tokens = {
  // Okta: all of them at once and without a Link header, whatever `limit` says.
  listTokens: (_, context) =>
    [...context.store.apiTokens.values()].map((token) => ({
      ...toTokenView(context, token),
      // Okta: the list leaves the window open, single reads tell it.
      tokenWindow: null,
    })),

  getToken: ({ params }, context) => toTokenView(context, getToken(context, params.apiTokenId)),

  replaceToken({ params, body }, context) {
    const token = getToken(context, params.apiTokenId);
    const userId = body.userId === undefined ? token.userId : getUser(context, body.userId).id;
    const { connection, include = [], exclude = [] } = body.network ?? token.network;
    const changed = context.store.apiTokens.put({
      ...token,
      name: body.name ?? token.name,
      userId,
      network: { connection, include, exclude },
      // Okta: a change moves lastUpdated but not the end of the token's life.
      lastUpdated: context.now,
    });
    write(context, changed, 'system.api_token.update', 'Update API token');
    return toTokenView(context, changed);
  },

  revokeToken: ({ params }, context) => revoke(context, getToken(context, params.apiTokenId)),

  revokeCurrentToken(_, context) {
    const { token } = context.caller;
    if (!token) throw new OktaError('E0000006');
    revoke(context, token);
  },
} satisfies HandlersOf<typeof operations.tokens>;

function getToken({ store }: Context, id: string): ApiTokenRecord {
  const token = store.apiTokens.get(id);
  if (!token) throw notFound(id, 'Token');
  return token;
}

function revoke(context: Context, token: ApiTokenRecord): void {
  context.store.apiTokens.delete(token.id);
  write(context, token, 'system.api_token.revoke', 'Revoke API token', 'api.token.revoke');
}

function write(
  context: Context,
  token: ApiTokenRecord,
  eventType: string,
  displayMessage: string,
  legacy?: string,
): void {
  context.log({
    eventType,
    displayMessage,
    ...(legacy === undefined ? {} : { legacyEventType: legacy }),
    targets: [{ id: token.id, type: 'Token', alternateId: 'unknown', displayName: token.name }],
  });
}

function toTokenView({ origin }: Context, token: ApiTokenRecord): object {
  const { connection, include, exclude } = token.network;
  return {
    id: token.id,
    name: token.name,
    userId: token.userId,
    clientName: 'Okta API',
    tokenWindow: 'P30D',
    network: connection === 'ANYWHERE' ? { connection } : { connection, include, exclude },
    expiresAt: toTimestamp(token.lastUsed + TOKEN_WINDOW),
    created: toTimestamp(token.created),
    lastUpdated: toTimestamp(token.lastUpdated),
    _links: {
      self: { href: `${origin}/api/v1/api-tokens/${token.id}`, hints: { allow: ['GET', 'DELETE'] } },
      user: { href: `${origin}/api/v1/users/${token.userId}`, hints: { allow: ['GET'] } },
    },
  };
}
