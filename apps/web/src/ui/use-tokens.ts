import { useQuery } from '@tanstack/react-query';
import { callOrg } from './call-org.ts';
import { isLoose, looseList, type Loose } from './loose.ts';

const DAY = 86_400_000;
const STALE_MS = 30_000;

interface Tokens {
  readonly owner: Loose | undefined;
  /** The owner's admin roles: Okta's name of each, and what it is called. */
  readonly roles: readonly { readonly type: string; readonly label: string }[];
  /** Tokens of the owner; which of them is the environment's own, Okta does not say. */
  readonly tokens: readonly { readonly name: string; readonly expiresAt: Date }[];
  readonly problem: Error | null;
}

/**
 * What the org tells of the token of an environment.
 * @param asks false: only what was told before, so that nobody's org is asked by itself
 */
export function useTokens(environmentId: string, asks = true): Tokens {
  const read = (what: string, path: string, isKnown = true) => ({
    queryKey: ['org', environmentId, what],
    queryFn: () => callOrg(environmentId, { method: 'GET' as const, path }),
    staleTime: STALE_MS,
    enabled: asks && isKnown,
  });
  const me = useQuery(read('me', '/api/v1/users/me'));
  const owner = isLoose(me.data?.body) ? me.data.body : undefined;
  const id = String(owner?.['id'] ?? '');
  const roles = useQuery(read('roles', `/api/v1/users/${id}/roles`, id !== ''));
  const tokens = useQuery(read('tokens', '/api/v1/api-tokens'));
  return {
    owner,
    roles: looseList(roles.data?.body).map((role) => ({
      type: String(role['type']),
      label: String(role['label'] ?? role['type']),
    })),
    tokens: looseList(tokens.data?.body)
      .filter((token) => token['userId'] === owner?.['id'])
      .map((token) => ({
        name: String(token['name'] ?? 'Token'),
        expiresAt: new Date(String(token['expiresAt'])),
      }))
      .filter(({ expiresAt }) => !Number.isNaN(expiresAt.getTime())),
    problem: me.error ?? tokens.error,
  };
}

/** Whole days until a moment; 0 or less when it is over. */
export function toDaysLeft(moment: Date): number {
  return Math.floor((moment.getTime() - Date.now()) / DAY);
}

export function toLogin(user: Loose): string {
  const profile = user['profile'];
  return isLoose(profile) ? String(profile['login'] ?? '') : 'not known';
}
