import { z } from 'zod';
import { isObject } from '../../json.ts';
import { parseUrl } from '../../url.ts';
import { toCollection, toLanguage } from '../draft.ts';
import type { DraftBody, DraftExample, DraftField, DraftRequest } from '../draft.ts';
import { readWith, toFileTitle } from '../format.ts';
import type { Format } from '../format.ts';

const Pair = z.object({ name: z.string().catch(''), value: z.string().catch('') });
const Pairs = z.array(Pair).catch([]);
const PostData = z.object({
  mimeType: z.string().catch(''),
  text: z.string().optional().catch(undefined),
  params: z
    .array(
      Pair.extend({
        fileName: z.string().optional().catch(undefined),
        contentType: z.string().optional().catch(undefined),
      }),
    )
    .catch([]),
});
const Entry = z.object({
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: Pairs,
    postData: PostData.optional().catch(undefined),
  }),
  response: z
    .object({
      status: z.number(),
      statusText: z.string().catch(''),
      headers: Pairs,
      content: z.object({ text: z.string().optional(), encoding: z.string().optional() }).catch({}),
    })
    .optional()
    .catch(undefined),
});
const Har = z.object({ log: z.object({ entries: z.array(Entry) }) });

type Entry = z.infer<typeof Entry>;

/** Names that HTTP/2 puts before a request's headers, and those that each sender sets anew. */
const TRANSPORT_HEADERS = new Set(['content-length', 'host', 'connection', 'accept-encoding']);

/** HTTP archives, as browsers and proxies record them; the recorded answer becomes an example. */
export const har: Format = {
  title: 'HTTP archive (HAR)',
  detect: ({ json }) => isObject(json) && isObject(json['log']) && Array.isArray(json['log']['entries']),
  read: ({ json, name }) => {
    const { log } = readWith(Har, json, 'archive');
    const { collection, notes } = toCollection({
      name: toFileTitle(name) ?? 'HTTP archive',
      items: log.entries.map(toRequest),
    });
    return { collections: [collection], environments: [], notes };
  },
};

function toRequest({ request, response }: Entry): DraftRequest {
  const path = parseUrl(request.url).path ?? [];
  return {
    name: `${request.method.toUpperCase()} /${path.join('/')}`,
    method: request.method,
    url: request.url,
    headers: request.headers
      .map(toField)
      .filter((one) => !one.key.startsWith(':') && !TRANSPORT_HEADERS.has(one.key.toLowerCase())),
    body: request.postData && toBody(request.postData),
    examples: response === undefined || response.status <= 0 ? [] : [toExample(response)],
  };
}

function toBody({ mimeType, text, params }: z.infer<typeof PostData>): DraftBody | undefined {
  if (params.length > 0 && mimeType.includes('multipart/')) {
    return {
      mode: 'formdata',
      fields: params.map((one) =>
        one.fileName === undefined
          ? toField(one)
          : { ...toField(one), type: 'file', src: one.fileName, contentType: one.contentType },
      ),
    };
  }
  if (params.length > 0 && (text === undefined || text === ''))
    return { mode: 'urlencoded', fields: params.map(toField) };
  return text === undefined ? undefined : { mode: 'raw', raw: text, language: toLanguage(mimeType) };
}

function toExample(response: NonNullable<Entry['response']>): DraftExample {
  const isText = response.content.encoding !== 'base64';
  return {
    name: `${response.status} ${response.statusText}`.trim(),
    code: response.status,
    status: response.statusText,
    headers: response.headers.map(toField).filter((one) => !one.key.startsWith(':')),
    body: isText ? response.content.text : undefined,
  };
}

function toField({ name, value }: z.infer<typeof Pair>): DraftField {
  return { key: name, value };
}
