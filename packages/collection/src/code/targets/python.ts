import type { Call } from '../call.ts';
import { quote, toFileName, writeQuoted } from '../text.ts';
import type { CodeTarget } from './target.ts';

/** The `requests` package. */
export const python: CodeTarget = {
  title: 'Python (requests)',
  language: 'python',
  comment: '#',
  write(call, variables) {
    const value = (text: string): string =>
      writeQuoted(text, variables, (name) => `os.environ[${quote(name)}]`);
    const written = [
      `${value(call.method)},`,
      `${value(call.url)},`,
      ...(call.headers.length === 0
        ? []
        : ['headers={', ...call.headers.map(([name, text]) => `    ${value(name)}: ${value(text)},`), '},']),
      ...(call.basic === undefined
        ? []
        : [`auth=(${value(call.basic.username)}, ${value(call.basic.password)}),`]),
      ...toBody(call.body, value),
    ].map((line) => `    ${line}`);
    const code = [
      'response = requests.request(',
      ...written,
      ')',
      'print(response.status_code, response.text)',
    ];
    const usesEnvironment = written.some((line) => line.includes('os.environ['));
    return [...(usesEnvironment ? ['import os', ''] : []), 'import requests', '', ...code].join('\n');
  },
};

function toBody(body: Call['body'], value: (text: string) => string): string[] {
  switch (body?.kind) {
    case undefined:
      return [];
    case 'text':
      return [`data=(${value(body.text)}).encode("utf-8"),`];
    case 'file':
      return [`data=open(${value(body.path)}, "rb"),`];
    case 'multipart':
      return [
        'files=[',
        ...body.parts.map(({ name, value: text, isFile, contentType }) => {
          const type = contentType === undefined ? '' : `, ${value(contentType)}`;
          const file = isFile
            ? `(${value(toFileName(text))}, open(${value(text)}, "rb")${type})`
            : `(None, ${value(text)}${type})`;
          return `    (${value(name)}, ${file}),`;
        }),
        '],',
      ];
  }
}
