import type { Json } from '@castellan/collection';
import { findAuthScheme } from './auth/index.ts';
import type { AuthParameters, AuthRequest, AuthResponse, Challenge } from './auth/scheme.ts';
import { encodeBody, sendsBody } from './body.ts';
import { follow } from './follow.ts';
import { findHeader } from './headers.ts';
import { withoutJsonComments } from './json-comments.ts';
import type { Answer, FilledRequest, SendContext } from './send-context.ts';
import type { WireRequest } from './transport.ts';
import { parseAddress } from './url.ts';
import { toWireRequest } from './wire-request.ts';
import type { SignedRequest } from './wire-request.ts';

/** No scheme needs more: digest one, NTLM two. */
const MAX_AUTH_ROUNDS = 3;

/**
 * Sends a filled request: body, auth, headers, cookies, redirects. Rejects when no answer came.
 * @throws {RefusedRequest} the address cannot be sent to
 */
export async function send(filled: FilledRequest, context: SendContext): Promise<Answer> {
  if (findAuthScheme(filled.auth?.type ?? '')?.bindsConnection !== true) return sendOver(filled, context);
  const connections = context.host.transport.openConnections();
  try {
    return await sendOver(filled, {
      ...context,
      deliver: (request) => context.deliver({ ...request, connections }),
    });
  } finally {
    connections.close();
  }
}

async function sendOver(filled: FilledRequest, context: SendContext): Promise<Answer> {
  const type = filled.auth?.type ?? '';
  const scheme = findAuthScheme(type);
  const warnUnknown = (): void => context.warn(`runtime: could not find a handler for auth: ${type}`);
  const isUnknown = filled.auth !== undefined && scheme === undefined;
  if (isUnknown) warnUnknown();
  const { authMemory } = context;
  let parameters: AuthParameters = { ...filled.auth?.parameters, ...authMemory.read() };
  const unsigned = await toAuthRequest(filled, context);
  let current = await sign(unsigned, type, parameters, context);
  let first: WireRequest | undefined;
  for (let round = 1; ; round += 1) {
    const wire = toWireRequest(current, filled.settings, context);
    const answer = await follow(wire, filled.settings, context);
    first ??= answer.first;
    const { code, headers } = answer.response;
    const challenge = { code, headers, round };
    const next =
      round > MAX_AUTH_ROUNDS
        ? undefined
        : await respond(type, current.request, challenge, parameters, context);
    if (next === undefined) {
      if (scheme?.settle !== undefined) authMemory.learn(scheme.settle(parameters));
      // Postman says it before and after the request.
      if (isUnknown) warnUnknown();
      return { ...answer, first };
    }
    context.onDetour('auth', answer.request, answer.response);
    parameters = { ...parameters, ...next.learned };
    authMemory.learn(next.learned);
    current = { ...current, request: next.request };
  }
}

/** Postman: a challenge that cannot be answered leaves its answer as the final one, with a warning. */
async function respond(
  type: string,
  request: AuthRequest,
  challenge: Challenge,
  parameters: AuthParameters,
  { host, warn }: SendContext,
): Promise<AuthResponse | undefined> {
  try {
    return await findAuthScheme(type)?.respond?.(request, challenge, parameters, host);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(`runtime~${type}.auth: there was an error validating auth: ${reason}`);
    return undefined;
  }
}

async function toAuthRequest(filled: FilledRequest, context: SendContext): Promise<SignedRequest> {
  const { settings } = filled;
  const pruning = settings['disableBodyPruning'] !== true;
  const carried = sendsBody(filled.method, filled.body, !pruning)
    ? withoutJsonComments(filled.body, filled.headers)
    : undefined;
  const body =
    carried &&
    (await encodeBody(carried, {
      readFile: context.host.readFile,
      warn: context.warn,
      contentType: findHeader(filled.headers, 'content-type'),
    }));
  return {
    body,
    request: {
      method: filled.method,
      address: parseAddress(filled.url),
      headers: filled.headers,
      ...(carried === undefined ? {} : { body: carried }),
      bytes: body?.bytes ?? new Uint8Array(),
      disableUrlEncoding: settings['disableUrlEncoding'] === true,
    },
  };
}

/** Postman: a request that cannot be signed is sent unsigned, with a warning. */
async function sign(
  unsigned: SignedRequest,
  type: string,
  parameters: Readonly<Record<string, Json>>,
  { host, warn }: SendContext,
): Promise<SignedRequest> {
  const scheme = findAuthScheme(type);
  if (scheme === undefined) return unsigned;
  try {
    const request = await scheme.apply(unsigned.request, parameters, host);
    if (request.body === unsigned.request.body || request.body === undefined) return { ...unsigned, request };
    const body = await encodeBody(request.body, { readFile: host.readFile, warn: () => undefined });
    return { request, body };
  } catch (error) {
    warn(
      `runtime~${type}.auth: could not sign the request: ${error instanceof Error ? error.message : String(error)}`,
    );
    return unsigned;
  }
}
