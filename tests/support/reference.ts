import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packs = join(
  process.env['CASTELLAN_REFERENCE'] ?? fileURLToPath(new URL('../../../shared', import.meta.url)),
  'okta/packs',
);

/** Why tests with Okta's own packs are left out: they may not be redistributed with this repository. */
export const NO_REFERENCE = existsSync(packs)
  ? false
  : 'needs Okta’s own packs in ../shared/okta/packs (or below $CASTELLAN_REFERENCE), which this repository may not contain';

/**
 * Paths of Okta's own packs of one vintage.
 * @param vintage `2019` (Postman v1), `2021` or `current` (v2.1)
 */
export function listReferencePacks(vintage: '2019' | '2021' | 'current'): string[] {
  if (NO_REFERENCE !== false) return [];
  const folder = join(packs, vintage);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name));
}

/** The environment file that Okta's guide comes with. */
export const referenceEnvironment = join(packs, '2019', 'example.oktapreview.com.environment');
