import type { RepairFacts } from '@castellan/collection';
import { operations } from './apis/index.ts';
import type { OperationDefinition } from './define.ts';

/**
 * What is known of old collections for Okta: the parts of them that no longer work as they stand, and what took
 * their place. Deprecated operations and their successors: Okta's API reference of each.
 */
export const repairFacts: RepairFacts = {
  authorizationSchemes: ['SSWS', 'Bearer', 'Basic'],
  placeholderHosts: [
    String.raw`example(?:-admin)?\.okta(?:preview)?\.com`,
    String.raw`\$?\{yourOktaDomain\}`,
    String.raw`\{?(?:your|my)-?(?:okta)?-?(?:sub)?(?:domain|org)\}?(?:-admin)?(?:\.okta(?:preview)?\.com)?`,
    String.raw`(?:subdomain|\{subdomain\}|\{org\}|org)\.okta(?:preview)?\.com`,
  ],
  addressVariable: 'url',
  operations: Object.entries(operations).flatMap(([group, api]) =>
    Object.values<OperationDefinition>(api).map(({ method, path, summary }) => ({
      method,
      path,
      group,
      summary,
    })),
  ),
  replacements: [
    {
      method: 'GET',
      path: '/api/v1/events',
      to: {
        method: 'GET',
        path: '/api/v1/logs',
        query: { startDate: 'since' },
        texts: [
          [
            'action.objectType eq "core.user_auth.login_success"',
            'eventType eq "user.session.start" and outcome.result eq "SUCCESS"',
          ],
          [
            'action.objectType eq "core.user_auth.login_failed"',
            'eventType eq "user.session.start" and outcome.result eq "FAILURE"',
          ],
          [
            'action.objectType eq "app.generic.provision.assign_user_to_app"',
            'eventType eq "application.user_membership.add"',
          ],
          [
            'action.objectType eq "app.generic.provision.deactivate_user_from_app"',
            'eventType eq "application.user_membership.remove"',
          ],
          ['action.objectType eq "app.auth.sso"', 'eventType eq "user.authentication.sso"'],
          ['action.objectType', 'eventType'],
          ['target.objectType', 'target.type'],
          ['actor.objectType', 'actor.type'],
        ],
      },
      reason:
        'Okta retired the Events API; the System Log holds the same events and more. Names of event types that have no counterpart stay as they are and find nothing until they are changed.',
    },
    {
      method: 'PUT',
      path: '/api/v1/sessions/{sessionId}',
      to: { method: 'POST', path: '/api/v1/sessions/{sessionId}/lifecycle/refresh' },
      reason: 'Okta replaced this way of extending a session by its lifecycle operation.',
    },
    ...linkedObjectReplacements(),
  ],
};

/** The first paths of linked objects named the user type; today's do not. */
function linkedObjectReplacements(): RepairFacts['replacements'] {
  const old = '/api/v1/meta/schemas/user/default/linkedObjects';
  const now = '/api/v1/meta/schemas/user/linkedObjects';
  const reason = 'Okta moved the definitions of linked objects to an address without the user type.';
  return [
    ['GET', ''],
    ['POST', ''],
    ['GET', '/{name}'],
    ['DELETE', '/{name}'],
  ].map(([method = '', rest = '']) => ({
    method,
    path: `${old}${rest}`,
    to: { method, path: `${now}${rest}` },
    reason,
  }));
}
