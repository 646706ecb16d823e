import { Hono } from 'hono';
import { ZodError, type z } from 'zod';
import type { RouteDefinition } from '../api/define.ts';
import { routes, type RouteName } from '../api/routes.ts';
import { errorStatus, WorkbenchError } from '../errors.ts';
import { serveAsset } from './assets.ts';
import { checkOrigin, toSecurityHeaders, type Session } from './guard.ts';
import type { Handlers } from './handlers.ts';

/** Room for a 50 MB file inside JSON, where every quote takes two bytes. */
const LARGEST_BODY = 128 * 1024 * 1024;

interface AppOptions {
  readonly handlers: Handlers;
  readonly session: Session;
  /** Folder of the built web app. */
  readonly webAssets: string;
}

/** The server without a port: every request passes the guard, then the route's schema, then its handler. */
export function createApp({
  handlers,
  session,
  webAssets,
}: AppOptions): (request: Request) => Promise<Response> {
  const app = new Hono();
  app.use(async (context, next) => {
    checkOrigin(context.req.raw);
    await next();
  });
  app.use('/api/*', async (context, next) => {
    session.check(context.req.raw);
    await next();
  });
  for (const name of Object.keys(routes) as RouteName[]) {
    // Object.keys forgets the keys' type.
    const route: RouteDefinition = routes[name];
    app.on(route.method, route.path.replace(/\{(\w+)\}/g, ':$1'), async (context) => {
      const body = route.body === undefined ? undefined : await readBody(context.req.raw, route.body);
      // The table of handlers is typed per route; a loop over it is not.
      const handle = handlers[name] as (call: unknown) => unknown;
      const answer = await handle({ path: context.req.param(), body, request: context.req.raw });
      if (answer instanceof Response) return withHeaders(answer, toSecurityHeaders('none'));
      if (answer === undefined) return new Response(null, { status: 204 });
      return withHeaders(Response.json(answer), {
        ...toSecurityHeaders('none'),
        'cache-control': 'no-store',
      });
    });
  }
  app.all('/api/*', () => {
    throw new WorkbenchError('not-found', 'The workbench has no such route.');
  });
  app.get('*', (context) => serveAsset(webAssets, context.req.path, session.setCookie));
  app.onError((error) => toErrorResponse(error));
  return async (request) => app.fetch(request);
}

async function readBody(request: Request, schema: z.ZodType): Promise<unknown> {
  if (!request.headers.get('content-type')?.startsWith('application/json')) {
    throw new WorkbenchError('not-json', 'The workbench reads JSON only.');
  }
  const value: unknown = parseJson(await readText(request));
  return schema.parse(value);
}

async function readText(request: Request): Promise<string> {
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) return text + decoder.decode();
    size += part.value.byteLength;
    if (size > LARGEST_BODY) {
      throw new WorkbenchError(
        'too-large',
        'This is larger than 50 MB and cannot be imported. Split the file.',
      );
    }
    text += decoder.decode(part.value, { stream: true });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new WorkbenchError('not-json', 'The body is not JSON.');
  }
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

function toErrorResponse(error: unknown): Response {
  const headers = toSecurityHeaders('none');
  if (error instanceof WorkbenchError) {
    return Response.json(
      { code: error.code, sentence: error.message },
      { status: errorStatus[error.code], headers },
    );
  }
  if (error instanceof ZodError) {
    return Response.json({ code: 'bad-request', sentence: toSentence(error) }, { status: 400, headers });
  }
  process.stderr.write(`The workbench failed: ${error instanceof Error ? (error.stack ?? '') : ''}\n`);
  return Response.json(
    {
      code: 'unexpected',
      sentence: 'The workbench failed at this; its terminal shows where. Nothing was changed.',
    },
    { status: 500, headers },
  );
}

/** The first thing that is wrong: our own words where the schema has them, else where it is. */
function toSentence(error: ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'Something in this request is wrong.';
  if (/[.]$/.test(issue.message)) return issue.message;
  return `${issue.path.join('.') || 'The body'}: ${issue.message}.`;
}
