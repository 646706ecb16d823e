/**
 * The SCIM subset in which Okta's lists are asked: `attribute operator value`, joined by `and` and `or`.
 * Source: core-okta-api#filter.
 */
export const operators = ['eq', 'ne', 'gt', 'ge', 'lt', 'le', 'pr', 'sw', 'co', 'ew'] as const;

export type Operator = (typeof operators)[number];

export type FilterValue = string | number | boolean | null;

export interface Comparison {
  readonly kind: 'comparison';
  /** As written: names are case-sensitive. */
  readonly attribute: string;
  readonly operator: Operator;
  /** Absent for `pr`. */
  readonly value?: FilterValue;
}

export type Filter =
  | Comparison
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Filter[] }
  | { readonly kind: 'not'; readonly operand: Filter };

export interface FilterError {
  readonly kind: 'too-long' | 'too-deep' | 'unexpected' | 'unknown-operator';
  /** Characters from the start of the text. */
  readonly position: number;
  readonly sentence: string;
}

export type FilterResult =
  | { readonly ok: true; readonly filter: Filter }
  | { readonly ok: false; readonly error: FilterError };

/** More than a person or a program writes; what is longer is refused before it is read. */
const MAX_LENGTH = 16_384;
const MAX_DEPTH = 64;

/**
 * Reads a filter or search expression. `and` binds before `or`; operators and words may be in any case,
 * attribute names may not. Never throws; reads every character once.
 */
export function parseFilter(text: string): FilterResult {
  if (text.length > MAX_LENGTH)
    return failed('too-long', MAX_LENGTH, `The filter is longer than ${MAX_LENGTH} characters.`);
  try {
    const parser = new Parser(tokensOf(text));
    return { ok: true, filter: parser.parse() };
  } catch (error) {
    if (error instanceof FilterProblem) return { ok: false, error: error.problem };
    throw error;
  }
}

function failed(kind: FilterError['kind'], position: number, sentence: string): FilterResult {
  return { ok: false, error: { kind, position, sentence } };
}

class FilterProblem extends Error {
  readonly problem: FilterError;

  constructor(kind: FilterError['kind'], position: number, sentence: string) {
    super(sentence);
    this.problem = { kind, position, sentence };
  }
}

interface Token {
  readonly kind: 'word' | 'string' | '(' | ')' | 'end';
  readonly text: string;
  readonly position: number;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    const character = text.charAt(position);
    if (isSpace(character)) {
      position += 1;
      continue;
    }
    const token = readToken(text, position, character);
    tokens.push(token.token);
    position = token.next;
  }
  return [...tokens, { kind: 'end', text: '', position: text.length }];
}

function readToken(text: string, start: number, first: string) {
  if (first === '(' || first === ')')
    return { token: { kind: first, text: first, position: start } as const, next: start + 1 };
  if (first === '"') return readString(text, start);
  let end = start;
  while (end < text.length && !isSpace(text.charAt(end)) && !'()"'.includes(text.charAt(end))) end += 1;
  return { token: { kind: 'word', text: text.slice(start, end), position: start } as const, next: end };
}

/** A JSON string; a backslash before a character that JSON does not know stands for that character. */
function readString(text: string, start: number) {
  let end = start + 1;
  while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === '\\' ? 2 : 1;
  if (end >= text.length)
    throw new FilterProblem('unexpected', start, `The text that begins at ${start} has no closing quote.`);
  const raw = text.slice(start, end + 1);
  return { token: { kind: 'string', text: unquote(raw), position: start } as const, next: end + 1 };
}

function unquote(raw: string): string {
  try {
    return String(JSON.parse(raw));
  } catch {
    return raw.slice(1, -1).replaceAll(/\\(.)/gs, '$1');
  }
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Filter {
    const filter = this.#or();
    const rest = this.#take();
    if (rest.kind !== 'end') throw unexpected(rest, 'the end');
    return filter;
  }

  #or(): Filter {
    return this.#joined('or', () => this.#joined('and', () => this.#operand()));
  }

  #joined(word: 'and' | 'or', operand: () => Filter): Filter {
    const first = operand();
    const operands = [first];
    while (isWord(this.#peek(), word)) {
      this.#take();
      operands.push(operand());
    }
    return operands.length === 1 ? first : { kind: word, operands };
  }

  #operand(): Filter {
    const token = this.#peek();
    if (token.kind === '(') return this.#group();
    if (isWord(token, 'not')) {
      this.#take();
      if (this.#peek().kind !== '(') throw unexpected(this.#peek(), 'an opening parenthesis');
      return { kind: 'not', operand: this.#group() };
    }
    return this.#comparison();
  }

  #group(): Filter {
    const open = this.#take();
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH)
      throw new FilterProblem(
        'too-deep',
        open.position,
        `The filter has more than ${MAX_DEPTH} parentheses inside each other.`,
      );
    const inner = this.#or();
    const close = this.#take();
    if (close.kind !== ')') throw unexpected(close, 'a closing parenthesis');
    this.#depth -= 1;
    return inner;
  }

  #comparison(): Comparison {
    const attribute = this.#take();
    if (attribute.kind !== 'word' || !isAttribute(attribute.text))
      throw unexpected(attribute, 'an attribute');
    const word = this.#take();
    const operator = operators.find((name) => isWord(word, name));
    if (!operator)
      throw new FilterProblem(
        'unknown-operator',
        word.position,
        `At ${word.position} stands "${word.text}" where an operator is expected: ${operators.join(', ')}.`,
      );
    if (operator === 'pr') return { kind: 'comparison', attribute: attribute.text, operator };
    return { kind: 'comparison', attribute: attribute.text, operator, value: valueOf(this.#take()) };
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? END;
  }

  #take(): Token {
    const token = this.#peek();
    this.#next += 1;
    return token;
  }
}

const END: Token = { kind: 'end', text: '', position: 0 };

function unexpected(token: Token, wanted: string): FilterProblem {
  const found = token.kind === 'end' ? 'the filter ends' : `stands "${token.text}"`;
  return new FilterProblem(
    'unexpected',
    token.position,
    `At ${token.position} ${found} where ${wanted} is expected.`,
  );
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === word;
}

/** `profile.email`, `debugContext.debugData.url`, `urn:…`: begins with a letter or `_`. */
function isAttribute(text: string): boolean {
  return /^[A-Za-z_][\w.:$-]*$/.test(text);
}

function valueOf(token: Token): FilterValue {
  if (token.kind === 'string') return token.text;
  if (token.kind === 'word') {
    const text = token.text.toLowerCase();
    if (text === 'true' || text === 'false') return text === 'true';
    if (text === 'null') return null;
    if (/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text);
  }
  throw unexpected(token, 'a value (text stands in double quotes)');
}
