import type { Call, Part } from '../call.ts';
import { toPieces, writeExpression, type Variables } from '../text.ts';
import type { CodeTarget } from './target.ts';

/** `Invoke-WebRequest` of PowerShell 7. */
export const powershell: CodeTarget = {
  title: 'PowerShell',
  language: 'powershell',
  comment: '#',
  write(call, variables) {
    const value = createValue(variables);
    const headers = call.headers.map(([name, text]) => `  ${value(name)} = ${value(text)}`);
    if (call.basic !== undefined) {
      const pair = value(`${call.basic.username}:${call.basic.password}`);
      headers.push(
        `  'Authorization' = 'Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(${pair}))`,
      );
    }
    const { before, parameters } = toBody(call.body, value);
    const command = [
      'Invoke-WebRequest',
      `-Uri ${value(call.url)}`,
      `-CustomMethod ${value(call.method)}`,
      ...(headers.length > 0 ? ['-Headers $headers'] : []),
      // What the server says about an error is an answer as well.
      '-SkipHttpErrorCheck',
      '-SkipHeaderValidation',
      ...parameters,
    ];
    return [
      ...(headers.length > 0 ? ['$headers = @{', ...headers, '}'] : []),
      ...before,
      `$response = ${command.join(' `\n  ')}`,
      '"$($response.StatusCode) $($response.Content)"',
    ].join('\n');
  },
};

function toBody(
  body: Call['body'],
  value: (text: string) => string,
): { readonly before: readonly string[]; readonly parameters: readonly string[] } {
  switch (body?.kind) {
    case undefined:
      return { before: [], parameters: [] };
    case 'text':
      return {
        before: [`$body = [Text.Encoding]::UTF8.GetBytes(${value(body.text)})`],
        parameters: ['-Body $body'],
      };
    case 'file':
      return { before: [], parameters: [`-InFile ${value(body.path)}`] };
    case 'multipart':
      return {
        before: ['$form = @{', ...toFormLines(body.parts, value), '}'],
        parameters: ['-Form $form'],
      };
  }
}

/** A table holds a name once; several values of it are a list. */
function toFormLines(parts: readonly Part[], value: (text: string) => string): string[] {
  const byName = new Map<string, string[]>();
  for (const { name, value: text, isFile } of parts) {
    const written = isFile ? `(Get-Item -Path ${value(text)})` : value(text);
    byName.set(name, [...(byName.get(name) ?? []), written]);
  }
  return [...byName].map(([name, values]) => `  ${value(name)} = ${values.join(', ')}`);
}

/** PowerShell: typographic quotes end a text as well, and every quote is doubled inside of one. */
function quoteSingle(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201A\u201B]/g, '$&$&')}'`;
}

function createValue(variables: Variables): (text: string) => string {
  return (text) => {
    const pieces = toPieces(text, variables);
    const written = writeExpression(pieces, { text: quoteSingle, variable: (name) => `$env:${name}` }, ' + ');
    return pieces.length > 1 ? `(${written})` : written;
  };
}
