import type { RunLine } from '@castellan/workbench/api';
import { useEffect, useState } from 'react';
import { followRun } from '../../api.ts';
import { addLines, NOTHING_YET, type RunProgress } from './run-progress.ts';

/** Lines that come within this time are drawn together. */
const DRAW_MS = 120;

/** A run as it goes, from its first line on, also after the page was loaded anew. */
export function useRun(id: string): RunProgress {
  const [known, setKnown] = useState({ id, progress: NOTHING_YET });
  useEffect(() => {
    const stop = new AbortController();
    let waiting: RunLine[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      timer = undefined;
      const lines = waiting;
      waiting = [];
      setKnown((now) => ({ id, progress: addLines(now.id === id ? now.progress : NOTHING_YET, lines) }));
    };
    void followRun(
      id,
      (lines) => {
        waiting.push(...lines);
        timer ??= setTimeout(draw, DRAW_MS);
      },
      stop.signal,
    );
    return () => {
      stop.abort();
      clearTimeout(timer);
      setKnown({ id: '', progress: NOTHING_YET });
    };
  }, [id]);
  return known.id === id ? known.progress : NOTHING_YET;
}
