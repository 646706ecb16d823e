import { readProxies, type HostOptions, type RunSettings } from '@castellan/engine';
import { Preferences } from '../api/preferences.ts';
import type { PersonalFile } from '../vault/personal-file.ts';

/** How this person wants the workbench. */
export interface PreferenceStore {
  get(): Preferences;
  put(preferences: Preferences): Promise<void>;
}

/** Reads them; a file that is damaged or of another version counts as none. */
export async function openPreferences(file: PersonalFile): Promise<PreferenceStore> {
  const read = Preferences.safeParse(await file.read());
  let preferences = read.success ? read.data : Preferences.parse({});
  return {
    get: () => preferences,
    async put(next) {
      await file.write(next);
      preferences = next;
    },
  };
}

/** What a request is sent with when it says nothing itself. */
export function toRunSettings(preferences: Preferences): RunSettings {
  const { requestTimeout, scriptTimeout, followRedirects, checkCertificates } = preferences;
  return { requestTimeout, scriptTimeout, followRedirects, insecure: !checkCertificates };
}

/** The way to the network that a person chose. */
export function toHostOptions({ proxy }: Preferences): HostOptions {
  switch (proxy.kind) {
    case 'environment':
      return {};
    case 'none':
      return { chooseProxy: () => undefined };
    case 'fixed':
      return { chooseProxy: readProxies({ HTTP_PROXY: proxy.address, NO_PROXY: proxy.except }) };
  }
}
