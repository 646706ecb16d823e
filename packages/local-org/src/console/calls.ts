import type { OperationDefinition, PathParameters } from '@castellan/okta-api';
import type { z } from 'zod';

type AnswerOf<Operation extends OperationDefinition> =
  Exclude<Operation['success']['answer'], undefined> extends infer Schema
    ? [Schema] extends [never]
      ? undefined
      : Schema extends z.ZodType
        ? z.output<Schema>
        : undefined
    : undefined;

/** What the body of an operation may be. */
export type BodyOf<Operation extends OperationDefinition> =
  Exclude<Operation['body'], undefined> extends infer Schema
    ? [Schema] extends [never]
      ? never
      : Schema extends z.ZodType
        ? z.input<Schema>
        : never
    : never;

/** What a call needs beside its operation; the path's parameters are asked for only where it has any. */
type Input<Operation extends OperationDefinition> = {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: BodyOf<Operation>;
} & (keyof PathParameters<Operation['path']> extends never
  ? { readonly params?: never }
  : { readonly params: PathParameters<Operation['path']> });

/** What the org answered; `after` is the cursor of the next page, if there is one. */
interface Answered<Answer> {
  readonly answer: Answer;
  readonly after: string | undefined;
}

/**
 * Calls an operation of the org's own API as the administrator who is signed in: everything that the console does can
 * be done through the API as well, and is checked, logged and refused like there.
 * @throws Refusal the org said no; the message is its reasons
 */
export type Call = <Operation extends OperationDefinition>(
  operation: Operation,
  ...input: keyof PathParameters<Operation['path']> extends never ? [Input<Operation>?] : [Input<Operation>]
) => Promise<Answered<AnswerOf<Operation>>>;

/** What the administrator asked for cannot be done; the message says why. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Refusal';
  }
}

/** @param send answers a request as the administrator */
export function createCall(origin: string, send: (request: Request) => Promise<Response>): Call {
  return async (operation, ...[input = {}]) => {
    const { params = {}, query = {}, body } = input as Input<OperationDefinition<'{any}'>>;
    const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent((params as Readonly<Record<string, string>>)[name] ?? ''),
    );
    const url = new URL(path, origin);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined && value !== '') url.searchParams.set(name, value);
    const response = await send(
      new Request(url, {
        method: operation.method,
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (!response.ok) throw new Refusal(toSentence(answer));
    // The org's answers have the shape of its definitions; a test sends every example of every operation.
    return { answer: answer as never, after: readCursor(response) };
  };
}

interface Envelope {
  readonly errorSummary: string;
  readonly errorCauses: readonly { readonly errorSummary: string }[];
}

/** Okta's summary of a refusal says "Api validation failed"; what helps a person are the causes. */
function toSentence(answer: unknown): string {
  const { errorSummary, errorCauses } = answer as Envelope; // every refusal of the pipeline is one
  const causes = errorCauses.map((cause) => cause.errorSummary);
  return causes.length > 0 ? causes.join('. ') : errorSummary;
}

function readCursor(response: Response): string | undefined {
  const link = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  return link === undefined ? undefined : (new URL(link).searchParams.get('after') ?? undefined);
}
