interface LazyOptions {
  /** Whether a script may put something else in its place. */
  readonly writable?: boolean;
  readonly enumerable?: boolean;
}

/**
 * A property that is made when it is first read. Making `pm.request` costs more than most scripts do, and most
 * scripts never look at it.
 * @param target the object that gets the property
 * @param make its value
 */
export function defineLazy(
  target: object,
  name: string,
  make: () => unknown,
  { writable = true, enumerable = true }: LazyOptions = {},
): void {
  const settle = (value: unknown) => {
    Object.defineProperty(target, name, { value, writable, enumerable, configurable: true });
    return value;
  };
  const set = writable ? { set: settle } : {};
  Object.defineProperty(target, name, { get: () => settle(make()), ...set, enumerable, configurable: true });
}
