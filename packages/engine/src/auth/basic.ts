import { readText, withAuthorization } from './scheme.ts';
import type { AuthScheme } from './scheme.ts';

/** RFC 7617, in UTF-8. */
export const basic: AuthScheme = {
  label: 'Basic',
  fields: [
    { name: 'username', label: 'Username', kind: 'text' },
    { name: 'password', label: 'Password', kind: 'secret' },
  ],
  apply(request, parameters) {
    const credentials = `${readText(parameters, 'username')}:${readText(parameters, 'password')}`;
    return withAuthorization(request, `Basic ${Buffer.from(credentials, 'utf8').toString('base64')}`);
  },
};
