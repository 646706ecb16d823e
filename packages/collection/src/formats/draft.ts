import { compact } from '../json.ts';
import type { JsonObject } from '../json.ts';
import type { Collection, Json, Note } from '../model.ts';
import { parseUrl, toQueryText } from '../url.ts';
import { readPostmanV2 } from './postman-v2/read.ts';

/** A field as other tools have it: a name, a value, and whether it is switched off. */
export interface DraftField {
  readonly key: string;
  readonly value: string;
  readonly disabled?: boolean | undefined;
  readonly description?: string | undefined;
}

export interface DraftFormField extends DraftField {
  readonly type?: 'text' | 'file';
  readonly src?: string | undefined;
  readonly contentType?: string | undefined;
}

export type DraftBody =
  | { readonly mode: 'raw'; readonly raw: string; readonly language?: string | undefined }
  | { readonly mode: 'urlencoded'; readonly fields: readonly DraftField[] }
  | { readonly mode: 'formdata'; readonly fields: readonly DraftFormField[] }
  | { readonly mode: 'file'; readonly src: string }
  | { readonly mode: 'graphql'; readonly query: string; readonly variables?: string | undefined };

export interface DraftAuth {
  readonly type: string;
  readonly parameters: Readonly<Record<string, Json>>;
}

export interface DraftRequest {
  readonly name: string;
  readonly id?: string | undefined;
  readonly method: string;
  /** The address as a text; further parameters may stand in `query`. */
  readonly url: string;
  readonly query?: readonly DraftField[] | undefined;
  readonly pathVariables?: readonly DraftField[] | undefined;
  readonly headers?: readonly DraftField[] | undefined;
  readonly body?: DraftBody | undefined;
  readonly auth?: DraftAuth | undefined;
  readonly description?: string | undefined;
  readonly preRequest?: string | undefined;
  readonly test?: string | undefined;
  readonly settings?: JsonObject | undefined;
  readonly examples?: readonly DraftExample[] | undefined;
}

export interface DraftExample {
  readonly name: string;
  readonly code: number;
  readonly status?: string | undefined;
  readonly headers?: readonly DraftField[] | undefined;
  readonly body?: string | undefined;
  /** The request that was answered, where the file remembers it. */
  readonly request?: DraftRequest | undefined;
}

export interface DraftFolder {
  readonly name: string;
  readonly id?: string | undefined;
  readonly description?: string | undefined;
  readonly auth?: DraftAuth | undefined;
  readonly variables?: readonly DraftField[] | undefined;
  readonly preRequest?: string | undefined;
  readonly test?: string | undefined;
  readonly items: readonly (DraftFolder | DraftRequest)[];
}

/**
 * A collection from what the reader of another tool's format found; it goes through the reader of Postman's
 * format, so that ids, addresses and empty things are the same whatever the file was.
 */
export function toCollection(draft: DraftFolder): { collection: Collection; notes: Note[] } {
  const { name, id: _id, ...root } = toItem(draft);
  return readPostmanV2({
    ...root,
    info: { name: name ?? '', ...compact({ _postman_id: draft.id, description: draft.description }) },
  });
}

function toItem(draft: DraftFolder | DraftRequest): JsonObject {
  const event = toEvents(draft);
  const shared = compact({ name: draft.name, id: draft.id, event: event.length === 0 ? undefined : event });
  if ('items' in draft) {
    return {
      ...shared,
      item: draft.items.map(toItem),
      ...compact({
        description: draft.description || undefined,
        auth: toAuth(draft.auth),
        variable: draft.variables?.map(toField),
      }),
    };
  }
  return {
    ...shared,
    request: toRequest(draft),
    ...compact({ protocolProfileBehavior: draft.settings, response: draft.examples?.map(toResponse) }),
  };
}

function toRequest(draft: DraftRequest): JsonObject {
  const url = parseUrl(draft.url);
  const query = [...url.query.map(({ key, value }) => ({ key, value })), ...(draft.query ?? []).map(toField)];
  const added = toQueryText(
    (draft.query ?? []).map(({ disabled, key, value }) => ({ key, value, ...compact({ disabled }) })),
  );
  const filled = (draft.pathVariables ?? []).map(toField);
  const names = new Set(filled.map((one) => one['key']));
  const variable = [
    ...filled,
    ...url.pathVariables.filter((one) => !names.has(one.key)).map(({ key }) => ({ key })),
  ];
  return {
    method: draft.method.toUpperCase(),
    header: (draft.headers ?? []).map(toField),
    url: {
      raw: withQuery(url.raw, added),
      ...compact({
        protocol: url.protocol,
        auth: url.auth === undefined ? undefined : { ...url.auth },
        host: url.host === undefined ? undefined : [...url.host],
        port: url.port,
        path: url.path === undefined ? undefined : [...url.path],
        hash: url.hash,
      }),
      ...(query.length > 0 && { query }),
      ...(variable.length > 0 && { variable }),
    },
    ...compact({
      description: draft.description || undefined,
      auth: toAuth(draft.auth),
      body: draft.body && toBody(draft.body),
    }),
  };
}

/** What a person sees of the address holds the parameters that are on. */
function withQuery(raw: string, added: string | undefined): string {
  if (added === undefined) return raw;
  const [start = '', hash] = raw.split(/#(.*)/s);
  return `${start}${start.includes('?') ? '&' : '?'}${added}${hash === undefined ? '' : `#${hash}`}`;
}

function toBody(body: DraftBody): JsonObject {
  switch (body.mode) {
    case 'raw':
      return {
        mode: 'raw',
        raw: body.raw,
        ...(body.language !== undefined && { options: { raw: { language: body.language } } }),
      };
    case 'urlencoded':
      return { mode: 'urlencoded', urlencoded: body.fields.map(toField) };
    case 'formdata':
      return {
        mode: 'formdata',
        formdata: body.fields.map((field) => ({
          ...toField(field),
          type: field.type ?? 'text',
          ...compact({ src: field.src, contentType: field.contentType }),
        })),
      };
    case 'file':
      return { mode: 'file', file: { src: body.src } };
    case 'graphql':
      return { mode: 'graphql', graphql: { query: body.query, ...compact({ variables: body.variables }) } };
  }
}

function toAuth(auth: DraftAuth | undefined): JsonObject | undefined {
  if (auth === undefined) return undefined;
  const parameters = Object.entries(auth.parameters).map(([key, value]) => ({
    key,
    value,
    type: typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'boolean' : 'any',
  }));
  return { type: auth.type, ...(parameters.length > 0 && { [auth.type]: parameters }) };
}

function toField(field: DraftField): JsonObject {
  return {
    key: field.key,
    value: field.value,
    ...compact({
      description: field.description || undefined,
      disabled: field.disabled === true ? true : undefined,
    }),
  };
}

function toEvents(draft: DraftFolder | DraftRequest): Json[] {
  const scripts = [
    ['prerequest', draft.preRequest],
    ['test', draft.test],
  ] as const;
  return scripts.flatMap(([listen, source]) =>
    source ? [{ listen, script: { type: 'text/javascript', exec: source.split('\n') } }] : [],
  );
}

function toResponse(example: DraftExample): JsonObject {
  return {
    name: example.name,
    code: example.code,
    ...compact({
      originalRequest: example.request && toRequest(example.request),
      status: example.status || undefined,
      body: example.body,
    }),
    header: (example.headers ?? []).map(toField),
  };
}

/** The language that Postman's editor shows for a content type. */
export function toLanguage(contentType: string): string | undefined {
  return ['json', 'xml', 'html', 'javascript'].find((one) => contentType.includes(one));
}
