import { timingSafeEqual } from 'node:crypto';
import { hashToken, readCookie } from '../authenticate.ts';
import type { Ids } from '../ids.ts';
import type { Notice } from './layout.tsx';

const COOKIE = 'castellan_admin';
const WINDOW = 8 * 3_600_000;

/** Somebody who is signed in to the console. */
export interface AdminSession {
  /** What every form of the session's pages carries. */
  readonly csrf: string;
  /** Shown on the next page, once. */
  notice?: Notice | undefined;
}

/** Who is signed in. They live in memory: a restart of the org signs everyone out. */
export interface Sessions {
  /** Begins a session; the answer is the cookie to set. Scripts and other sites cannot use it. */
  open(): string;
  find(request: Request): AdminSession | undefined;
  close(request: Request): void;
}

/** @param now the machine's time, because moving the org's clock shall sign nobody out of the console */
export function createSessions(ids: Ids, now: () => number): Sessions {
  const sessions = new Map<string, AdminSession & { expires: number }>();
  const keyOf = (request: Request): string => {
    const value = readCookie(request.headers.get('cookie') ?? undefined, COOKIE);
    return value === undefined ? '' : hashToken(value);
  };
  return {
    open() {
      const value = ids.secret(40);
      sessions.set(hashToken(value), { csrf: ids.secret(40), expires: now() + WINDOW });
      return `${COOKIE}=${value}; Path=/admin; HttpOnly; SameSite=Strict`;
    },
    find(request) {
      const session = sessions.get(keyOf(request));
      if (session === undefined || session.expires <= now()) return undefined;
      session.expires = now() + WINDOW;
      return session;
    },
    close: (request) => void sessions.delete(keyOf(request)),
  };
}

/** Whether a request carries the secret of its session's pages, compared in constant time. */
export function isOwnPage(session: AdminSession, given: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(session.csrf)));
}
