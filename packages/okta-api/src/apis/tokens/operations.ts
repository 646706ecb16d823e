import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { Links, Timestamp } from '../../schemas.ts';

const common = {
  api: 'tokens',
  authentication: 'token',
  docs: docsOf('ApiToken'),
  bucket: 'other',
} as const;

const TokenNetwork = z.object({
  connection: z.enum(['ANYWHERE', 'ZONE']),
  include: z.array(z.string()).optional(),
  exclude: z.array(z.string()).optional(),
});

const ApiTokenBody = z.object({
  name: z.string().optional(),
  userId: z.string().optional(),
  clientName: z.string().optional(),
  network: TokenNetwork.optional(),
  created: z.string().optional(),
});

const ApiToken = z.looseObject({
  id: z.string(),
  name: z.string(),
  userId: z.string(),
  clientName: z.string(),
  tokenWindow: z.string().nullable(),
  network: z.looseObject({ connection: z.string() }),
  created: Timestamp,
  lastUpdated: Timestamp,
  expiresAt: Timestamp,
  _links: Links,
});

export const tokens = {
  listTokens: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/api-tokens',
    summary: 'List the API tokens of the org, without their values',
    success: { status: 200, answer: z.array(ApiToken) },
    errors: [],
    examples: [{ title: 'List API Tokens', saves: { apiTokenId: '0.id' } }],
  }),

  getToken: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/api-tokens/{apiTokenId}',
    summary: 'Read what is known about an API token',
    success: { status: 200, answer: ApiToken },
    errors: ['E0000007'],
    examples: [
      {
        title: 'Get API Token',
        saves: { tokenName: 'name', tokenUserId: 'userId', tokenCreated: 'created' },
      },
    ],
  }),

  replaceToken: defineOperation({
    ...common,
    method: 'PUT',
    path: '/api/v1/api-tokens/{apiTokenId}',
    summary: 'Say from which networks an API token may be used',
    body: ApiTokenBody,
    success: { status: 200, answer: ApiToken },
    errors: ['E0000001', 'E0000003', 'E0000007'],
    events: ['system.api_token.update'],
    examples: [
      {
        title: 'Update API Token',
        body: {
          name: '{{tokenName}}',
          userId: '{{tokenUserId}}',
          clientName: 'Okta API',
          created: '{{tokenCreated}}',
          network: { connection: 'ANYWHERE' },
        },
      },
    ],
  }),

  revokeToken: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/v1/api-tokens/{apiTokenId}',
    summary: 'Revoke an API token',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    events: ['system.api_token.revoke'],
    examples: [
      {
        title: 'Revoke API Token',
        path: { apiTokenId: '00Tspareexampletoken' },
        description:
          'Names a token that is not there, so that running the whole pack revokes nothing. Put the id of the token to revoke in its place.',
        alsoAnswers: [404],
      },
    ],
  }),

  revokeCurrentToken: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/v1/api-tokens/current',
    summary: 'Revoke the API token that makes the call',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000011'],
    events: ['system.api_token.revoke'],
    examples: [
      {
        title: 'Revoke Current API Token',
        headers: { Authorization: 'SSWS {{spareApikey}}' },
        description:
          'Uses `spareApikey` and not `apikey`, so that running the whole pack does not lock you out.',
        alsoAnswers: [401],
      },
    ],
  }),
};
