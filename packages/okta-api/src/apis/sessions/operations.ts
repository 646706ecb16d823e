import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { Links, Timestamp } from '../../schemas.ts';
import { SecretLink, SecretText } from '../../secret-fields.ts';

const common = {
  api: 'sessions',
  authentication: 'token',
  docs: docsOf('Session'),
  bucket: 'sessions',
} as const;

const Session = z.looseObject({
  // Okta: the value of the cookie `sid`.
  id: SecretText,
  cookieToken: SecretText.optional(),
  cookieTokenUrl: SecretLink.optional(),
  userId: z.string(),
  login: z.string(),
  createdAt: Timestamp.optional(),
  expiresAt: Timestamp,
  status: z.enum(['ACTIVE', 'MFA_REQUIRED', 'MFA_ENROLL']),
  lastPasswordVerification: Timestamp.nullish(),
  lastFactorVerification: Timestamp.nullish(),
  amr: z.array(z.string()),
  idp: z.looseObject({ id: z.string(), type: z.string() }),
  mfaActive: z.boolean(),
  _links: Links,
});

export const sessions = {
  createSession: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/sessions',
    summary: 'Turn a session token into a session',
    authentication: 'optional-token',
    query: z.object({ additionalFields: z.string().optional() }),
    body: z.object({
      sessionToken: z.string().optional(),
      // Okta: retired since 2017, still sent by the oldest packs.
      username: z.string().optional(),
      password: z.string().optional(),
    }),
    success: { status: 200, answer: Session },
    errors: ['E0000001', 'E0000003', 'E0000004', 'E0000064'],
    events: ['user.session.start'],
    examples: [
      {
        title: 'Create Session with Session Token',
        query: { additionalFields: 'cookieToken' },
        body: { sessionToken: '{{sessionToken}}' },
        saves: { sessionId: 'id' },
      },
    ],
  }),

  getSession: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/sessions/{sessionId}',
    summary: 'Read a session',
    success: { status: 200, answer: Session },
    errors: ['E0000007'],
    examples: [{ title: 'Validate Session' }],
  }),

  extendSession: defineOperation({
    ...common,
    method: 'PUT',
    path: '/api/v1/sessions/{sessionId}',
    summary: 'Extend a session, the old way of refreshing it',
    deprecated: true,
    success: { status: 200, answer: Session },
    errors: ['E0000007'],
    examples: [{ title: 'Extend Session' }],
  }),

  refreshSession: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/sessions/{sessionId}/lifecycle/refresh',
    summary: 'Refresh a session',
    success: { status: 200, answer: Session },
    errors: ['E0000007'],
    examples: [{ title: 'Refresh Session' }],
  }),

  closeSession: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/v1/sessions/{sessionId}',
    summary: 'Close a session',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    events: ['user.session.end'],
    examples: [{ title: 'Clear Session' }],
  }),

  getCurrentSession: defineOperation({
    ...common,
    method: 'GET',
    path: '/api/v1/sessions/me',
    summary: 'Read the session of the calling browser',
    authentication: 'cookie',
    success: { status: 200, answer: Session },
    errors: ['E0000007'],
    examples: [{ title: 'Get Current Session' }],
  }),

  refreshCurrentSession: defineOperation({
    ...common,
    method: 'POST',
    path: '/api/v1/sessions/me/lifecycle/refresh',
    summary: 'Refresh the session of the calling browser',
    authentication: 'cookie',
    success: { status: 200, answer: Session },
    errors: ['E0000007'],
    examples: [{ title: 'Refresh Current Session' }],
  }),

  closeCurrentSession: defineOperation({
    ...common,
    method: 'DELETE',
    path: '/api/v1/sessions/me',
    summary: 'Sign the calling browser out',
    authentication: 'cookie',
    irreversible: true,
    success: { status: 204 },
    errors: ['E0000007'],
    events: ['user.session.end'],
    examples: [{ title: 'Close Current Session' }],
  }),

  redirectWithSession: defineOperation({
    ...common,
    method: 'GET',
    path: '/login/sessionCookieRedirect',
    summary: 'Turn a session token into a session cookie and go on to an address',
    authentication: 'none',
    bucket: 'none',
    query: z.object({
      token: z.string(),
      redirectUrl: z.string(),
      checkAccountSetupComplete: z.string().optional(),
    }),
    success: { status: 302 },
    errors: [],
    examples: [
      {
        title: 'Set Session with Token Redirect',
        query: { token: '{{sessionToken}}', redirectUrl: '{{url}}/api/v1/sessions/me' },
        alsoAnswers: [200],
      },
    ],
  }),
};
