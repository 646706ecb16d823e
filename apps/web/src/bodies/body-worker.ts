import { holdBody, type BodyFacts, type HeldBody } from './held-body.ts';
import type { Answers, Asked, Question, Told } from './worker-protocol.ts';

const bodies = new Map<number, HeldBody>();
const fetches = new Map<number, AbortController>();

addEventListener('message', ({ data }: MessageEvent<Asked>) => void answer(data));

async function answer({ number, question }: Asked): Promise<void> {
  const tell = (told: Told, given: Transferable[] = []) => postMessage(told, { transfer: given });
  try {
    const found = await handle(question);
    tell({ number, answer: found }, buffersOf(found));
  } catch (cause) {
    tell({ number, failure: cause instanceof Error ? cause.message : 'The body could not be read.' });
  }
}

async function handle(question: Question): Promise<Answers[keyof Answers]> {
  switch (question.kind) {
    case 'fetch': {
      const bytes = await fetchBody(question.id, question.bodyId);
      return { ...hold(question.id, bytes), size: bytes.byteLength };
    }
    case 'open':
      return hold(question.id, question.bytes);
    case 'see':
      return getBody(question.id).see(question.view);
    case 'find':
      return getBody(question.id).find(question.view, question.wanted);
    case 'text':
      return getBody(question.id).text();
    case 'bytes':
      return new Uint8Array(getBody(question.id).bytes());
    case 'forget':
      fetches.get(question.id)?.abort();
      bodies.delete(question.id);
      return undefined;
  }
}

async function fetchBody(id: number, bodyId: string): Promise<Uint8Array> {
  const aborter = new AbortController();
  fetches.set(id, aborter);
  try {
    const response = await fetch(`/api/bodies/${encodeURIComponent(bodyId)}`, { signal: aborter.signal });
    if (!response.ok) throw new Error(await readSentence(response));
    return new Uint8Array(await response.arrayBuffer());
  } finally {
    fetches.delete(id);
  }
}

/** The workbench's own words about what it refused. */
async function readSentence(response: Response): Promise<string> {
  const answered: unknown = await response.json().catch(() => undefined);
  const isRefusal = typeof answered === 'object' && answered !== null && 'sentence' in answered;
  return isRefusal ? String(answered.sentence) : `The workbench answered ${response.status}.`;
}

function hold(id: number, bytes: Uint8Array): BodyFacts {
  const held = holdBody(bytes);
  bodies.set(id, held);
  return held.open();
}

function getBody(id: number): HeldBody {
  const held = bodies.get(id);
  if (held === undefined) throw new Error('This body was given up. Send the request again.');
  return held;
}

/** Arrays go over to the page instead of being copied; the worker makes them anew for each question. */
function buffersOf(found: Answers[keyof Answers]): Transferable[] {
  if (typeof found !== 'object') return [];
  const arrays = 'layout' in found ? [found.layout.bytes, found.layout.starts, found.layout.folds] : [found];
  return arrays.flatMap((array) => (ArrayBuffer.isView(array) ? [array.buffer as ArrayBuffer] : []));
}
