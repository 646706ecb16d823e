import type { Item } from './store.ts';

type Url = Item['request']['url'];

/**
 * Takes an address as it was typed apart, as Postman does. Query parameters that are switched off stay; values
 * of `:name` parts stay by their names.
 */
export function toUrl(raw: string, before: Url): Url {
  const [beforeHash = '', ...hash] = raw.split('#');
  const [address = '', ...query] = beforeHash.split('?');
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address);
  const rest = scheme === null ? address : address.slice(scheme[0].length);
  const [authority = '', ...path] = rest.split('/');
  const port = /:(\d+|\{\{[^}]+\}\})$/.exec(authority);
  const host = port === null ? authority : authority.slice(0, -port[0].length);
  const typed = query.length === 0 ? [] : readQuery(query.join('?'), before);
  return {
    raw,
    ...(scheme?.[1] === undefined ? {} : { protocol: scheme[1] }),
    ...(host === '' ? {} : { host: host.includes('{{') ? [host] : host.split('.') }),
    ...(port?.[1] === undefined ? {} : { port: port[1] }),
    ...(path.length === 0 ? {} : { path }),
    query: [...typed, ...before.query.filter((field) => field.disabled)],
    ...(hash.length === 0 ? {} : { hash: hash.join('#') }),
    pathVariables: path
      .filter((part) => /^:.+/.test(part))
      .map((part) => {
        const key = part.slice(1);
        return before.pathVariables.find((variable) => variable.key === key) ?? { key, value: '' };
      }),
    ...(before.extra === undefined ? {} : { extra: before.extra }),
  };
}

function readQuery(text: string, before: Url): Url['query'] {
  const enabled = before.query.filter((field) => !field.disabled);
  return text.split('&').map((pair, index) => {
    const [key = '', ...value] = pair.split('=');
    const { description, extra } = enabled[index]?.key === key ? enabled[index] : {};
    return {
      key,
      value: value.length === 0 ? null : value.join('='),
      ...(description === undefined ? {} : { description }),
      ...(extra === undefined ? {} : { extra }),
    };
  });
}

/** The address with these query parameters. */
export function withQuery(url: Url, query: Url['query']): Url {
  const [beforeHash = '', ...hash] = url.raw.split('#');
  const [address = ''] = beforeHash.split('?');
  const enabled = query.filter((field) => !field.disabled);
  const text = enabled
    .map(({ key, value }) => (value === null ? (key ?? '') : `${key ?? ''}=${value}`))
    .join('&');
  const raw = `${address}${enabled.length === 0 ? '' : `?${text}`}${hash.length === 0 ? '' : `#${hash.join('#')}`}`;
  return { ...toUrl(raw, { ...url, query: [] }), query };
}
