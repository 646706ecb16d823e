import { withoutHeader } from '../headers.ts';
import { readText, withAuthorization, withoutQuery, withQuery } from './scheme.ts';
import type { AuthScheme } from './scheme.ts';

/** Uses an access token that is already there (RFC 6750); asking for one is not part of sending. */
export const oauth2: AuthScheme = {
  label: 'OAuth 2.0',
  fields: [
    { name: 'accessToken', label: 'Access token', kind: 'secret' },
    { name: 'addTokenTo', label: 'Add token to', kind: 'choice', choices: ['header', 'queryParams'] },
    { name: 'headerPrefix', label: 'Header prefix', kind: 'text' },
    { name: 'tokenType', label: 'Token type', kind: 'text' },
  ],
  apply(request, parameters) {
    const token = readText(parameters, 'accessToken');
    // Postman: MAC tokens are not supported, the request stays as it is.
    if (token === '' || readText(parameters, 'tokenType').toLowerCase() === 'mac') return request;
    const clean = withoutQuery(
      { ...request, headers: withoutHeader(request.headers, 'authorization') },
      (name) => name === 'access_token',
    );
    const place = readText(parameters, 'addTokenTo') || 'header';
    if (place === 'queryParams') return withQuery(clean, 'access_token', token);
    if (place !== 'header') return clean;
    const prefix = parameters['headerPrefix'] ?? 'Bearer';
    const words = [String(prefix).trim(), token].filter((word) => word !== '');
    return withAuthorization(clean, words.join(' '));
  },
};
