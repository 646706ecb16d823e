import { apikey } from './apikey.ts';
import { basic } from './basic.ts';
import { bearer } from './bearer.ts';
import { noauth } from './noauth.ts';
import type { AuthScheme } from './scheme.ts';

export type AuthName = 'noauth' | 'apikey' | 'bearer' | 'basic';

/** Every scheme by Postman's name. */
export const authSchemes = { noauth, apikey, bearer, basic } satisfies Record<AuthName, AuthScheme>;

/** The scheme of that name; Postman sends requests with an unknown one unsigned. */
export function findAuthScheme(name: string): AuthScheme | undefined {
  return Object.hasOwn(authSchemes, name) ? authSchemes[name as AuthName] : undefined; // hasOwn has looked
}
