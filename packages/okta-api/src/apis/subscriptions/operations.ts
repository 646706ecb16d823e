import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { Links } from '../../schemas.ts';

/** What Okta mails its administrators about (OAS:NotificationType; recorded lists hold these twelve). */
export const notificationTypes = [
  'IWA_AGENT',
  'CONNECTOR_AGENT',
  'USER_LOCKED_OUT',
  'APP_IMPORT',
  'AD_AGENT',
  'LDAP_AGENT',
  'RATELIMIT_NOTIFICATION',
  'OKTA_ANNOUNCEMENT',
  'OKTA_ISSUE',
  'OKTA_UPDATE',
  'USER_DEPROVISION',
  'REPORT_SUSPICIOUS_ACTIVITY',
] as const;

export type NotificationType = (typeof notificationTypes)[number];

const Subscription = z.looseObject({
  notificationType: z.enum(notificationTypes),
  channels: z.array(z.string()),
  status: z.enum(['subscribed', 'unsubscribed']),
  _links: Links,
});

const common = {
  api: 'subscriptions',
  authentication: 'token',
  docs: docsOf('Subscription'),
  bucket: 'other',
} as const;

/** The four calls about the notifications of one holder: a user, or everybody who has an admin role. */
function subscriptionsOf<const Base extends string>(base: Base, holder: 'User' | 'Role', path: object) {
  const one = `${base}/{notificationType}` as const;
  const about = { path: { ...path, notificationType: 'OKTA_ISSUE' } };
  return {
    list: defineOperation({
      ...common,
      method: 'GET',
      path: base,
      summary: `List what a ${holder.toLowerCase()} is notified about`,
      success: { status: 200, answer: z.array(Subscription) },
      errors: ['E0000007'],
      examples: [{ title: `List Subscriptions of a ${holder}`, path }],
    }),
    get: defineOperation({
      ...common,
      method: 'GET',
      path: one,
      summary: `Read one subscription of a ${holder.toLowerCase()}`,
      success: { status: 200, answer: Subscription },
      errors: ['E0000007'],
      examples: [{ title: `Get a Subscription of a ${holder}`, ...about }],
    }),
    subscribe: defineOperation({
      ...common,
      method: 'POST',
      path: `${one}/subscribe`,
      summary: `Notify a ${holder.toLowerCase()} from now on`,
      success: { status: 200 },
      errors: ['E0000007'],
      examples: [{ title: `Subscribe a ${holder}`, ...about }],
    }),
    unsubscribe: defineOperation({
      ...common,
      method: 'POST',
      path: `${one}/unsubscribe`,
      summary: `Notify a ${holder.toLowerCase()} no more`,
      success: { status: 200 },
      errors: ['E0000007'],
      examples: [{ title: `Unsubscribe a ${holder}`, ...about }],
    }),
  } as const;
}

const ofUsers = subscriptionsOf('/api/v1/users/{userId}/subscriptions', 'User', { userId: 'me' });
const ofRoles = subscriptionsOf('/api/v1/roles/{role}/subscriptions', 'Role', { role: 'SUPER_ADMIN' });

export const subscriptions = {
  listUserSubscriptions: ofUsers.list,
  getUserSubscription: ofUsers.get,
  subscribeUser: ofUsers.subscribe,
  unsubscribeUser: ofUsers.unsubscribe,
  listRoleSubscriptions: ofRoles.list,
  getRoleSubscription: ofRoles.get,
  subscribeRole: ofRoles.subscribe,
  unsubscribeRole: ofRoles.unsubscribe,
};
