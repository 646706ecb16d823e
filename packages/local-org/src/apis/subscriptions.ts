import {
  isStandardRole,
  notificationTypes,
  type NotificationType,
  type operations,
} from '@castellan/okta-api';
import type { Context, HandlersOf } from '../handling.ts';
import { notFound } from '../okta-error.ts';
import { getUser } from '../people.ts';

/** Okta: what nobody is mailed about until they ask for it, as recorded. */
const OFF: readonly NotificationType[] = ['USER_LOCKED_OUT', 'APP_IMPORT', 'OKTA_UPDATE', 'USER_DEPROVISION'];

export const subscriptions = {
  listUserSubscriptions: ({ params }, context) => list(context, ofUser(context, params.userId)),
  getUserSubscription: ({ params }, context) =>
    toView(context, ofUser(context, params.userId), readType(params.notificationType)),
  subscribeUser: ({ params }, context) =>
    set(context, ofUser(context, params.userId), params.notificationType, true),
  unsubscribeUser: ({ params }, context) =>
    set(context, ofUser(context, params.userId), params.notificationType, false),

  listRoleSubscriptions: ({ params }, context) => list(context, ofRole(params.role)),
  getRoleSubscription: ({ params }, context) =>
    toView(context, ofRole(params.role), readType(params.notificationType)),
  subscribeRole: ({ params }, context) => set(context, ofRole(params.role), params.notificationType, true),
  unsubscribeRole: ({ params }, context) => set(context, ofRole(params.role), params.notificationType, false),
} satisfies HandlersOf<typeof operations.subscriptions>;

/** Whose notifications they are: the place below `/api/v1` is also what their records are found by. */
type Holder = `users/${string}` | `roles/${string}`;

function ofUser(context: Context, reference: string): Holder {
  return `users/${getUser(context, reference).id}`;
}

function ofRole(role: string): Holder {
  if (!isStandardRole(role)) throw notFound(role, 'Role');
  return `roles/${role}`;
}

function readType(text: string): NotificationType {
  const type = notificationTypes.find((one) => one === text);
  if (!type) throw notFound(text, 'Subscription');
  return type;
}

function list(context: Context, holder: Holder): object[] {
  return notificationTypes.map((type) => toView(context, holder, type));
}

/** The answer has no body. */
function set({ store }: Context, holder: Holder, text: string, isOn: boolean): void {
  const type = readType(text);
  store.subscriptions.put({ id: `${holder}/${type}`, isOn });
}

function toView({ store, origin }: Context, holder: Holder, type: NotificationType): object {
  const isOn = store.subscriptions.get(`${holder}/${type}`)?.isOn ?? !OFF.includes(type);
  const self = `${origin}/api/v1/${holder}/subscriptions/${type}`;
  const other = isOn ? 'unsubscribe' : 'subscribe';
  return {
    notificationType: type,
    channels: ['email'],
    status: isOn ? 'subscribed' : 'unsubscribed',
    _links: {
      [other]: { href: `${self}/${other}`, hints: { allow: ['POST'] } },
      self: { href: self },
    },
  };
}
