import type { OperationDefinition } from '@castellan/okta-api';
import { hashToken } from './authenticate.ts';
import type { Caller } from './handling.ts';
import { toLoginKey } from './store/store.ts';

/** How often one name may call in how many milliseconds. */
export interface Pace {
  readonly key: string;
  readonly most: number;
  readonly window: number;
}

const SECOND = 1000;

/** The limits beside the buckets that a call counts for (Okta: rl2-limits): sign-ins of a username, steps of a transaction, calls of a browser. */
export function pacesOf(operation: OperationDefinition, caller: Caller, body: unknown): readonly Pace[] {
  const paces: Pace[] = [];
  if (operation.api === 'authentication') {
    const { username, stateToken } = (body ?? {}) as {
      readonly username?: unknown;
      readonly stateToken?: unknown;
    };
    if (typeof username === 'string')
      paces.push({ key: `username ${toLoginKey(username)}`, most: 4, window: SECOND });
    if (typeof stateToken === 'string')
      paces.push({ key: `transaction ${hashToken(stateToken)}`, most: 10, window: 5 * SECOND });
  }
  if (caller.session && !caller.token)
    paces.push({
      key: `session ${caller.session.id} ${operation.method} ${operation.path}`,
      most: 40,
      window: 10 * SECOND,
    });
  return paces;
}
