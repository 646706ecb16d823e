import {
  findOperation,
  readParameters,
  toCall,
  toJavaScriptText,
  type CallOptions,
  type RequestItem,
} from '@castellan/collection';
import { sdkMethods } from './sdk-methods.ts';

/** An operation that the SDK has a method for. */
interface SdkOperation {
  readonly method: string;
  readonly path: string;
  readonly call: string;
  readonly pathNames: readonly string[];
  readonly bodyName: string | undefined;
}

const operations: readonly SdkOperation[] = Object.entries(sdkMethods).map(([operation, sdk]) => {
  const [method = '', path = ''] = operation.split(' ');
  const [, call = '', names = '', bodyName] = /^([\w.]+)\(([^)]*)\)(?: (\w+))?$/.exec(sdk) ?? [];
  return { method, path, call, pathNames: names.split(', '), bodyName };
});

/**
 * Writes a request as a call of Okta's SDK for Node.
 * @returns the code, or `undefined` when the SDK has no method for the request
 */
export function writeSdkCode(item: RequestItem, options: CallOptions = {}): string | undefined {
  const operation = findOperation(item.request, operations);
  if (operation === undefined) return undefined;
  const { url, headers, body } = toCall(item, options);
  const token = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '{{apikey}}';
  const parameters = [
    ...toPathParameters(item, operation, options),
    ...toQueryParameters(url),
    ...(operation.bodyName !== undefined && body?.kind === 'text'
      ? [`${operation.bodyName}: ${toBody(body.text)},`]
      : []),
  ];
  const argument =
    parameters.length === 0 ? '' : `{\n${parameters.map((line) => indent(line)).join('\n')}\n}`;
  const isList = operation.call.includes('.list');
  const call = `await client.${operation.call}(${argument})`;
  return [
    'import okta from "@okta/okta-sdk-nodejs";',
    '',
    'const client = new okta.Client({',
    `  orgUrl: ${toJavaScriptText(toOrigin(item, options))},`,
    `  token: ${toJavaScriptText(token.replace(/^SSWS\s*/, ''))},`,
    '});',
    '',
    ...(isList
      ? [`const items = ${call};`, 'await items.each((item) => console.log(item));']
      : [`console.log(${call});`]),
    '',
  ].join('\n');
}

/** The address in front of the path. */
function toOrigin(item: RequestItem, options: CallOptions): string {
  const { url } = toCall(
    { ...item, request: { ...item.request, url: { ...item.request.url, path: [], query: [] } } },
    options,
  );
  return url.replace(/\/$/, '');
}

function toPathParameters(
  item: RequestItem,
  { path, pathNames }: SdkOperation,
  options: CallOptions,
): string[] {
  const values = [...readParameters(item.request, path).values()];
  return values.map((value, index) => {
    const named = item.request.url.pathVariables.find((one) => `:${one.key}` === value)?.value;
    const text = typeof named === 'string' && named !== '' ? named : value.replace(/^:(.+)$/, '{{$1}}');
    // The text is filled in as the address is.
    const filled = toCall(withUrl(item, text), options).url;
    return `${pathNames[index] ?? `parameter${index + 1}`}: ${toJavaScriptText(decode(filled))},`;
  });
}

function withUrl(item: RequestItem, text: string): RequestItem {
  return {
    ...item,
    request: { ...item.request, url: { raw: text, host: [text], query: [], pathVariables: [] } },
  };
}

function toQueryParameters(url: string): string[] {
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1).split('&') : [];
  return query.map((pair) => {
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const camel = name.replaceAll(/[^a-zA-Z\d]+([a-zA-Z\d])/g, (_, letter: string) => letter.toUpperCase());
    const text = decode(value);
    return `${camel}: ${/^(?:\d{1,9}|true|false)$/.test(text) ? text : toJavaScriptText(text)},`;
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** JSON is JavaScript, with its texts put together from variables; anything else is a text. */
function toBody(text: string): string {
  try {
    const laid = JSON.stringify(JSON.parse(text), null, 2);
    return laid.replaceAll(/"(?:[^"\\]|\\.)*"(?=\s*[,\n\]}]|$)/g, (whole) =>
      // A match is one text of JSON.
      whole.includes('{{') ? toJavaScriptText(JSON.parse(whole) as string) : whole,
    );
  } catch {
    return toJavaScriptText(text);
  }
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ');
}
