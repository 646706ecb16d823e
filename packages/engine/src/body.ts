import { randomBytes } from 'node:crypto';
import type { Body, Field, FormField } from '@castellan/collection';

/** A body as bytes, with what it does to the `Content-Type` header. */
export interface EncodedBody {
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  /** The type replaces what the person set: the encoding depends on it. */
  readonly replacesContentType?: boolean;
}

/** What bodies are encoded with. */
export interface BodyTools {
  readonly readFile: ReadFile;
  readonly warn: Warn;
  /** The type that the person set; a boundary in it is used. */
  readonly contentType?: string | undefined;
}

/** Reads a file that a body names. Rejects with an `Error` whose message says why it may not or can not. */
export type ReadFile = (path: string) => Promise<Uint8Array>;

/** Says what was left out of a body, in Postman's words. */
type Warn = (message: string) => void;

const METHODS_WITHOUT_BODY = new Set(['GET', 'COPY', 'HEAD', 'PURGE', 'UNLOCK']);

const LANGUAGES: Readonly<Record<string, string>> = {
  html: 'text/html',
  text: 'text/plain',
  json: 'application/json',
  javascript: 'application/javascript',
  xml: 'application/xml',
};

/**
 * Postman sends no body with GET, COPY, HEAD, PURGE and UNLOCK unless `disableBodyPruning` asks for it, and none
 * that is empty or switched off.
 */
export function sendsBody(method: string, body: Body | undefined, disableBodyPruning: boolean): body is Body {
  if (body === undefined || body.disabled === true || isEmpty(body)) return false;
  return disableBodyPruning || !METHODS_WITHOUT_BODY.has(method.toUpperCase());
}

function isEmpty(body: Body): boolean {
  switch (body.kind) {
    case 'raw':
      return body.text === '';
    case 'urlencoded':
    case 'formdata':
      return body.fields.every(({ disabled }) => disabled === true);
    case 'file':
    case 'graphql':
      return false;
  }
}

/** Encodes a filled body. Files that cannot be read are left out with a warning, as Postman does. */
export async function encodeBody(body: Body, tools: BodyTools): Promise<EncodedBody | undefined> {
  switch (body.kind) {
    case 'raw':
      return {
        bytes: Buffer.from(body.text, 'utf8'),
        contentType: LANGUAGES[body.language ?? 'text'] ?? 'text/plain',
      };
    case 'urlencoded':
      return {
        bytes: Buffer.from(encodeForm(body.fields), 'utf8'),
        contentType: 'application/x-www-form-urlencoded',
        replacesContentType: true,
      };
    case 'formdata':
      return encodeMultipart(body.fields, tools);
    case 'file':
      return encodeFile(body, tools);
    case 'graphql':
      return { bytes: Buffer.from(encodeGraphql(body), 'utf8'), contentType: 'application/json' };
  }
}

/** Fields of one name stand together, at the place of the first. Postman: querystring with arrays. */
function encodeForm(fields: readonly Field[]): string {
  const groups = new Map<string, string[]>();
  for (const { key, value, disabled } of fields) {
    if (disabled === true) continue;
    const name = key ?? '';
    const text = `${encodeFormText(name)}=${encodeFormText(value ?? '')}`;
    const group = groups.get(name);
    if (group) group.push(text);
    else groups.set(name, [text]);
  }
  return [...groups.values()].flat().join('&');
}

/** RFC 3986: `encodeURIComponent` and the five characters it leaves. */
export function encodeFormText(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function encodeGraphql(body: Extract<Body, { kind: 'graphql' }>): string {
  const parts: string[] = [];
  if (body.query !== '') parts.push(`"query":${JSON.stringify(body.query)}`);
  if (body.operationName !== undefined) parts.push(`"operationName":${JSON.stringify(body.operationName)}`);
  if (body.variables) parts.push(`"variables":${body.variables}`);
  return `{${parts.join(',')}}`;
}

async function encodeFile(
  body: Extract<Body, { kind: 'file' }>,
  { readFile, warn }: BodyTools,
): Promise<EncodedBody | undefined> {
  if (body.source === undefined && body.content !== undefined) {
    return { bytes: Buffer.from(body.content, 'base64') };
  }
  try {
    if (!body.source) throw new Error('invalid or missing file source');
    return { bytes: await readFile(body.source), contentType: await toFileType(body.source) };
  } catch (error) {
    warn(`Binary file load error: ${toMessage(error)}`);
    return undefined;
  }
}

async function encodeMultipart(
  fields: readonly FormField[],
  tools: BodyTools,
): Promise<EncodedBody | undefined> {
  const boundary =
    readBoundary(tools.contentType) ?? `--------------------------${randomBytes(12).toString('hex')}`;
  const chunks: Uint8Array[] = [];
  for (const field of fields) {
    if (field.disabled === true) continue;
    for (const part of await readParts(field, tools)) {
      chunks.push(
        Buffer.from(`--${boundary}\r\n${toPartHead(field, part)}\r\n\r\n`, 'utf8'),
        part.bytes,
        CRLF,
      );
    }
  }
  if (chunks.length === 0) return undefined;
  chunks.push(Buffer.from(`--${boundary}--\r\n`, 'utf8'));
  return {
    bytes: Buffer.concat(chunks),
    contentType: `multipart/form-data; boundary=${boundary}`,
    replacesContentType: true,
  };
}

/** Postman: a boundary that the person chose is kept, and any other type of theirs is replaced. */
function readBoundary(contentType = ''): string | undefined {
  return /^multipart\/form-data.*boundary=['"]?([^'";\s]+)/i.exec(contentType)?.[1];
}

const CRLF = Buffer.from('\r\n');

interface Part {
  readonly bytes: Uint8Array;
  readonly fileName?: string;
  readonly contentType?: string;
}

async function readParts(field: FormField, { readFile, warn }: BodyTools): Promise<Part[]> {
  const named = field.fileName === undefined ? {} : { fileName: field.fileName };
  if (field.type === 'text') return [{ bytes: Buffer.from(field.value ?? '', 'utf8'), ...named }];
  // Postman: a file may stand in the collection itself.
  if (field.source === undefined && field.value)
    return [{ bytes: Buffer.from(field.value, 'base64'), contentType: UNKNOWN_TYPE, ...named }];
  const paths = (field.source ?? []).filter((path) => path !== '');
  if (paths.length === 0) {
    // Postman: the field is sent all the same, as a file without a name.
    warn(`Form param \`${field.key ?? ''}\`, file load error: missing file source`);
    return [{ bytes: new Uint8Array(), fileName: '', ...named }];
  }
  const parts: Part[] = [];
  for (const path of paths) {
    try {
      const fileName = field.fileName ?? path.replace(/^.*[/\\]/s, '');
      parts.push({ bytes: await readFile(path), fileName, contentType: await toFileType(path) });
    } catch (error) {
      warn(`Form param \`${field.key ?? ''}\`, file load error: ${toMessage(error)}`);
    }
  }
  return parts;
}

function toPartHead(field: FormField, part: Part): string {
  const fileName = part.fileName === undefined ? '' : `; filename="${part.fileName}"`;
  const type = field.contentType ?? part.contentType;
  const disposition = `Content-Disposition: form-data; name="${field.key ?? ''}"${fileName}`;
  return type === undefined ? disposition : `${disposition}\r\nContent-Type: ${type}`;
}

const UNKNOWN_TYPE = 'application/octet-stream';

/** Postman: by the name of the file itself, in the same version of the list. Loaded for the first file. */
async function toFileType(path: string): Promise<string> {
  const { lookup } = await import('mime-types');
  return lookup(path) || UNKNOWN_TYPE;
}

function toMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
