import type { Call } from '../call.ts';
import { quote, toFileName, writeQuoted, type Variables } from '../text.ts';
import type { CodeTarget } from './target.ts';

/** The `fetch` of Node and browsers. */
export const javascript: CodeTarget = {
  title: 'JavaScript (fetch)',
  language: 'javascript',
  comment: '//',
  write(call, variables) {
    const value = (text: string): string => toJavaScriptText(text, variables);
    const headers = call.headers.map(([name, text]) => [value(name), value(text)] as const);
    if (call.basic !== undefined) {
      const pair = value(`${call.basic.username}:${call.basic.password}`);
      headers.push([quote('Authorization'), `"Basic " + btoa(${pair})`]);
    }
    const { before, imports, body } = toBody(call.body, value);
    const options = [
      `  method: ${value(call.method)},`,
      ...(headers.length === 0
        ? []
        : ['  headers: {', ...headers.map(([name, text]) => `    ${toKey(name)}: ${text},`), '  },']),
      ...(body === undefined ? [] : [`  body: ${body},`]),
    ];
    return [
      ...imports,
      ...before,
      `const response = await fetch(${value(call.url)}, {`,
      ...options,
      '});',
      'console.log(response.status, await response.text());',
    ].join('\n');
  },
};

/** A name that is put together when the code runs stands in brackets. */
function toKey(name: string): string {
  return name.includes('process.env') ? `[${name}]` : name;
}

function toBody(
  body: Call['body'],
  value: (text: string) => string,
): { readonly before: readonly string[]; readonly imports: readonly string[]; readonly body?: string } {
  const opening = ['import { openAsBlob } from "node:fs";', ''];
  switch (body?.kind) {
    case undefined:
      return { before: [], imports: [] };
    case 'text':
      return { before: [], imports: [], body: value(body.text) };
    case 'file':
      return { before: [], imports: opening, body: `await openAsBlob(${value(body.path)})` };
    case 'multipart': {
      const parts = body.parts.map(({ name, value: text, isFile, contentType }) => {
        const type = contentType === undefined ? '' : `, { type: ${value(contentType)} }`;
        if (isFile)
          return `form.append(${value(name)}, await openAsBlob(${value(text)}${type}), ${value(toFileName(text))});`;
        return type === ''
          ? `form.append(${value(name)}, ${value(text)});`
          : `form.append(${value(name)}, new Blob([${value(text)}]${type}));`;
      });
      return {
        imports: body.parts.some((one) => one.isFile) ? opening : [],
        before: ['const form = new FormData();', ...parts],
        body: 'form',
      };
    }
  }
}

/** A text as an expression of Node, its variables read from the environment of the process. */
export function toJavaScriptText(text: string, variables: Variables = 'environment'): string {
  return writeQuoted(text, variables, (name) => `process.env.${name}`);
}
