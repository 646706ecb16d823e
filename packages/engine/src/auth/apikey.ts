import { withHeader } from '../headers.ts';
import { readText, withoutQuery, withQuery } from './scheme.ts';
import type { AuthScheme } from './scheme.ts';

/** Postman: what a person writes into a query may hold what would end a parameter. */
function toQueryText(text: string): string {
  return text.replaceAll('&', '%26').replaceAll('#', '%23');
}

/** A name and a value in a header or in the query; Okta's `SSWS` tokens travel so. */
export const apikey: AuthScheme = {
  label: 'API key',
  fields: [
    { name: 'key', label: 'Key', kind: 'text' },
    { name: 'value', label: 'Value', kind: 'secret' },
    { name: 'in', label: 'Add to', kind: 'choice', choices: ['header', 'query'] },
  ],
  apply(request, parameters) {
    const key = readText(parameters, 'key');
    const value = readText(parameters, 'value');
    // Postman: only an empty key leaves the request as it is; an empty value is sent.
    if (key === '') return request;
    if (readText(parameters, 'in') === 'query') {
      return withQuery(
        withoutQuery(request, (name) => name === key),
        toQueryText(key),
        toQueryText(value),
      );
    }
    return { ...request, headers: withHeader(request.headers, key, value) };
  },
};
