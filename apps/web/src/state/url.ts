import { parseUrl, toUrlText } from '@castellan/collection';
import type { Item } from './store.ts';

type Url = Item['request']['url'];

/**
 * Takes an address as it was typed apart. Query parameters that are switched off stay, and so do the meanings
 * of the others and the values of `:name` parts, by their names.
 */
export function toUrl(raw: string, before: Url): Url {
  const { query, pathVariables, ...parts } = parseUrl(raw);
  const enabled = before.query.filter((field) => !field.disabled);
  const { extra } = before;
  return {
    // What the page edits is JSON; the model's `readonly` ends here.
    ...(structuredClone(parts) as Omit<Url, 'query' | 'pathVariables'>),
    query: [
      ...query.map((field, index) => {
        const known = enabled[index]?.key === field.key ? enabled[index] : undefined;
        return { ...known, key: field.key, value: field.value };
      }),
      ...before.query.filter((field) => field.disabled),
    ],
    pathVariables: pathVariables.map(
      ({ key }) => before.pathVariables.find((variable) => variable.key === key) ?? { key, value: '' },
    ),
    ...(extra === undefined ? {} : { extra }),
  };
}

/** The address with these query parameters. */
export function withQuery(url: Url, query: Url['query']): Url {
  return { ...url, query, raw: toUrlText({ ...url, query }, { pathVariables: 'kept' }) };
}
