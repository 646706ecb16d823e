/**
 * Streams values as server-sent events.
 * @param values each with the number that a client may resume after
 * @param signal ends the stream when the client goes away
 */
export function toEventStream(
  values: AsyncIterable<{ readonly id: number; readonly event: unknown }>,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const iterator = values[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`id: ${value.id}\ndata: ${JSON.stringify(value.event)}\n\n`));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', ...headers },
  });
}

/** Turns calls of a listener into values one can wait for. Ends when the signal does. */
export async function* toValues<Value>(
  subscribe: (listener: (value: Value) => void) => () => void,
  signal: AbortSignal,
): AsyncGenerator<{ id: number; event: Value }> {
  const waiting: Value[] = [];
  let wake: () => void = () => undefined;
  const unsubscribe = subscribe((value) => {
    waiting.push(value);
    wake();
  });
  const end = () => wake();
  signal.addEventListener('abort', end);
  try {
    for (let id = 0; !signal.aborted;) {
      const event = waiting.shift();
      if (event === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else {
        yield { id, event };
        id += 1;
      }
    }
  } finally {
    signal.removeEventListener('abort', end);
    unsubscribe();
  }
}
