import { useEffect, useState } from 'react';

interface Settled<Value> {
  readonly about: readonly unknown[];
  readonly value: Value | undefined;
}

/**
 * What a promise came to.
 * @param begin called again when something of `about` is another; what is no promise is there at once
 * @returns `undefined` until it is there, and when it failed
 */
export function usePromise<Value>(
  begin: () => Promise<Value> | Value | undefined,
  about: readonly unknown[],
): Value | undefined {
  const [settled, setSettled] = useState<Settled<Value>>();
  useEffect(() => {
    let isWanted = true;
    const keep = (value: Value | undefined) => {
      if (isWanted) setSettled({ about, value });
    };
    Promise.resolve(begin()).then(keep, () => keep(undefined));
    return () => {
      isWanted = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- `about` is what this depends on
  }, about);
  const isCurrent = settled?.about.every((part, index) => Object.is(part, about[index])) === true;
  return isCurrent ? settled?.value : undefined;
}
