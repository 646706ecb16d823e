// Takes work out of chai that nobody sees: every word of a chain makes an assertion behind a proxy of its own and
// copies its flags one by one, for stack traces among others, which QuickJS has no use for. The build puts these
// in the place of chai's own functions.

import type { Flagged } from 'chai';

type Proxify = (target: Flagged, method?: string) => Flagged;

/**
 * Chai's guard against names that do not exist, with one handler for all assertions.
 * @param proxify chai's own, which words the refusals
 */
export function lightenProxify(proxify: Proxify): Proxify {
  const createHandler = (method?: string): ProxyHandler<Flagged> => ({
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (value !== undefined || typeof property !== 'string' || property in target) return value;
      return Reflect.get(proxify(target, method), property);
    },
  });
  const ofAssertions = createHandler();
  return (target, method) => new Proxy(target, method === undefined ? ofAssertions : createHandler(method));
}

/** Chai's copy of what one assertion knows to the next; `includeAll` as chai means it. */
export function lightenTransfer(transfer: (from: Flagged, to: Flagged, includeAll?: boolean) => void) {
  return (from: Flagged, to: Flagged, includeAll = true): void => {
    if (includeAll) to.__flags = Object.assign(to.__flags ?? Object.create(null), from.__flags);
    else transfer(from, to, includeAll);
  };
}
