/** The keychain of the operating system, for one entry per home. */
export interface Keychain {
  get(account: string): string | undefined;
  set(account: string, value: string): void;
}

const SERVICE = 'castellan';

/**
 * The keychain, where there is one that works: none on a machine without a desktop session, and none where
 * `CASTELLAN_KEYCHAIN=off` says so.
 */
export async function openKeychain(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Keychain | undefined> {
  if (env['CASTELLAN_KEYCHAIN'] === 'off') return undefined;
  // An optional package with a binary for each platform; where it has none, the file is used instead.
  const keyring = await import('@napi-rs/keyring').catch(() => undefined);
  if (keyring === undefined) return undefined;
  return {
    get: (account) => new keyring.Entry(SERVICE, account).getPassword() ?? undefined,
    set: (account, value) => new keyring.Entry(SERVICE, account).setPassword(value),
  };
}
