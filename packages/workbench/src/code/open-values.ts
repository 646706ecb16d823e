import type { Environment } from '@castellan/collection';
import { isSecretName } from '@castellan/engine';

/**
 * What may stand in code that a person copies: the values of environments that are on and no secrets. The
 * chosen environment counts before the globals.
 */
export function toOpenValues(environments: readonly Environment[]): ReadonlyMap<string, string> {
  const inOrder = [...environments].sort(
    (a, b) => Number(b.scope === 'globals') - Number(a.scope === 'globals'),
  );
  return new Map(
    inOrder.flatMap(({ values }) =>
      values
        .filter((row) => row.enabled && row.type !== 'secret' && !isSecretName(row.key))
        .filter(({ value }) => value !== null && value !== '')
        .map(({ key, value }) => [key, typeof value === 'string' ? value : JSON.stringify(value)] as const),
    ),
  );
}
