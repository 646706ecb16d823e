import type { Environment, RequestDefinition } from '../model.ts';
import { parseUrl } from '../url.ts';
import type { OperationReplacement, RepairFacts } from './facts.ts';
import { findOperation, readParameters } from './operations.ts';

/** A request before and after a repair, with the line that a person compares. */
interface Mended<Thing> {
  readonly thing: Thing;
  readonly before: string;
  readonly after: string;
}

interface RepairText {
  readonly id: string;
  readonly title: string;
  /** What is wrong and what the repair does, in whole sentences. */
  readonly explanation: string;
}

export interface RequestRule extends RepairText {
  /** `undefined`: nothing to mend. */
  readonly mend: (request: RequestDefinition) => Mended<RequestDefinition> | undefined;
}

export interface EnvironmentRule extends RepairText {
  /** What a person is asked for; the answer goes where the repair works. */
  readonly asks: string;
  readonly mend: (environment: Environment, answer: string) => Mended<Environment> | undefined;
}

/** The rules for requests that the facts make possible. */
export function toRequestRules(facts: RepairFacts): RequestRule[] {
  return [
    {
      id: 'authorization-space',
      title: 'Put a space between the scheme and the token',
      explanation:
        'The Authorization header names its scheme and the token without a space in between, which servers refuse.',
      mend: (request) => mendAuthorization(request, facts.authorizationSchemes),
    },
    {
      id: 'placeholder-host',
      title: `Use {{${facts.addressVariable}}} for the server`,
      explanation: `The address names a host from documentation. The repair puts {{${facts.addressVariable}}} in its place, so that the chosen environment decides where the request goes.`,
      mend: (request) => mendHost(request, facts),
    },
    ...facts.replacements.map((replacement) => toReplacementRule(replacement, facts)),
  ];
}

/** The rules for environments that the facts make possible. */
export function toEnvironmentRules(facts: RepairFacts): EnvironmentRule[] {
  return [
    {
      id: 'placeholder-address',
      title: 'Replace the placeholder address',
      explanation:
        'The environment names a host from documentation, which is nobody’s server or somebody else’s. The repair puts your address in its place, or leaves it empty: then a request says what is missing and sends nothing.',
      asks: 'Address of your server, such as https://acme.example.com',
      mend: (environment, answer) => mendAddress(environment, facts, answer),
    },
  ];
}

function mendAuthorization(
  request: RequestDefinition,
  schemes: readonly string[],
): Mended<RequestDefinition> | undefined {
  const glued = new RegExp(`^(${schemes.join('|')})(\\{\\{.*)$`, 's');
  const index = request.headers.findIndex(
    ({ key, value }) => key?.toLowerCase() === 'authorization' && glued.test(value ?? ''),
  );
  const header = request.headers[index];
  if (header?.value === undefined || header.value === null) return undefined;
  const value = header.value.replace(glued, '$1 $2');
  return {
    thing: { ...request, headers: request.headers.with(index, { ...header, value }) },
    before: `${header.key}: ${header.value}`,
    after: `${header.key}: ${value}`,
  };
}

function mendHost(request: RequestDefinition, facts: RepairFacts): Mended<RequestDefinition> | undefined {
  const { raw } = request.url;
  const rest = cutPlaceholder(raw, facts);
  if (rest === undefined) return undefined;
  const after = `{{${facts.addressVariable}}}${rest}`;
  return { thing: { ...request, url: withFields(request, after) }, before: raw, after };
}

/** What stands behind a placeholder host; `undefined` when the address has none. */
function cutPlaceholder(address: string, { placeholderHosts }: RepairFacts): string | undefined {
  const pattern = new RegExp(`^https?://(?:${placeholderHosts.join('|')})(?=[/?#]|$)`, 'i');
  return pattern.test(address) ? address.replace(pattern, '') : undefined;
}

/** The new address with what the old one says of its parameters: descriptions, and which are switched off. */
function withFields(request: RequestDefinition, raw: string): RequestDefinition['url'] {
  return { ...parseUrl(raw), query: request.url.query, pathVariables: request.url.pathVariables };
}

function mendAddress(
  environment: Environment,
  facts: RepairFacts,
  answer: string,
): Mended<Environment> | undefined {
  const index = environment.values.findIndex(
    ({ key, value }) =>
      key === facts.addressVariable &&
      typeof value === 'string' &&
      cutPlaceholder(value.trim(), facts) !== undefined,
  );
  const row = environment.values[index];
  if (row === undefined) return undefined;
  const value = answer.trim().replace(/\/+$/, '');
  return {
    thing: { ...environment, values: environment.values.with(index, { ...row, value }) },
    before: `${row.key}: ${String(row.value)}`,
    after: `${row.key}: ${value}`,
  };
}

function toReplacementRule(replacement: OperationReplacement, facts: RepairFacts): RequestRule {
  const { method, path, to, reason } = replacement;
  const old = `${method} ${path}`;
  const operations = [...facts.operations, replacement];
  return {
    id: `replace ${old}`,
    title: `Call ${to.method} ${to.path} in place of ${old}`,
    explanation: reason,
    mend(request) {
      const found = findOperation(request, operations);
      if (found?.path !== path || found.method !== method) return undefined;
      const mended = replaceOperation(request, replacement);
      return {
        thing: mended,
        before: `${request.method} ${request.url.raw}`,
        after: `${mended.method} ${mended.url.raw}`,
      };
    },
  };
}

function replaceOperation(request: RequestDefinition, { path, to }: OperationReplacement): RequestDefinition {
  const parameters = readParameters(request, path);
  const newPath = to.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => parameters.get(name) ?? `{{${name}}}`,
  );
  const query = request.url.query.map((field) => ({
    ...field,
    key: (field.key === null ? undefined : to.query?.[field.key]) ?? field.key,
    value:
      field.value === null
        ? null
        : (to.texts ?? []).reduce((text, [old, now]) => text.replaceAll(old, now), field.value),
  }));
  const written = query
    .filter((field) => field.disabled !== true)
    .map(({ key, value }) => `${key ?? ''}${value === null ? '' : `=${value}`}`)
    .join('&');
  const start = request.url.raw.slice(0, request.url.raw.indexOf(firstSegment(request)));
  const raw = `${start.replace(/\/$/, '')}${newPath}${written === '' ? '' : `?${written}`}`;
  return { ...request, method: to.method, url: { ...withFields(request, raw), query } };
}

function firstSegment({ url }: RequestDefinition): string {
  return `/${(url.path ?? []).find((one) => one !== '') ?? ''}`;
}
