import { apikey } from './apikey.ts';
import { asap } from './asap.ts';
import { awsv4 } from './awsv4.ts';
import { basic } from './basic.ts';
import { bearer } from './bearer.ts';
import { digest } from './digest.ts';
import { edgegrid } from './edgegrid.ts';
import { hawk } from './hawk.ts';
import { jwt } from './jwt.ts';
import { noauth } from './noauth.ts';
import { ntlm } from './ntlm.ts';
import { oauth1 } from './oauth1.ts';
import { oauth2 } from './oauth2.ts';
import type { AuthScheme } from './scheme.ts';

export type AuthName =
  | 'apikey'
  | 'asap'
  | 'awsv4'
  | 'basic'
  | 'bearer'
  | 'digest'
  | 'edgegrid'
  | 'hawk'
  | 'jwt'
  | 'noauth'
  | 'ntlm'
  | 'oauth1'
  | 'oauth2';

/** Every scheme by Postman's name. */
export const authSchemes = {
  apikey,
  asap,
  awsv4,
  basic,
  bearer,
  digest,
  edgegrid,
  hawk,
  jwt,
  noauth,
  ntlm,
  oauth1,
  oauth2,
} satisfies Record<AuthName, AuthScheme>;

/** The scheme of that name; Postman sends requests with an unknown one unsigned. */
export function findAuthScheme(name: string): AuthScheme | undefined {
  return Object.hasOwn(authSchemes, name) ? authSchemes[name as AuthName] : undefined; // hasOwn has looked
}
