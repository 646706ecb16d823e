import { JWT_ALGORITHMS, readClaims, signJwt } from './jwt-token.ts';
import { readFlag, readText, withAuthorization, withoutQuery, withQuery } from './scheme.ts';
import type { AuthScheme } from './scheme.ts';

/** A token of one's own making, signed for every request. */
export const jwt: AuthScheme = {
  label: 'JWT bearer',
  fields: [
    { name: 'algorithm', label: 'Algorithm', kind: 'choice', choices: JWT_ALGORITHMS },
    { name: 'secret', label: 'Secret (HS)', kind: 'secret' },
    { name: 'isSecretBase64Encoded', label: 'The secret is Base64', kind: 'boolean' },
    { name: 'privateKey', label: 'Private key (PEM)', kind: 'secret' },
    { name: 'payload', label: 'Payload', kind: 'text' },
    { name: 'header', label: 'Header', kind: 'text' },
    { name: 'addTokenTo', label: 'Add token to', kind: 'choice', choices: ['header', 'queryParam'] },
    { name: 'headerPrefix', label: 'Header prefix', kind: 'text' },
    { name: 'queryParamKey', label: 'Query parameter', kind: 'text' },
  ],
  apply(request, parameters) {
    const alg = readText(parameters, 'algorithm');
    if (!JWT_ALGORITHMS.includes(alg)) throw new Error('invalid algorithm');
    const isShared = alg.startsWith('HS');
    const name = isShared ? 'secret' : 'privateKey';
    const key = readText(parameters, name);
    if (key === '') throw new Error(`Invalid ${isShared ? 'secret' : 'private'} key. Enter a valid key.`);
    const encoding = readFlag(parameters, 'isSecretBase64Encoded') ? 'base64' : 'utf8';
    const header = { ...readClaims(parameters['header']), alg };
    const token = signJwt(
      header,
      readClaims(parameters['payload']),
      isShared ? Buffer.from(key, encoding) : key,
    );
    const place = readText(parameters, 'addTokenTo') || 'header';
    if (place === 'header') {
      const prefix = String(parameters['headerPrefix'] ?? 'Bearer');
      return withAuthorization(request, prefix === '' ? token : `${prefix} ${token}`);
    }
    const query = readText(parameters, 'queryParamKey') || 'token';
    return withQuery(
      withoutQuery(request, (key) => key === query),
      query,
      token,
    );
  },
};
