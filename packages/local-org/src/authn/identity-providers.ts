import { hashToken } from '../authenticate.ts';
import { getFactorType } from '../factors/factor-types.ts';
import { answerPush } from '../factors/pushes.ts';
import { allow, type HintedLink } from '../links.ts';
import { OktaError } from '../okta-error.ts';
import { orgIdOf } from '../org-identity.ts';
import type { FactorRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Step } from './transactions.ts';

/** Where a browser is sent, so that another identity provider says who is there (fixtures of Okta's own libraries). */
export function providerLink(
  { context, token }: Pick<Step, 'context' | 'token'>,
  { factorType }: FactorRecord,
  name: 'activate' | 'redirect',
): HintedLink {
  const { origin, store } = context;
  const href =
    factorType === 'claims_provider'
      ? `${origin}/sso/idps/0oa${orgIdOf(store).slice(3)}?stateToken=${token}`
      : `${origin}/policy/mfa-${factorType === 'assertion:saml2' ? 'saml' : 'oidc'}-idp-redirect?okta_key=${token}`;
  return allow(href, ['GET'], name);
}

/**
 * What the provider, which the org plays itself, says of the person of a transaction. Throws E0000011 for a token that
 * waits for no provider, E0000107 when it was answered or has ended.
 */
export function answerAsProvider(
  store: Store,
  {
    token,
    state,
    now,
  }: { readonly token: string; readonly state: 'approved' | 'rejected'; readonly now: number },
): void {
  const transaction = store.transactions.get(hashToken(token));
  const factor = store.factors.get(transaction?.factorId ?? '');
  const isWaiting = transaction !== undefined && now < transaction.expires;
  if (!isWaiting || !factor || getFactorType(factor).method !== 'provider') throw new OktaError('E0000011');
  answerPush(store, { messageId: factor.activation?.messageId ?? transaction.pushId ?? '', state, now });
}
