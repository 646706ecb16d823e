import type { Answers, Asked, Question, Told } from './worker-protocol.ts';

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (cause: Error) => void;
}

let worker: Worker | undefined;
let numbers = 0;
const waiting = new Map<number, Waiting>();

export function nextBodyId(): number {
  numbers += 1;
  return numbers;
}

/**
 * Asks the worker that holds large bodies; it starts with the first question.
 * @param given buffers that go over to the worker and are empty here afterwards
 */
export function askWorker<Kind extends Question['kind']>(
  question: Extract<Question, { kind: Kind }>,
  given: Transferable[] = [],
): Promise<Answers[Kind]> {
  const number = nextBodyId();
  const answer = new Promise<Answers[Kind]>((resolve, reject) => {
    waiting.set(number, { resolve, reject });
  });
  getWorker().postMessage({ number, question } satisfies Asked, given);
  return answer;
}

export function forgetInWorker(id: number): void {
  worker?.postMessage({ number: 0, question: { kind: 'forget', id } } satisfies Asked, []);
}

function getWorker(): Worker {
  if (worker !== undefined) return worker;
  worker = new Worker(new URL('body-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
    const asked = waiting.get(data.number);
    waiting.delete(data.number);
    if ('failure' in data) asked?.reject(new Error(data.failure));
    // The worker answers a question with what `Answers` says.
    else asked?.resolve(data.answer as never);
  });
  worker.addEventListener('error', (event) => {
    for (const asked of waiting.values())
      asked.reject(new Error(`The body could not be read: ${event.message}`));
    waiting.clear();
    worker = undefined;
  });
  return worker;
}
