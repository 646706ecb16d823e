/** One command line cut into its words, as a shell would. */
export type Command = readonly string[];

const ANSI_C: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  e: '\u001B',
  f: '\f',
  v: '\v',
  '0': '\0',
};

/**
 * Cuts shell text into commands and words: quotes of POSIX shells, `$'…'`, carets of Windows' cmd, backticks of
 * PowerShell at line ends, comments and prompts. Nothing is expanded: `$NAME` stays as it is.
 */
export function tokenize(text: string): Command[] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  const isCmd = /\^\s*\r?\n|\^"/.test(text);
  const endWord = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = (): void => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  for (let at = 0; at < text.length; at++) {
    const rest = text.slice(at, at + 3);
    const continued = /^(?:\\|\^|`)[ \t]*\r?\n/.exec(text.slice(at, at + 40));
    if (continued !== null) {
      at += continued[0].length - 1;
      endWord();
    } else if (rest.startsWith("$'")) {
      const { value, end } = readAnsiC(text, at + 2);
      word = (word ?? '') + value;
      at = end;
    } else if (rest.startsWith("'")) {
      const end = endOf(text, "'", at + 1);
      word = (word ?? '') + text.slice(at + 1, end);
      at = end;
    } else if (rest.startsWith('"') || (isCmd && rest.startsWith('^"'))) {
      const { value, end } = isCmd ? readCmdQuoted(text, at) : readDoubleQuoted(text, at + 1);
      word = (word ?? '') + value;
      at = end;
    } else if (rest.startsWith('\\') || (isCmd && rest.startsWith('^'))) {
      word = (word ?? '') + (text[at + 1] ?? '');
      at += 1;
    } else if (rest.startsWith('#') && word === undefined) {
      at = endOf(text, '\n', at) - 1;
    } else if (
      /^[\n;]/.test(rest) ||
      rest.startsWith('&&') ||
      rest.startsWith('||') ||
      rest.startsWith('| ')
    ) {
      endCommand();
      if (/^[&|]{2}/.test(rest)) at += 1;
    } else if (/^\s/.test(rest)) endWord();
    else word = (word ?? '') + (text[at] ?? '');
  }
  endCommand();
  return commands;
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end === -1 ? text.length : end;
}

function readDoubleQuoted(text: string, from: number): { value: string; end: number } {
  let value = '';
  for (let at = from; at < text.length; at++) {
    if (text[at] === '"') return { value, end: at };
    const next = text[at + 1] ?? '';
    if (text[at] === '\\' && '"\\$`\n'.includes(next)) {
      value += next === '\n' ? '' : next;
      at += 1;
    } else value += text[at] ?? '';
  }
  return { value, end: text.length };
}

/** Chrome's “copy as cURL (cmd)”: `^"…^"` with `^` before special characters and `^\^"` for a quote. */
function readCmdQuoted(text: string, from: number): { value: string; end: number } {
  const opened = text[from] === '^' ? from + 2 : from + 1;
  let value = '';
  for (let at = opened; at < text.length; at++) {
    const one = text[at] ?? '';
    const quote = ['^\\^"', '\\^"', '\\"'].find((escaped) => text.startsWith(escaped, at));
    if (quote !== undefined) {
      value += '"';
      at += quote.length - 1;
    } else if (text.startsWith('^"', at)) return { value, end: at + 1 };
    else if (one === '"') return { value, end: at };
    else if (one === '^') {
      const lineEnd = /^\^\r?\n(?:\r?\n)?/.exec(text.slice(at, at + 5));
      value += lineEnd === null ? (text[at + 1] ?? '') : '\n';
      at += lineEnd === null ? 1 : lineEnd[0].length - 1;
    } else value += one;
  }
  return { value, end: text.length };
}

function readAnsiC(text: string, from: number): { value: string; end: number } {
  let value = '';
  for (let at = from; at < text.length; at++) {
    if (text[at] === "'") return { value, end: at };
    if (text[at] !== '\\') {
      value += text[at] ?? '';
      continue;
    }
    const code = /^\\(?:u([\da-fA-F]{1,4})|x([\da-fA-F]{1,2}))/.exec(text.slice(at, at + 6));
    const hex = code?.[1] ?? code?.[2];
    if (code !== null && hex !== undefined) {
      value += String.fromCharCode(Number.parseInt(hex, 16));
      at += code[0].length - 1;
    } else {
      const next = text[at + 1] ?? '';
      value += ANSI_C[next] ?? next;
      at += 1;
    }
  }
  return { value, end: text.length };
}
