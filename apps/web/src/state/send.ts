import { ApiError } from '@castellan/workbench/api';
import { call, readSendEvents } from '../api.ts';
import { openBytes, openHere, openKept, type OpenBody } from '../bodies/open-body.ts';
import { addEvent, decodeBytes, findNextPage, sending, type Answer } from './answer.ts';
import { askAfter, askFirst, type Consent } from './send-asked.ts';
import { addConsoleLines, attempt, getState, type Item, type Tab } from './store.ts';
import { changeTab, findTab } from './tabs.ts';
import { toUrl } from './url.ts';

const aborters = new Map<string, AbortController>();

export const stopTab = (id: string): void => aborters.get(id)?.abort();

/** For so long the answer before stays in sight: most answers come sooner, and nothing flickers. */
const PATIENCE_MS = 300;

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
    ...(answer?.response === undefined
      ? { answer: sending }
      : { answer: { ...answer, state: 'sending' }, before: answer }),
  }));
  const show = (answer: Answer) => {
    clearTimeout(timer);
    if (aborters.get(id) === aborter) changeTab(id, (now) => ({ ...now, answer }));
  };
  const timer = setTimeout(() => show(sending), PATIENCE_MS);
  const answer = await sendAsked(tab, address, aborter.signal, show);
  show(answer);
  if (aborters.get(id) === aborter) addConsoleLines(answer.console);
}

/** Shows what an answer itself brought and the workbench hid, or hides it again. */
export async function revealAnswer(id: string): Promise<void> {
  const answer = findTab(id)?.answer;
  const answerId = answer?.response?.answerId;
  if (answer === undefined || answerId === undefined) return;
  if (answer.revealed !== undefined) {
    const { revealed: _shown, ...hidden } = answer;
    changeTab(id, (now) => ({ ...now, answer: hidden }));
    return;
  }
  await attempt(async () => {
    const { headers, bodyBase64 } = await call('GET /api/answers/{answerId}', { path: { answerId } });
    const body = await openBytes(decodeBytes(bodyBase64));
    changeTab(id, (now) =>
      now.answer === answer ? { ...now, answer: { ...answer, revealed: { headers, body } } } : now,
    );
  });
}

/** While pages come the list that is shown grows, but not with each of them: laying it out takes longer each time. */
const SHOW_MS = 1000;

/** Asks for every page that follows the answer that is shown, and shows all of them as one list. */
export async function fetchAll(id: string): Promise<void> {
  const tab = findTab(id);
  const first = tab?.answer;
  if (tab === undefined || first?.response === undefined) return;
  const aborter = begin(id);
  const items = await readList(first);
  let pages = 1;
  let next = findNextPage(first.response.headers);
  let stopped: string | undefined;
  let { body } = first;
  let shownAt = performance.now();
  const show = async () => {
    const isDone = next === undefined || stopped !== undefined;
    if (isDone || performance.now() - shownAt > SHOW_MS) {
      body = await openBytes(new TextEncoder().encode(JSON.stringify(items)));
      shownAt = performance.now();
    }
    if (aborters.get(id) !== aborter) return;
    const answer: Answer = { ...first, pages: { count: pages, items: items.length, isDone, stopped } };
    changeTab(id, (now) => ({ ...now, answer: body === undefined ? answer : { ...answer, body } }));
  };
  await show();
  while (next !== undefined && stopped === undefined) {
    const page = await send(tab, next, consents.get(id) ?? {}, aborter.signal, () => undefined);
    if (aborters.get(id) !== aborter) return;
    addConsoleLines(page.console);
    if (page.response === undefined) stopped = page.failure?.sentence ?? 'No answer came.';
    else if (page.response.code === 429) stopped = await waitForLimit(page.response.headers, aborter.signal);
    else if (page.response.code >= 400) stopped = `Page ${pages + 1} was answered ${page.response.code}.`;
    else {
      items.push(...(await readList(page)));
      pages += 1;
      next = findNextPage(page.response.headers);
    }
    await show();
  }
}

function begin(id: string): AbortController {
  aborters.get(id)?.abort();
  const aborter = new AbortController();
  aborters.set(id, aborter);
  return aborter;
}

/** What was agreed to for the answer that each tab shows. */
const consents = new Map<string, Consent>();

/** Sends once whoever has to be asked has agreed. */
async function sendAsked(
  tab: Tab,
  address: string | undefined,
  signal: AbortSignal,
  onProgress: (answer: Answer) => void,
): Promise<Answer> {
  const first = await askFirst(tab).catch((): Consent => ({}));
  if (first === undefined)
    return { ...sending, state: 'done', failure: { sentence: 'Nothing was sent: it was not confirmed.' } };
  let consent: Consent = first;
  for (;;) {
    consents.set(tab.id, consent);
    const answer = await send(tab, address, consent, signal, onProgress);
    const agreed: Consent | undefined = signal.aborted
      ? undefined
      : await askAfter(tab, answer.failure, consent);
    if (agreed === undefined) return answer;
    consent = agreed;
  }
}

async function send(
  tab: Tab,
  address: string | undefined,
  consent: Consent,
  signal: AbortSignal,
  onProgress: (answer: Answer) => void,
): Promise<Answer> {
  let answer = sending;
  let reading: Promise<OpenBody> | undefined;
  try {
    const response = await call('POST /api/sends', {
      body: {
        collectionId: tab.collectionId,
        item: address === undefined ? tab.item : withAddress(tab.item, address),
        environmentId: getState().environmentId,
        ...consent,
      },
      signal,
    });
    for await (const events of readSendEvents(response)) {
      const before = answer.response;
      for (const event of events) answer = addEvent(answer, event);
      if (answer.response === undefined || answer.response === before) continue;
      const { body: _older, revealed: _shown, ...bare } = answer;
      const { bodyId, bodyBase64 } = answer.response;
      reading = bodyId === undefined ? undefined : openKept(bodyId, signal);
      // Whoever waits below hears of it; until then nobody does.
      reading?.catch(() => undefined);
      answer = reading === undefined ? { ...bare, body: openHere(decodeBytes(bodyBase64)) } : bare;
      if (answer.state === 'sending') onProgress(answer);
    }
    if (reading !== undefined) answer = await addBody(answer, reading);
    return { ...answer, state: 'done' };
  } catch (cause) {
    const sentence = signal.aborted
      ? 'You stopped this request before its answer came.'
      : cause instanceof Error
        ? cause.message
        : 'The request could not be sent.';
    const code = cause instanceof ApiError ? { code: cause.code } : {};
    return { ...answer, state: 'done', failure: { sentence, ...code } };
  }
}

async function addBody(answer: Answer, reading: Promise<OpenBody>): Promise<Answer> {
  try {
    return { ...answer, body: await reading };
  } catch (cause) {
    return { ...answer, problem: cause instanceof Error ? cause.message : 'The body could not be read.' };
  }
}

const withAddress = (item: Item, raw: string): Item => ({
  ...item,
  request: { ...item.request, url: toUrl(raw, { raw, query: [], pathVariables: [] }) },
});

async function readList({ body }: Answer): Promise<unknown[]> {
  if (body?.isJson !== true) return [];
  const json: unknown = JSON.parse(await body.text());
  return Array.isArray(json) ? json : [json];
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
