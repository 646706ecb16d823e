import type { Body, Json } from '@castellan/collection';
import { withHeader } from '../headers.ts';
import type { HeaderLine } from '../headers.ts';
import type { Address } from '../url.ts';

/** A filled request on its way out, as a scheme sees and changes it. */
export interface AuthRequest {
  readonly method: string;
  readonly address: Address;
  readonly headers: readonly HeaderLine[];
  readonly body?: Body;
  /** The body's bytes, for schemes that sign them. */
  readonly bytes: Uint8Array;
  /** `protocolProfileBehavior.disableUrlEncoding`. */
  readonly disableUrlEncoding: boolean;
}

/** An answer that a scheme may take as a challenge. */
export interface Challenge {
  readonly code: number;
  readonly headers: readonly HeaderLine[];
  /** How many rounds this request has had, from 1. */
  readonly round: number;
}

/** Time and chance as the run gives them. */
export interface AuthContext {
  now(): number;
  randomBytes(length: number): Uint8Array;
}

/** Parameters of a scheme with their variables filled in. */
export type AuthParameters = Readonly<Record<string, Json>>;

/** One way to prove who sends a request. */
export interface AuthScheme {
  /** Shown to a person who chooses it. */
  readonly label: string;
  readonly fields: readonly AuthField[];
  /** Puts the proof on a request, before it leaves for the first time. */
  apply(
    request: AuthRequest,
    parameters: AuthParameters,
    context: AuthContext,
  ): AuthRequest | Promise<AuthRequest>;
  /** Answers a challenge with a new request; `undefined` takes the answer as final. May throw what is then said. */
  respond?(
    request: AuthRequest,
    challenge: Challenge,
    parameters: AuthParameters,
    context: AuthContext,
  ): AuthResponse | undefined | Promise<AuthResponse | undefined>;
  /** The proof belongs to a connection: every round has to travel on the same one. */
  readonly bindsConnection?: true;
  /** What the next request of the same scheme should know after an answer that was final. */
  settle?(parameters: AuthParameters): AuthParameters;
}

/** An answered challenge, and what it taught for the requests to come. */
export interface AuthResponse {
  readonly request: AuthRequest;
  readonly learned: AuthParameters;
}

/** One parameter of a scheme, as a form draws it. */
export interface AuthField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'secret' | 'boolean' | 'choice';
  readonly choices?: readonly string[];
}

/** A parameter as text; absent and `null` are empty. */
export function readText(parameters: AuthParameters, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A parameter as a yes or no, written as either. */
export function readFlag(parameters: AuthParameters, name: string): boolean {
  return parameters[name] === true || parameters[name] === 'true';
}

/** The request with this `Authorization` in place of any other. */
export function withAuthorization(request: AuthRequest, value: string): AuthRequest {
  return { ...request, headers: withHeader(request.headers, 'Authorization', value) };
}

/** The request with one more query parameter. */
export function withQuery(request: AuthRequest, name: string, value: string): AuthRequest {
  const { query } = request.address;
  const encoded = `${name}=${value}`;
  return {
    ...request,
    address: { ...request.address, query: query ? `${query}&${encoded}` : encoded },
  };
}

/** The request without the query parameters of these names. */
export function withoutQuery(request: AuthRequest, isUnwanted: (name: string) => boolean): AuthRequest {
  const { query, ...address } = request.address;
  if (query === undefined) return request;
  const pairs = query.split('&');
  const kept = pairs.filter((pair) => !isUnwanted(pair.replace(/=.*$/s, '')));
  if (kept.length === pairs.length) return request;
  return { ...request, address: kept.length === 0 ? address : { ...address, query: kept.join('&') } };
}
