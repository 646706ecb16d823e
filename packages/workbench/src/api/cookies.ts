import { z } from 'zod';
import { defineRoute } from './define.ts';

const CookieView = z.strictObject({
  domain: z.string(),
  path: z.string(),
  name: z.string(),
  /** Absent for sessions and what scripts may not read: their values stay with the server. */
  value: z.string().optional(),
  /** ISO 8601; absent for a cookie of the session. */
  expires: z.string().optional(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
});
export type CookieView = z.infer<typeof CookieView>;

const NO_SEPARATOR = 'A cookie’s name and value hold no semicolon, comma or blank.';

const CookieEdit = z.strictObject({
  domain: z
    .string()
    .trim()
    .regex(/^[a-z0-9.-]+$/i, 'Give the host alone, such as acme.example.com.'),
  path: z.string().trim().startsWith('/', 'A path begins with a slash.'),
  name: z
    .string()
    .trim()
    .regex(/^[^\s;,=]+$/, `${NO_SEPARATOR} The name is not empty.`),
  value: z.string().regex(/^[^\s;,]*$/, NO_SEPARATOR),
  expires: z.iso.datetime('The end of a cookie is a moment such as 2030-01-31T12:00:00Z.').optional(),
  httpOnly: z.boolean(),
  secure: z.boolean(),
});
export type CookieEdit = z.infer<typeof CookieEdit>;

export const cookieRoutes = {
  listCookies: defineRoute({
    method: 'GET',
    path: '/api/cookies',
    summary: 'List the cookies that answers set; the values of sessions stay with the server',
    answer: z.strictObject({ cookies: z.array(CookieView) }),
  }),
  putCookie: defineRoute({
    method: 'PUT',
    path: '/api/cookies',
    summary: 'Set a cookie, or replace the one of this domain, path and name',
    body: CookieEdit,
  }),
  deleteCookie: defineRoute({
    method: 'POST',
    path: '/api/cookies/delete',
    summary: 'Delete one cookie',
    body: z.strictObject({ domain: z.string(), path: z.string(), name: z.string() }),
  }),
  clearCookies: defineRoute({ method: 'DELETE', path: '/api/cookies', summary: 'Delete every cookie' }),
};
