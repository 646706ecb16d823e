import { expect, test } from 'vitest';
import { findBucket } from './rate-limits.ts';

test.each([
  ['GET', '/api/v1/users', 'users-list'],
  ['GET', '/api/v1/users/me', 'user-get'],
  ['POST', '/api/v1/users/00u1', 'user-write'],
  ['PATCH', '/api/v1/users/00u1', 'other'],
  ['GET', '/api/v1/users/00u1/groups', 'other'],
  ['GET', '/api/v1/groups/00g1', 'group-id'],
  ['GET', '/api/v1/groups/rules', 'groups-any'],
  ['GET', '/api/v1/groups/00g1/users', 'groups-any'],
  ['GET', '/api/v1/apps', 'apps-any'],
  ['GET', '/api/v1/apps/0oa1', 'app-id'],
  ['POST', '/api/v1/authn/factors/ost1/verify', 'authn-verify'],
  ['POST', '/api/v1/authn/factors/ost1/verify/resend', 'authn'],
  ['GET', '/oauth2/v1/clients/0oa1/roles', 'clients'],
  ['GET', '/api/v1/nothing', 'other'],
  ['GET', '/login/sessionCookieRedirect', 'none'],
] as const)('%s %s counts against %s', (method, path, bucket) => {
  expect(findBucket(method, path)).toBe(bucket);
});
