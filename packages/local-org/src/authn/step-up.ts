import type { Context } from '../handling.ts';
import { allow, type HintedLink, post } from '../links.ts';
import { notFound, OktaError } from '../okta-error.ts';
import { toTarget, toTimestamp } from '../people.ts';
import { issueSessionToken, type OpenSession, openSession } from '../sessions.ts';
import type { AppRecord } from '../store/records.ts';
import { toEntry } from '../system-log.ts';
import { toSignInUser } from './user-view.ts';
import { beginFor, end, open, requireState, type Step } from './transactions.ts';

/** Okta: stepping up is for these alone (authn#idp-initiated-step-up-authentication). */
const MODES: readonly string[] = ['SAML_1_1', 'SAML_2_0', 'WS_FEDERATION'];

/**
 * The application that somebody signs in to. Throws E0000001 for any that cannot take it, and on Identity Engine for
 * all: there is no `audience` any more.
 */
export function getAudience({ store, features }: Context, appId: string): AppRecord {
  const app = store.apps.get(appId);
  const isFit = features.edition === 'classic' && app?.status === 'ACTIVE' && MODES.includes(app.signOnMode);
  if (app && isFit) return app;
  throw new OktaError('E0000001', {
    about: 'authRequest',
    causes: ['The audience is not an application that supports step-up authentication.'],
  });
}

/** Somebody opened an application without a session: where their browser goes, with a transaction to sign in by. */
export function openApp(context: Context, entityId: string): string {
  const app = context.store.apps.get(`0oa${entityId.slice(3)}`);
  const page = app?.accessibility.loginRedirectUrl;
  // Okta: only an application with a sign-in page of its own steps up (authn#sp-initiated-step-up-authentication).
  if (!app || typeof page !== 'string' || !URL.canParse(page)) throw notFound(entityId, 'AppInstance');
  getAudience(context, app.id);
  const { token } = beginFor(context, undefined, { status: 'UNAUTHENTICATED', audience: app.id });
  const url = new URL(page);
  url.searchParams.set('stateToken', token);
  return url.href;
}

/** A transaction that nobody has signed in to yet. */
export function toUnauthenticated({
  context,
  token,
  transaction,
}: Pick<Step, 'context' | 'token' | 'transaction'>): object {
  return {
    stateToken: token,
    type: 'SESSION_STEP_UP',
    expiresAt: toTimestamp(transaction.expires),
    status: transaction.status,
    _embedded: embeddedOf(context, transaction.audience),
    _links: { next: post(`${context.origin}/api/v1/authn`, 'authenticate') },
  };
}

/** The end of a step-up: the browser goes on to the application, which gives it its session. */
export function toStepUpSuccess({ context, token, transaction, user }: Step): object {
  const { relayState } = transaction;
  return {
    stateToken: token,
    type: 'SESSION_STEP_UP',
    expiresAt: toTimestamp(transaction.expires),
    status: 'SUCCESS',
    ...(relayState === undefined ? {} : { relayState }),
    _embedded: { user: toSignInUser(user), ...embeddedOf(context, transaction.audience) },
    _links: { next: original(context, token) },
  };
}

/** Ends a step-up with a session, and says where the application takes its users. Throws as any call with a state token. */
export function finishStepUp(context: Context, stateToken: string): { session: OpenSession; target: string } {
  const step = open(context, stateToken);
  requireState(step, 'SUCCESS');
  end(step);
  const session = openSession(context, issueSessionToken(context, step.user, step.transaction.proof).value);
  const app = context.store.apps.get(step.transaction.audience ?? '');
  if (!session || !app) throw new OktaError('E0000011');
  const targets = [{ id: app.id, type: 'AppInstance', alternateId: app.label, displayName: app.label }];
  context.log(toEntry('user.authentication.sso', { targets, actor: toTarget(step.user) }));
  return { session, target: addressOf(context, app) };
}

function embeddedOf({ store, origin }: Context, appId = ''): object {
  const app = store.apps.get(appId);
  if (!app) return {};
  const logo = { name: 'medium', href: `${origin}/assets/img/logos/default.png`, type: 'image/png' };
  const protocol =
    app.signOnMode === 'WS_FEDERATION' ? 'WS_FED' : app.signOnMode.replace(/_(\d)_(\d)/, '$1.$2');
  return {
    target: { type: 'APP', name: app.name, label: app.label, _links: { logo: [logo] } },
    authentication: {
      protocol,
      issuer: { id: app.id, name: app.label, uri: `exk${app.id.slice(3)}` },
    },
  };
}

function original({ origin }: Context, token: string): HintedLink {
  return allow(`${origin}/login/step-up/redirect?stateToken=${token}`, ['GET'], 'original');
}

/** Where the application waits for its users: its own assertion consumer, or the org when it names none. */
function addressOf({ origin }: Context, { settings }: AppRecord): string {
  const { signOn } = settings;
  const isObject = typeof signOn === 'object' && signOn !== null && !Array.isArray(signOn);
  const address = isObject ? (signOn as Readonly<Record<string, unknown>>).ssoAcsUrl : undefined;
  return typeof address === 'string' && URL.canParse(address) ? address : origin;
}
