import { readText, withAuthorization } from './scheme.ts';
import type { AuthScheme } from './scheme.ts';

/** RFC 6750. Postman: without a token the request stays as it is. */
export const bearer: AuthScheme = {
  label: 'Bearer token',
  fields: [{ name: 'token', label: 'Token', kind: 'secret' }],
  apply(request, parameters) {
    const token = readText(parameters, 'token');
    return token === '' ? request : withAuthorization(request, `Bearer ${token}`);
  },
};
