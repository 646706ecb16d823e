import { say } from './door.ts';

/**
 * Stands for postman-collection's table of dynamic variables: the lists they draw from are larger than everything
 * else a script needs, and stay with the worker.
 * @param names `$guid`, `$randomCity`, …
 */
export function createGenerators(names: readonly string[]): Record<string, { generator: () => string }> {
  return Object.fromEntries(names.map((name) => [name, { generator: () => say('dynamic', name) }]));
}
