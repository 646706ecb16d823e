import type { Body } from '@castellan/collection';
import { findHeader } from './headers.ts';
import type { HeaderLine } from './headers.ts';

/** Postman: comments in a JSON body are for its writer; they do not leave. */
export function withoutJsonComments(body: Body, headers: readonly HeaderLine[]): Body {
  if (body.kind !== 'raw' || !/\/[/*]/.test(body.text) || !isJson(body, headers)) return body;
  return { ...body, text: stripComments(body.text) };
}

function isJson(body: Extract<Body, { kind: 'raw' }>, headers: readonly HeaderLine[]): boolean {
  if (body.language) return body.language === 'json';
  return /^application\/(\S+\+)?json/.test(findHeader(headers, 'content-type') ?? '');
}

/** Texts in quotes are stepped over, so that an address in one keeps its slashes. */
function stripComments(text: string): string {
  return text.replace(
    /("(?:[^"\\]|\\.)*"?)|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g,
    (_, quoted?: string) => quoted ?? '',
  );
}
