import type { AnswerOf, BodyOf, ParametersOf } from './define.ts';
import type { Routes } from './routes.ts';

type RoutesByKey = {
  [Name in keyof Routes as `${Routes[Name]['method']} ${Routes[Name]['path']}`]: Routes[Name];
};

/** `GET /api/status`: a route by its method and path, so that a page needs none of the schemas to call it. */
export type RouteKey = keyof RoutesByKey;
export type RouteOf<Key extends RouteKey> = RoutesByKey[Key];

export type CallOptions<Route> = Part<'path', ParametersOf<Route>> &
  Part<'body', BodyOf<Route>> & {
    readonly signal?: AbortSignal;
    /** Goes on when the page is left. */
    readonly keepalive?: boolean;
    readonly headers?: Readonly<Record<string, string>>;
  };

type Part<Name extends string, Value> = [Value] extends [undefined]
  ? { readonly [Key in Name]?: undefined }
  : keyof Value extends never
    ? { readonly [Key in Name]?: undefined }
    : { readonly [Key in Name]: Value };

/** What the server refused, in its own words. `code` is one of the workbench's error codes or `unreachable`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, sentence: string, status: number) {
    super(sentence);
    this.code = code;
    this.status = status;
  }
}

/**
 * Makes the function that calls the workbench.
 * @param fetch the page's own `fetch`, or one that answers in memory
 * @returns a function from a route's key, path parameters and body to its answer; streams and text come back
 *   as the `Response` itself. It rejects with `ApiError`.
 * @example const call = createClient(fetch); await call('GET /api/status');
 */
export function createClient(fetch: (url: string, init: RequestInit) => Promise<Response>) {
  return async function call<Key extends RouteKey>(
    key: Key,
    ...[options]: RequiresOptions<RouteOf<Key>> extends true
      ? [CallOptions<RouteOf<Key>>]
      : [CallOptions<RouteOf<Key>>?]
  ): Promise<AnswerOf<RouteOf<Key>>> {
    const [method = 'GET', template = ''] = key.split(' ');
    const response = await send(fetch, fillPath(template, options?.path), {
      method,
      headers: {
        accept: 'application/json, text/event-stream',
        ...(options?.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options?.headers,
      },
      ...(options?.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      ...(options?.signal === undefined ? {} : { signal: options.signal }),
      ...(options?.keepalive === undefined ? {} : { keepalive: options.keepalive }),
    });
    if (!response.ok) throw await toError(response);
    // The server checked its answer against the route's schema, so this text is what the type says.
    return (await readAnswer(response)) as AnswerOf<RouteOf<Key>>;
  };
}

export type Client = ReturnType<typeof createClient>;

type RequiresOptions<Route> = keyof ParametersOf<Route> extends never
  ? BodyOf<Route> extends undefined
    ? false
    : true
  : true;

function fillPath(template: string, parameters: Readonly<Record<string, string>> | undefined): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parameters?.[name] ?? ''));
}

async function send(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  url: string,
  init: RequestInit,
): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError('unreachable', 'The workbench does not answer. Start it again with npm start.', 0);
  }
}

async function readAnswer(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  const type = response.headers.get('content-type') ?? '';
  const isAttachment = response.headers.has('content-disposition');
  return type.startsWith('application/json') && !isAttachment ? await response.json() : response;
}

async function toError(response: Response): Promise<ApiError> {
  const answer: unknown = await response.json().catch(() => undefined);
  if (typeof answer === 'object' && answer !== null && 'code' in answer && 'sentence' in answer) {
    return new ApiError(String(answer.code), String(answer.sentence), response.status);
  }
  return new ApiError(
    'unexpected',
    `The workbench answered ${response.status} without a reason.`,
    response.status,
  );
}
