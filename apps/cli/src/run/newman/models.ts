import type { Collection, Environment, Item, RequestItem } from '@castellan/collection';
import { writeCollection } from '@castellan/collection';
import type { HeaderLine, ReceivedResponse, ScopeValue, SentRequest } from '@castellan/engine';
import type { SdkItem, SdkRequest, SdkResponse } from './told.ts';

/** Postman's SDK as far as reporters are given things of it. */
interface Sdk {
  readonly Collection: new (json: object) => SdkCollection;
  readonly VariableScope: new (json: object) => object;
  readonly Request: new (json: object) => SdkRequest;
  readonly Response: new (json: object) => SdkResponse;
  readonly Event: new (json: object) => object;
  readonly Script: new (json: object) => object;
}

interface SdkCollection {
  readonly id: string;
  readonly name: string;
  forEachItem(visit: (item: SdkItem) => void): void;
}

/** Makes the things that Newman gives to reporters and callbacks. Loaded only for those, because it is large. */
export interface Models {
  readonly collection: SdkCollection;
  /** The item of the collection that is ours of this id. */
  item(id: string): SdkItem | undefined;
  scope(source: Environment | undefined, values: readonly ScopeValue[]): object;
  request(sent: SentRequest): SdkRequest;
  response(received: ReceivedResponse): SdkResponse;
  event(listen: string, source: string): object;
  script(source: string): object;
}

export async function loadModels(collection: Collection): Promise<Models> {
  const module: unknown = await import('postman-collection');
  // What the version pinned in package.json exports.
  const sdk = (module as { readonly default: Sdk }).default;
  const written = new sdk.Collection(JSON.parse(writeCollection(collection)) as object);
  const items = pair(collection, written);
  return {
    collection: written,
    item: (id) => items.get(id),
    scope: (source, values) =>
      new sdk.VariableScope({
        ...(source === undefined ? {} : { id: source.id, name: source.name }),
        values: values.map(({ key, value, type, disabled }) => ({
          key,
          value,
          type: type ?? 'any',
          ...(disabled === true ? { disabled } : {}),
        })),
      }),
    request: ({ method, url, headers, body }) =>
      new sdk.Request({
        method,
        url,
        header: toList(headers),
        ...(body === undefined ? {} : { body: { mode: 'raw', raw: body } }),
      }),
    response: (received) =>
      new sdk.Response({
        code: received.code,
        status: received.status,
        header: toList(received.headers),
        stream: Buffer.from(received.bodyBase64, 'base64'),
        responseTime: received.time,
        responseSize: received.size.body,
      }),
    event: (listen, source) => new sdk.Event({ listen, script: toScript(source) }),
    script: (source) => new sdk.Script(toScript(source)),
  };
}

function toScript(source: string): object {
  return { type: 'text/javascript', exec: source.split('\n') };
}

function toList(headers: readonly HeaderLine[]): object[] {
  return headers.map(([key, value]) => ({ key, value }));
}

/** Both hold the same requests in the same order; ids that the file does not have are made ours. */
function pair(collection: Collection, written: SdkCollection): ReadonlyMap<string, SdkItem> {
  const ours = toRequests(collection.items);
  const items = new Map<string, SdkItem>();
  written.forEachItem((item) => {
    const own = ours[items.size];
    if (own === undefined) return;
    item.id = own.id;
    items.set(own.id, item);
  });
  return items;
}

function toRequests(items: readonly Item[]): RequestItem[] {
  return items.flatMap((item) => (item.kind === 'folder' ? toRequests(item.items) : [item]));
}
