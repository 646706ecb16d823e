import type { z } from 'zod';

export type RouteMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** The `{name}` parts of a path template: `PathParameters<'/api/runs/{id}'>` is `{ id: string }`. */
type PathParameters<Path extends string> = { readonly [Name in NamesIn<Path>]: string };

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

/** What comes back as the `Response` itself: a stream of events, text, or bytes. */
export type RawAnswer = 'stream' | 'text' | 'bytes';

/** One route of the workbench's API, written once: the server routes and parses by it, the page is typed by it. */
export interface RouteDefinition<
  Path extends string = string,
  Body extends z.ZodType | undefined = z.ZodType | undefined,
  Answer extends z.ZodType | RawAnswer | undefined = z.ZodType | RawAnswer | undefined,
  Method extends RouteMethod = RouteMethod,
> {
  readonly method: Method;
  readonly path: Path;
  /** One line, imperative. */
  readonly summary: string;
  readonly body?: Body;
  /** What comes back: JSON by a schema, the response itself, or nothing. */
  readonly answer?: Answer;
}

/** Keeps the literal types of one route. */
export function defineRoute<
  const Path extends string,
  Body extends z.ZodType | undefined = undefined,
  Answer extends z.ZodType | RawAnswer | undefined = undefined,
  const Method extends RouteMethod = RouteMethod,
>(definition: RouteDefinition<Path, Body, Answer, Method>): RouteDefinition<Path, Body, Answer, Method> {
  return definition;
}

/** What a route answers, as the page receives it. */
export type AnswerOf<Route> =
  Route extends RouteDefinition<string, z.ZodType | undefined, infer Answer>
    ? Answer extends z.ZodType
      ? z.output<Answer>
      : Answer extends RawAnswer
        ? Response
        : undefined
    : never;

/** What a route takes in its body, as the page sends it. */
export type BodyOf<Route> =
  Route extends RouteDefinition<string, infer Body>
    ? Body extends z.ZodType
      ? z.input<Body>
      : undefined
    : never;

/** What a handler gets of the body: already parsed. */
export type ParsedBodyOf<Route> =
  Route extends RouteDefinition<string, infer Body>
    ? Body extends z.ZodType
      ? z.output<Body>
      : undefined
    : never;

export type ParametersOf<Route> = Route extends RouteDefinition<infer Path> ? PathParameters<Path> : never;
