import type { OrgAnswer } from '@castellan/workbench/api';
import { useEffect, useState } from 'react';
import { callOrg, OrgRefusal } from '../../ui/call-org.ts';
import { addEntries, type LogEntry } from './log-events.ts';

interface LogQuestion {
  readonly environmentId: string;
  readonly since: string;
  readonly filter: string;
  readonly q: string;
  readonly isLive: boolean;
}

interface Log {
  readonly entries: readonly LogEntry[];
  /** Why nothing more comes. */
  readonly problem: string | undefined;
  readonly isReading: boolean;
}

const NOTHING: Log = { entries: [], problem: undefined, isReading: true };
/** Okta: the log has a limit of its own, which is small. */
const POLL_MS = 3000;
const MINUTE = 60_000;
/** How much of it following may use up; the rest is for others who read the log. */
const SHARE = 0.4;
const PAGE = 100;

/**
 * Reads the System Log and follows it. Okta: without `until`, in ascending order, every page names a next one, also the
 * last: asking that again gives what came since, so nothing is missed and nothing comes twice.
 */
export function useLog({ environmentId, since, filter, q, isLive }: LogQuestion): Log {
  const key = JSON.stringify([environmentId, since, filter, q]);
  const [state, setState] = useState({ key, next: '', log: NOTHING });
  const from = state.key === key ? state.next : '';
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const query = new URLSearchParams({ since, sortOrder: 'ASCENDING', limit: String(PAGE) });
    if (filter !== '') query.set('filter', filter);
    if (q !== '') query.set('q', q);
    let next = from === '' ? `/api/v1/logs?${query.toString()}` : from;
    const read = async () => {
      try {
        const answer = await callOrg(environmentId, { method: 'GET', path: next }, stop.signal);
        const came = Array.isArray(answer.body) ? answer.body : [];
        next = answer.next ?? next;
        const hasMore = came.length === PAGE;
        setState((now) => ({
          key,
          next,
          log: {
            entries: addEntries(now.key === key ? now.log.entries : [], came),
            problem: undefined,
            isReading: hasMore,
          },
        }));
        if (hasMore) timer = setTimeout(() => void read(), 0);
        else if (isLive) timer = setTimeout(() => void read(), toPause(answer));
      } catch (cause) {
        if (stop.signal.aborted) return;
        const problem = cause instanceof Error ? cause.message : 'The log cannot be read.';
        setState((now) => ({
          key,
          next,
          log: { entries: now.key === key ? now.log.entries : [], problem, isReading: false },
        }));
        // A refusal of the question stays one; a limit or a lost connection does not.
        if (cause instanceof OrgRefusal && cause.answer.status !== 429) return;
        const wait = cause instanceof OrgRefusal ? (cause.answer.limit?.resetAt ?? 0) - Date.now() : 0;
        if (isLive) timer = setTimeout(() => void read(), Math.max(POLL_MS, wait));
      }
    };
    void read();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
    // oxlint-disable-next-line react/exhaustive-deps -- where the next page begins is read when the log starts or goes on
  }, [key, isLive]);
  return state.key === key ? state.log : NOTHING;
}

/** Milliseconds until the log is asked again. */
function toPause({ limit }: OrgAnswer): number {
  return limit === undefined ? POLL_MS : Math.max(POLL_MS, MINUTE / (limit.limit * SHARE));
}
