import {
  ApiError,
  createClient,
  type OpenedRequest,
  type RunLine,
  type SendEvent,
} from '@castellan/workbench/api';
import { QueryClient, queryOptions } from '@tanstack/react-query';

/** Calls the workbench that served this page, also when it was started anew since. */
export const call = createClient(async (url, init) => {
  const response = await fetch(url, init);
  if (response.status !== 401) return response;
  await renewSession();
  return fetch(url, init);
});

let renewing: Promise<unknown> | undefined;

/**
 * Gets the session of a workbench that was started anew, as loading the page would: its own page alone gets it, by the
 * same look at Host, Origin and Sec-Fetch-Site. What is open and not saved stays as it is.
 */
async function renewSession(): Promise<void> {
  renewing ??= fetch('/', { cache: 'no-store' }).finally(() => {
    renewing = undefined;
  });
  await renewing;
}

export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false } },
});

export const statusQuery = queryOptions({ queryKey: ['status'], queryFn: () => call('GET /api/status') });
export const collectionsQuery = queryOptions({
  queryKey: ['collections'],
  queryFn: () => call('GET /api/collections'),
});
export const environmentsQuery = queryOptions({
  queryKey: ['environments'],
  queryFn: () => call('GET /api/environments'),
});
export const authSchemesQuery = queryOptions({
  queryKey: ['auth-schemes'],
  queryFn: () => call('GET /api/auth-schemes'),
});
export const codeLanguagesQuery = queryOptions({
  queryKey: ['code-languages'],
  queryFn: () => call('GET /api/code'),
});
export const preferencesQuery = queryOptions({
  queryKey: ['preferences'],
  queryFn: () => call('GET /api/preferences'),
});
export const cookiesQuery = queryOptions({ queryKey: ['cookies'], queryFn: () => call('GET /api/cookies') });
export const runsQuery = queryOptions({ queryKey: ['runs'], queryFn: () => call('GET /api/runs') });
export const runOrderQuery = (runId: string) =>
  queryOptions({
    queryKey: ['run-order', runId],
    queryFn: () => call('GET /api/runs/{runId}', { path: { runId } }),
  });
export const levelQuery = (collectionId: string, levelId: string) =>
  queryOptions({
    queryKey: ['collections', 'level', collectionId, levelId],
    queryFn: () =>
      call('GET /api/collections/{collectionId}/levels/{levelId}', { path: { collectionId, levelId } }),
  });
export const historyQuery = (text: string) =>
  queryOptions({
    queryKey: ['history', text],
    queryFn: () => call('POST /api/history', { body: { text } }),
    placeholderData: (before) => before,
  });

export function openRequest(collectionId: string, itemId: string): Promise<OpenedRequest> {
  return call('GET /api/collections/{collectionId}/requests/{itemId}', { path: { collectionId, itemId } });
}

interface Numbered<Value> {
  readonly id: number;
  readonly value: Value;
}

/** The values of a stream of server-sent events, those together that came together. */
async function* readEvents<Value>(response: Response): AsyncGenerator<readonly Numbered<Value>[]> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  // The parts of a line that is not complete: a large answer comes in hundreds of them.
  let parts: string[] = [];
  let id = -1;
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) return;
    const lines = part.value.split('\n');
    const values: Numbered<Value>[] = [];
    for (const [index, line] of lines.entries()) {
      parts.push(line);
      if (index === lines.length - 1) break;
      const whole = parts.length === 1 ? line : parts.join('');
      parts = [];
      if (whole.startsWith('id: ')) id = Number(whole.slice(4));
      // The server wrote it from a value of this type.
      if (whole.startsWith('data: ')) values.push({ id, value: JSON.parse(whole.slice(6)) as Value });
    }
    if (values.length > 0) yield values;
  }
}

/** The events of a Send, masked by the server, those together that came together. */
export async function* readSendEvents(response: Response): AsyncGenerator<readonly SendEvent[]> {
  for await (const events of readEvents<SendEvent>(response)) yield events.map(({ value }) => value);
}

const RETRY_MS = 1000;

/**
 * Keeps the page in step with the workspace, also with what others change on disk, until the signal ends.
 * @param onConnection called when the server is lost and when it is back
 */
export async function followChanges(
  onConnection: (isThere: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const response = await call('GET /api/changes', { signal });
      onConnection(true);
      await queries.invalidateQueries();
      for await (const changes of readEvents<{ kind: string }>(response)) {
        for (const kind of new Set(changes.map(({ value }) => value.kind))) {
          await queries.invalidateQueries({ queryKey: [kind] });
          if (kind === 'collections') await queries.invalidateQueries({ queryKey: ['request'] });
        }
      }
    } catch {
      // What is wrong shows below; the next try tells whether it still is.
    }
    if (signal.aborted) return;
    onConnection(false);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/**
 * Follows a run from its start to its end, over lost connections: it goes on after the last line that came.
 * @param onLines called with the lines that came together
 */
export async function followRun(
  runId: string,
  onLines: (lines: readonly RunLine[]) => void,
  signal: AbortSignal,
): Promise<void> {
  let last = -1;
  while (!signal.aborted) {
    try {
      const response = await call('GET /api/runs/{runId}/lines', {
        path: { runId },
        headers: { 'last-event-id': String(last) },
        signal,
      });
      // A run that was resumed has an end in the middle; the last one is where the server ends the stream.
      let isOver = false;
      for await (const lines of readEvents<RunLine>(response)) {
        last = lines.at(-1)?.id ?? last;
        onLines(lines.map(({ value }) => value));
        isOver = lines.at(-1)?.value.kind === 'finished';
      }
      if (isOver) return;
    } catch (cause) {
      // A run that is not there will not come; anything else may be over at the next try.
      if (cause instanceof ApiError && cause.status === 404) return;
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}
