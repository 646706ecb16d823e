import type { Collection, Environment, RequestItem } from '@castellan/collection';
import {
  createHost,
  plan,
  run,
  type BoundSecret,
  type createCookieJar,
  type Mask,
  type ReceivedResponse,
  type RunEvent,
  type RunHost,
  type RunResult,
} from '@castellan/engine';
import { callFacts } from '@castellan/okta-api';
import type { Preferences } from '../api/preferences.ts';
import { toHostOptions, toRunSettings } from '../preferences/preferences.ts';
import { replaceRequest } from '../workspace/tree.ts';

/** One request to send, with everything it needs. */
export interface RunSpecification {
  readonly collection: Collection;
  readonly itemId: string;
  /** Stands in for the saved request of the same id. */
  readonly edited: RequestItem;
  /** Values filled in, secrets included. */
  readonly environment?: Environment;
  readonly globals?: Environment;
  /** Values that only their own hosts get, and scripts only as handles. */
  readonly secrets: readonly BoundSecret[];
  /** The host of a guarded org, typed to confirm what is written there. */
  readonly confirmed?: string;
  /** `skip`: only the request is sent. */
  readonly scripts?: 'run' | 'skip';
  readonly preferences?: Preferences;
  readonly signal: AbortSignal;
  /** Takes secrets out of the events, and learns those that answers bring. */
  readonly mask?: Mask;
  /** Hears the answer with what it newly brings, before the event that has it masked. */
  readonly onAnswer?: (answer: ReceivedResponse) => void;
  /** Cookies to begin with; the run adds to them. */
  readonly cookieJar?: Awaited<ReturnType<typeof createCookieJar>>;
  /** Hears once what the scripts left, before the stream of events ends. */
  readonly onEnd?: (scopes: RunResult['scopes']) => Promise<void>;
}

/** Plans and runs as `@castellan/engine` does. */
export interface RunEngine {
  run(specification: RunSpecification): AsyncIterable<RunEvent>;
  /** Closes the connections that it keeps open from Send to Send. */
  close?(): Promise<void>;
}

/**
 * The engine as a Send uses it: a person who sends one request wants to hear of a variable without a value before
 * anything leaves. Connections are kept from Send to Send, so that only the first one pays for TLS.
 */
export function createEngine(): RunEngine {
  /** One for each way to the network that was asked for. */
  const hosts = new Map<string, RunHost>();
  const getHost = (preferences: Preferences | undefined): RunHost => {
    const way = JSON.stringify(preferences?.proxy ?? null);
    const host = hosts.get(way) ?? createHost(preferences === undefined ? {} : toHostOptions(preferences));
    hosts.set(way, host);
    return host;
  };
  return {
    async close() {
      await Promise.all([...hosts.values()].map((host) => host.close()));
    },
    run(specification) {
      const planned = plan({
        collection: replaceRequest(specification.collection, specification.edited),
        items: [specification.itemId],
        ...(specification.environment === undefined ? {} : { environment: specification.environment }),
        ...(specification.globals === undefined ? {} : { globals: specification.globals }),
        secrets: specification.secrets,
        settings: {
          ...(specification.preferences === undefined ? {} : toRunSettings(specification.preferences)),
          refuseUnresolved: true,
          ...(specification.scripts === undefined ? {} : { scripts: specification.scripts }),
        },
      });
      return streamEvents(async (onEvent) => {
        const { scopes } = await run(planned, getHost(specification.preferences), {
          signal: specification.signal,
          facts: callFacts,
          onEvent,
          ...(specification.confirmed === undefined ? {} : { confirmed: specification.confirmed }),
          ...(specification.mask === undefined ? {} : { mask: specification.mask }),
          ...(specification.onAnswer === undefined ? {} : { onAnswer: specification.onAnswer }),
          ...(specification.cookieJar === undefined ? {} : { cookieJar: specification.cookieJar }),
        });
        await specification.onEnd?.(scopes);
      });
    },
  };
}

/** Turns a callback into a stream that the run waits for: an event is not followed before it was taken. */
async function* streamEvents(
  produce: (onEvent: (event: RunEvent) => Promise<void>) => Promise<void>,
): AsyncGenerator<RunEvent> {
  const queue: { readonly event: RunEvent; readonly taken: () => void }[] = [];
  let wake = (): void => undefined;
  let isOver = false;
  const production = produce((event) => {
    return new Promise<void>((taken) => {
      queue.push({ event, taken });
      wake();
    });
  }).finally(() => {
    isOver = true;
    wake();
  });
  // A failure is thrown below, where the stream is read.
  production.catch(() => undefined);
  while (true) {
    const next = queue.shift();
    if (next !== undefined) {
      yield next.event;
      next.taken();
      continue;
    }
    if (isOver) break;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  await production;
}
