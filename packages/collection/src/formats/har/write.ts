/** A request that was sent, and what came of it. Times are milliseconds. */
export interface Exchange {
  /** Since 1970. */
  readonly startedAt: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Pair[];
    readonly body?: string | undefined;
    readonly bodySize: number;
  };
  readonly response?: {
    readonly code: number;
    readonly status: string;
    readonly httpVersion: string;
    readonly headers: readonly Pair[];
    readonly bodyBase64: string;
    readonly size: { readonly headers: number; readonly body: number };
    readonly time: number;
    /** From the start to the end of each stage; absent stages did not happen. */
    readonly timeline: Readonly<Partial<Record<'dns' | 'connect' | 'tls' | 'firstByte' | 'end', number>>>;
  };
  /** Why no answer came. */
  readonly failure?: string;
  /** The request's name in its collection. */
  readonly comment?: string;
}

type Pair = readonly [name: string, value: string];

/**
 * Writes what was sent as an HTTP archive (HAR 1.2), which browsers' tools and proxies open. A request without
 * an answer has the status 0, as browsers write it.
 * @param version of this program
 */
export function writeHar(exchanges: readonly Exchange[], version: string): string {
  const log = {
    version: '1.2',
    creator: { name: 'Castellan', version },
    entries: exchanges.map(toEntry),
  };
  return `${JSON.stringify({ log }, null, 2)}\n`;
}

function toEntry({ startedAt, request, response, failure, comment }: Exchange) {
  const httpVersion = `HTTP/${response?.httpVersion ?? '1.1'}`;
  const type = findHeader(request.headers, 'content-type');
  return {
    startedDateTime: new Date(startedAt).toISOString(),
    time: response?.time ?? 0,
    request: {
      method: request.method,
      url: request.url,
      httpVersion,
      cookies: [],
      headers: request.headers.map(toPair),
      queryString: toQuery(request.url),
      ...(request.body !== undefined && { postData: { mimeType: type ?? '', text: request.body } }),
      headersSize: -1,
      bodySize: request.bodySize,
    },
    response: toResponse(response, httpVersion, failure),
    cache: {},
    timings: toTimings(response),
    ...(comment !== undefined && { comment }),
  };
}

function toResponse(response: Exchange['response'], httpVersion: string, failure: string | undefined) {
  const type = findHeader(response?.headers ?? [], 'content-type') ?? '';
  return {
    status: response?.code ?? 0,
    statusText: response?.status ?? '',
    httpVersion,
    cookies: [],
    headers: (response?.headers ?? []).map(toPair),
    content: { mimeType: type, ...toContent(response?.bodyBase64 ?? '', type) },
    redirectURL: findHeader(response?.headers ?? [], 'location') ?? '',
    headersSize: response?.size.headers ?? -1,
    bodySize: response?.size.body ?? -1,
    ...(failure !== undefined && { _error: failure }),
  };
}

/** Text as text, where the type says that it is one; anything else stays base64. */
function toContent(base64: string, type: string): { size: number; text: string; encoding?: string } {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const isText = /^text\/|json|xml|javascript|x-www-form-urlencoded/i.test(type);
  return isText
    ? { size: bytes.length, text: new TextDecoder().decode(bytes) }
    : { size: bytes.length, text: base64, ...(base64 !== '' && { encoding: 'base64' }) };
}

/** HAR has the length of each stage, and -1 for one that did not happen; `ssl` is part of `connect`. */
function toTimings(response: Exchange['response']) {
  const { dns, connect, tls, firstByte, end } = response?.timeline ?? {};
  const connected = tls ?? connect ?? dns ?? 0;
  const answered = firstByte ?? connected;
  return {
    blocked: -1,
    dns: dns ?? -1,
    connect: connect === undefined ? -1 : (tls ?? connect) - (dns ?? 0),
    ssl: tls === undefined || connect === undefined ? -1 : tls - connect,
    send: 0,
    wait: answered - connected,
    receive: Math.max(0, (end ?? response?.time ?? answered) - answered),
  };
}

function toQuery(url: string) {
  const query = url.includes('?') ? (url.split('?')[1] ?? '').split('#')[0] : '';
  return [...new URLSearchParams(query)].map(toPair);
}

function toPair([name, value]: Pair) {
  return { name, value };
}

function findHeader(headers: readonly Pair[], name: string): string | undefined {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1];
}
