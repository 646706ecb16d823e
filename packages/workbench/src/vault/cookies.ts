import { createCookieJar, isSecretName } from '@castellan/engine';
import type { CookieEdit, CookieView } from '../api/cookies.ts';
import { WorkbenchError } from '../errors.ts';
import type { PersonalFile } from './personal-file.ts';

type CookieJar = Awaited<ReturnType<typeof createCookieJar>>;

/** The cookies that answers set, kept from Send to Send and over a restart. */
export interface CookieStore {
  readonly jar: CookieJar;
  list(): Promise<CookieView[]>;
  put(edit: CookieEdit): Promise<void>;
  remove(domain: string, path: string, name: string): Promise<void>;
  clear(): Promise<void>;
  /** Writes down what a run left in the jar. @returns whether that is anything new */
  save(): Promise<boolean>;
  /** Values that must not be shown. */
  secrets(): Promise<string[]>;
}

/** Names by which sessions go, at Okta and elsewhere. */
const SESSION_NAME = /^(sid|idx|dt|jsessionid|.*sess(ion)?([-_. ]?id)?)$/i;

export async function openCookies(file: PersonalFile): Promise<CookieStore> {
  const saved = await file.read();
  const jar = await createCookieJar(saved === null ? undefined : JSON.stringify(saved)).catch(() =>
    createCookieJar(),
  );
  const all = async () => (await jar.serialize()).cookies;
  let written = JSON.stringify(saved);
  const save = async () => {
    // The jar's own JSON.
    const text = JSON.stringify(await jar.serialize());
    if (toComparable(text) === toComparable(written)) return false;
    await file.write(JSON.parse(text));
    written = text;
    return true;
  };
  return {
    jar,
    save,
    async list() {
      return (await all()).map((cookie) => {
        const isSecret = cookie['httpOnly'] === true || isSession(String(cookie['key']));
        return {
          domain: String(cookie['domain'] ?? ''),
          path: String(cookie['path'] ?? '/'),
          name: String(cookie['key'] ?? ''),
          ...(isSecret ? {} : { value: String(cookie['value'] ?? '') }),
          ...(typeof cookie['expires'] === 'string' && cookie['expires'] !== 'Infinity'
            ? { expires: cookie['expires'] }
            : {}),
          httpOnly: cookie['httpOnly'] === true,
          secure: cookie['secure'] === true,
        };
      });
    },
    async put(edit) {
      const scheme = edit.secure ? 'https' : 'http';
      const parts = [
        `${edit.name}=${edit.value}`,
        `Path=${edit.path}`,
        ...(edit.expires === undefined ? [] : [`Expires=${new Date(edit.expires).toUTCString()}`]),
        ...(edit.httpOnly ? ['HttpOnly'] : []),
        ...(edit.secure ? ['Secure'] : []),
      ];
      try {
        await jar.setCookie(parts.join('; '), `${scheme}://${edit.domain}${edit.path}`, { loose: true });
      } catch (cause) {
        throw new WorkbenchError(
          'bad-request',
          `A cookie cannot be set for “${edit.domain}”. Give the host alone, such as acme.example.com.`,
          { cause },
        );
      }
      await save();
    },
    async remove(domain, path, name) {
      await jar.store.removeCookie(domain, path, name);
      await save();
    },
    async clear() {
      await jar.removeAllCookies();
      await save();
    },
    secrets: async () =>
      (await all())
        .filter((cookie) => cookie['httpOnly'] === true || isSession(String(cookie['key'])))
        .map((cookie) => String(cookie['value'] ?? '')),
  };
}

/** A jar notes when it last sent each cookie; by that alone it does not differ. */
function toComparable(jar: string): string {
  return jar.replaceAll(/"lastAccessed":"[^"]*"/g, '');
}

function isSession(name: string): boolean {
  return SESSION_NAME.test(name) || isSecretName(name);
}
