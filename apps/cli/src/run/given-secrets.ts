import { readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import type { Environment } from '@castellan/collection';
import { type BoundSecret, findHost, findSecrets } from '@castellan/engine';
import { RunFailure } from './failure.ts';

/** `CASTELLAN_SECRET_apikey=00…` gives the variable `apikey` its value. */
const PREFIX = 'CASTELLAN_SECRET_';

/**
 * The secrets that CI hands over, by the names of their variables: of a file of lines `NAME=value`, and of the process
 * environment, which wins.
 * @throws {RunFailure} the file cannot be read
 */
export async function readGivenSecrets(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlyMap<string, string>> {
  const given = new Map<string, string>();
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new RunFailure(`${file} cannot be read. Check the name and its folder.`, {
        cause,
      });
    });
    for (const [name, value] of Object.entries(parseEnv(text))) if (value) given.set(name, value);
  }
  for (const [name, value] of Object.entries(env))
    if (name.startsWith(PREFIX) && value) given.set(name.slice(PREFIX.length), value);
  return given;
}

/** An environment with secrets in their places, and what is known of each of them. */
export interface Furnished {
  readonly environment: Environment | undefined;
  readonly secrets: readonly BoundSecret[];
  /** Variables that were given their values. */
  readonly given: ReadonlySet<string>;
}

/**
 * Puts the given secrets into the environment's variables of these names, in any case and with or without `_`. They are
 * bound to the host that the environment names, and scripts do not see them, but for those of `readable`.
 */
export function furnish(
  environment: Environment | undefined,
  given: ReadonlyMap<string, string>,
  options: { readonly readable: readonly string[]; readonly empty: () => Environment },
): Furnished {
  if (given.size === 0) return { environment, secrets: findSecrets(environment), given: new Set() };
  const base = environment ?? options.empty();
  const host = findHost(base.values);
  const values = [...base.values];
  const names = new Set<string>();
  for (const [name, value] of given) {
    const index = values.findIndex(({ key }) => toPlain(key) === toPlain(name));
    const row = values[index] ?? { key: name, value: '', type: 'secret', enabled: true };
    values.splice(index < 0 ? values.length : index, 1, { ...row, value, type: 'secret', enabled: true });
    names.add(row.key);
  }
  const filled = { ...base, values };
  const secrets = findSecrets(filled).map((secret): BoundSecret => {
    if (!names.has(secret.name)) return secret;
    const isReadable = options.readable.some((name) => toPlain(name) === toPlain(secret.name));
    return {
      name: secret.name,
      value: secret.value,
      ...(host === undefined ? {} : { hosts: [host] }),
      ...(isReadable ? { readable: true } : {}),
    };
  });
  return { environment: filled, secrets, given: names };
}

const toPlain = (name: string): string => name.replaceAll('_', '').toLowerCase();
