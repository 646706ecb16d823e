/** A relation in the style of factors, sessions and transactions: an address and the methods it takes. */
export interface HintedLink {
  readonly name?: string;
  readonly href: string;
  readonly hints: { readonly allow: readonly string[] };
}

export function post(href: string, name?: string): HintedLink {
  return allow(href, ['POST'], name);
}

export function allow(href: string, methods: readonly string[], name?: string): HintedLink {
  return { ...(name === undefined ? {} : { name }), href, hints: { allow: methods } };
}
