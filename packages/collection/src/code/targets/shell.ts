import { hasContentType, type Call, type Part } from '../call.ts';
import { toPieces, writeExpression, type Variables } from '../text.ts';
import type { CodeTarget } from './target.ts';

/** One command of a POSIX shell. */
export const curl: CodeTarget = {
  title: 'curl',
  language: 'shell',
  comment: '#',
  write(call, variables) {
    const word = createWord(variables);
    const { body, basic } = call;
    // curl: a body makes it a POST, so that the method need not be said.
    const implied = body === undefined ? 'GET' : 'POST';
    const lines = [
      ...(call.method === implied
        ? []
        : [call.method === 'HEAD' ? '--head' : `--request ${word(call.method)}`]),
      `--url ${word(call.url)}`,
      // What looks like a pattern in the address is none.
      ...(/[[\]{}]/.test(withoutVariables(call.url, variables)) ? ['--globoff'] : []),
      ...call.headers.map(
        ([name, value]) => `--header ${word(value === '' ? `${name};` : `${name}: ${value}`)}`,
      ),
      // curl: a body without a type is sent as a form; a name without a value takes the header away.
      ...(body !== undefined && body.kind !== 'multipart' && !hasContentType(call)
        ? [`--header ${word('Content-Type:')}`]
        : []),
      ...(basic === undefined ? [] : [`--user ${word(`${basic.username}:${basic.password}`)}`]),
      ...toData(body, word),
    ];
    return `curl ${lines.join(' \\\n  ')}`;
  },
};

/** A variable of the shell is filled in before curl sees the address. */
function withoutVariables(url: string, variables: Variables): string {
  return variables === 'kept' ? url : url.replaceAll(/\{\{[^{}]*\}\}/g, '');
}

function toData(body: Call['body'], word: (text: string) => string): string[] {
  switch (body?.kind) {
    case undefined:
      return [];
    case 'text':
      return [`--data-raw ${word(body.text)}`];
    case 'file':
      return [`--data-binary ${word(`@${body.path}`)}`];
    case 'multipart':
      return body.parts.map(({ name, value, isFile, contentType }) => {
        const type = contentType === undefined ? '' : `;type=${contentType}`;
        if (isFile) return `--form ${word(`${name}=@${quoteContent(value)}${type}`)}`;
        return type === ''
          ? `--form-string ${word(`${name}=${value}`)}`
          : `--form ${word(`${name}=${quoteContent(value)}${type}`)}`;
      });
  }
}

/** curl: between double quotes a value may hold what would end it, or what would make it a file. */
function quoteContent(value: string): string {
  return /[;,"\\]|^[@<\s]/.test(value) ? `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"` : value;
}

/** HTTPie's command line. */
export const httpie: CodeTarget = {
  title: 'HTTPie',
  language: 'shell',
  comment: '#',
  write(call, variables) {
    const word = createWord(variables);
    const { body, basic } = call;
    const items = body?.kind === 'multipart' ? body.parts : [];
    const lines = [
      ...(items.length > 0 ? ['--multipart'] : []),
      ...(basic === undefined ? [] : [`--auth ${word(`${basic.username}:${basic.password}`)}`]),
      `${word(call.method)} ${word(call.url)}`,
      ...call.headers.map(([name, value]) =>
        word(value === '' ? `${escapeName(name)};` : `${escapeName(name)}:${escapeStart(value)}`),
      ),
      // HTTPie: a body without a type is said to be JSON; a name without a value takes the header away.
      ...(body?.kind === 'text' && !hasContentType(call) ? ['Content-Type:'] : []),
      ...items.map((part) => word(toItem(part))),
      ...(body?.kind === 'text' ? [`--raw ${word(body.text)}`] : []),
      ...(body?.kind === 'file' ? [`< ${word(body.path)}`] : []),
    ];
    return `http ${body?.kind === 'file' ? '' : '--ignore-stdin '}${lines.join(' \\\n  ')}`;
  },
};

function toItem({ name, value, isFile, contentType }: Part): string {
  const type = contentType === undefined ? '' : `;type=${contentType}`;
  return `${escapeName(name)}${isFile ? `@${value}` : `=${escapeStart(value)}`}${type}`;
}

/** HTTPie: what parts a name from its value has a backslash in front where it does not. */
function escapeName(name: string): string {
  return name.replaceAll(/[:;=@\\]/g, String.raw`\$&`);
}

/** HTTPie: `:=`, `:@`, `==` and `=@` mean other things than `:` and `=`. */
function escapeStart(value: string): string {
  return value.replace(/^[=@]/, String.raw`\$&`);
}

/** A word of the shell: between single quotes nothing means anything, between double ones a variable does. */
function createWord(variables: Variables): (text: string) => string {
  return (text) =>
    writeExpression(
      toPieces(text, variables),
      {
        text: (piece) =>
          /^[\w@%+=:,./-]+$/.test(piece) ? piece : `'${piece.replaceAll("'", String.raw`'\''`)}'`,
        variable: (name) => `"$${name}"`,
      },
      '',
    );
}
