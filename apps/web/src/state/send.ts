import { call, readSendEvents } from '../api.ts';
import { addEvent, readText, findNextPage, sending, type Answer } from './answer.ts';
import { addConsoleLines, getState, type Item, type Tab } from './store.ts';
import { changeTab, findTab } from './tabs.ts';
import { toUrl } from './url.ts';

const aborters = new Map<string, AbortController>();

export const stopTab = (id: string): void => aborters.get(id)?.abort();

/**
 * Sends a request as it is edited and puts the answer together as it arrives.
 * @param address stands in for the request's own address: the next page of a list
 */
export async function sendTab(id: string, address?: string): Promise<void> {
  const tab = findTab(id);
  if (tab === undefined) return;
  const aborter = begin(id);
  changeTab(id, ({ answer, ...now }) => ({
    ...now,
    answer: sending,
    ...(answer?.response === undefined ? {} : { before: answer }),
  }));
  const answer = await send(tab, address, aborter.signal, (partial) => {
    if (aborters.get(id) === aborter) changeTab(id, (now) => ({ ...now, answer: partial }));
  });
  if (aborters.get(id) !== aborter) return;
  changeTab(id, (now) => ({ ...now, answer }));
  addConsoleLines(answer.console);
}

/** Asks for every page that follows the answer that is shown, and shows all of them as one list. */
export async function fetchAll(id: string): Promise<void> {
  const tab = findTab(id);
  const first = tab?.answer;
  if (tab === undefined || first?.response === undefined) return;
  const aborter = begin(id);
  const items = readList(first);
  let pages = 1;
  let next = findNextPage(first.response.headers);
  let stopped: string | undefined;
  const show = () =>
    changeTab(id, (now) => ({
      ...now,
      answer: {
        ...first,
        text: JSON.stringify(items),
        pages: {
          count: pages,
          items: items.length,
          isDone: next === undefined || stopped !== undefined,
          stopped,
        },
      },
    }));
  show();
  while (next !== undefined && stopped === undefined) {
    const page = await send(tab, next, aborter.signal, () => undefined);
    if (aborters.get(id) !== aborter) return;
    addConsoleLines(page.console);
    if (page.response === undefined) stopped = page.failure?.sentence ?? 'No answer came.';
    else if (page.response.code === 429) stopped = await waitForLimit(page.response.headers, aborter.signal);
    else if (page.response.code >= 400) stopped = `Page ${pages + 1} was answered ${page.response.code}.`;
    else {
      items.push(...readList(page));
      pages += 1;
      next = findNextPage(page.response.headers);
    }
    show();
  }
}

function begin(id: string): AbortController {
  aborters.get(id)?.abort();
  const aborter = new AbortController();
  aborters.set(id, aborter);
  return aborter;
}

async function send(
  tab: Tab,
  address: string | undefined,
  signal: AbortSignal,
  onProgress: (answer: Answer) => void,
): Promise<Answer> {
  let answer = sending;
  try {
    const response = await call('POST /api/sends', {
      body: {
        collectionId: tab.collectionId,
        item: address === undefined ? tab.item : withAddress(tab.item, address),
        environmentId: getState().environmentId,
      },
      signal,
    });
    for await (const event of readSendEvents(response)) {
      answer = addEvent(answer, event);
      if (event.kind === 'response-received') onProgress(answer);
    }
    return answer.state === 'sending' ? { ...answer, state: 'done' } : answer;
  } catch (cause) {
    const sentence = signal.aborted
      ? 'You stopped this request before its answer came.'
      : cause instanceof Error
        ? cause.message
        : 'The request could not be sent.';
    return { ...answer, state: 'done', failure: { sentence } };
  }
}

const withAddress = (item: Item, raw: string): Item => ({
  ...item,
  request: { ...item.request, url: toUrl(raw, { raw, query: [], pathVariables: [] }) },
});

function readList(answer: Answer): unknown[] {
  try {
    const json: unknown = JSON.parse(readText(answer));
    return Array.isArray(json) ? json : [json];
  } catch {
    return [];
  }
}

/** Okta: X-Rate-Limit-Reset is the second, since 1970, at which the limit is full again. */
async function waitForLimit(
  headers: readonly (readonly [string, string])[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const reset = headers.find(([name]) => name.toLowerCase() === 'x-rate-limit-reset')?.[1];
  if (reset === undefined) return 'The org’s limit is used up, and it does not say until when.';
  const wait = Math.min(Math.max(Number(reset) * 1000 - Date.now(), 0) + 1000, 61_000);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, wait);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
  return signal.aborted ? 'You stopped here.' : undefined;
}
