/** Time as the server sees it. */
interface ServerClock {
  now(): number;
}

export interface MisbehavingOptions {
  readonly clock: ServerClock;
  /** Its clock minus ours, milliseconds. */
  readonly skew: number;
  /** Calls a window, by the first segment of the path. */
  readonly limits: Readonly<Record<string, number>>;
  /** Milliseconds of a window. */
  readonly window: number;
  /** The share of every limit that another consumer takes, spread over the window. */
  readonly others: number;
  /** Requests under way at once before it refuses for crowding. */
  readonly crowd: number;
  /** Every so many requests one is refused for crowding without a reason. */
  readonly moods: number;
  /** Milliseconds that an answer is under way inside; while it is, it counts for crowding. */
  work(): Promise<void>;
}

/** A server with limits like Okta's, a clock that is wrong, another consumer, and moods. */
export interface MisbehavingServer {
  fetch(request: Request): Promise<Response>;
  readonly isOnTheClock: true;
  /** How often each row's write was applied, by the last segment of its path. */
  readonly applied: ReadonlyMap<string, number>;
  readonly answers: { total: number; refused: number };
}

interface Window {
  start: number;
  ours: number;
  others: number;
}

export function createMisbehavingServer(options: MisbehavingOptions): MisbehavingServer {
  const windows = new Map<string, Window>();
  const applied = new Map<string, number>();
  const answers = { total: 0, refused: 0 };
  let underWay = 0;
  return { fetch: answer, isOnTheClock: true, applied, answers };

  async function answer(request: Request): Promise<Response> {
    const [, bucket = '', row = ''] = new URL(request.url).pathname.split('/');
    answers.total += 1;
    underWay += 1;
    try {
      if (underWay > options.crowd || answers.total % options.moods === 0)
        return refuse(0, 0, now() + 60_000);
      const window = currentWindow(bucket);
      const limit = options.limits[bucket] ?? 0;
      const remaining = limit - window.ours - window.others;
      const reset = window.start + options.window;
      if (remaining <= 0) return refuse(limit, 0, reset);
      window.ours += 1;
      await options.work();
      applied.set(row, (applied.get(row) ?? 0) + 1);
      return new Response('{}', { headers: toHeaders(limit, remaining - 1, reset) });
    } finally {
      underWay -= 1;
    }
  }

  function refuse(limit: number, remaining: number, reset: number): Response {
    answers.refused += 1;
    return new Response('{"errorCode":"E0000047"}', {
      status: 429,
      headers: toHeaders(limit, remaining, reset),
    });
  }

  /** Windows begin with the first call and are not aligned to anything. */
  function currentWindow(bucket: string): Window {
    const time = options.clock.now();
    let window = windows.get(bucket);
    if (window === undefined || time >= window.start + options.window) {
      window = { start: time, ours: 0, others: 0 };
      windows.set(bucket, window);
    }
    const limit = options.limits[bucket] ?? 0;
    const passed = (time - window.start) / options.window;
    window.others = Math.min(Math.floor(passed * options.others * limit), limit - window.ours);
    return window;
  }

  function now(): number {
    return options.clock.now();
  }

  function toHeaders(limit: number, remaining: number, reset: number): Record<string, string> {
    return {
      date: new Date(now() + options.skew).toUTCString(),
      'x-rate-limit-limit': String(limit),
      'x-rate-limit-remaining': String(remaining),
      'x-rate-limit-reset': String(Math.ceil((reset + options.skew) / 1000)),
    };
  }
}
