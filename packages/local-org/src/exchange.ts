/**
 * What the pipeline needs of a request. It comes from fetch or from a Node server: objects of fetch around every
 * request would cost a local org more than the request itself.
 */
export interface Incoming {
  readonly method: string;
  /** The scheme and host that the client used: `http://localhost:4000`. */
  readonly origin: string;
  /** As it was sent, still escaped. */
  readonly path: string;
  /** What stands behind the `?`; empty when there is none. */
  readonly search: string;
  /** A header by its name in lower case; several of one name are joined. */
  header(name: string): string | undefined;
  /** The whole body, or `undefined` when it has more bytes than that. */
  read(limit: number): Promise<Uint8Array | undefined>;
}

/** Headers by their names in lower case; a list is as many lines. */
export type HeaderLines = Record<string, string | readonly string[]>;

export interface Outgoing {
  readonly status: number;
  readonly headers: HeaderLines;
  /** Absent: none. */
  readonly body?: string | Uint8Array | undefined;
}

/** A request of fetch as the pipeline takes it. */
export function fromRequest(request: Request): Incoming {
  const { origin, pathname, search } = new URL(request.url);
  return {
    method: request.method,
    origin,
    path: pathname,
    search: search.slice(1),
    header: (name) => request.headers.get(name) ?? undefined,
    async read(limit) {
      if (request.body === null) return new Uint8Array();
      if (Number(request.headers.get('content-length') ?? 0) > limit) return undefined;
      const chunks: Uint8Array[] = [];
      let length = 0;
      for await (const chunk of request.body) {
        length += chunk.length;
        if (length > limit) return undefined;
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    },
  };
}

/** What the pipeline answered as a response of fetch, which joins several lines of one name by commas. */
export function toResponse({ status, headers, body }: Outgoing): Response {
  const lines = new Headers();
  for (const [name, value] of Object.entries(headers))
    for (const line of typeof value === 'string' ? [value] : value) lines.append(name, line);
  // Bytes that a handler made stand in memory of their own.
  return new Response((body as string | Uint8Array<ArrayBuffer> | undefined) ?? null, {
    status,
    headers: lines,
  });
}
