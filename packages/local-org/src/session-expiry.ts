import { toTarget } from './people.ts';
import type { LogEntry } from './store/records.ts';
import type { Store } from './store/store.ts';
import { toEntry } from './system-log.ts';

/** How often, in milliseconds of the org's clock, sessions are looked through. */
const ROUND = 60_000;

/**
 * Ends the sessions whose time is over and tells the event of each, at most once a minute of the org's time.
 * Okta: not documented when exactly a session that nobody uses is said to have expired.
 */
export function createSessionSweep(store: Store): (now: number, tell: (entry: LogEntry) => void) => void {
  let last = 0;
  return (now, tell) => {
    if (now >= last && now < last + ROUND) return;
    last = now;
    for (const session of store.sessions.values()) {
      if (now < session.expires) continue;
      store.sessions.delete(session.id);
      const user = store.users.get(session.userId);
      if (user) tell(toEntry('user.session.expire', { actor: toTarget(user), targets: [toTarget(user)] }));
    }
  };
}
