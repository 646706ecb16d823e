import { OktaError } from './okta-error.ts';

/** The values of one attribute of an item; several where the attribute is a list. */
export type Attributes<Item> = (item: Item, attribute: string) => readonly unknown[];

export interface FilterRules {
  /** Which operators an attribute takes; `undefined` refuses the attribute. */
  readonly operatorsOf: (attribute: string) => readonly string[] | undefined;
  /** `search` ignores case in values, `filter` does not. */
  readonly ignoreCase: boolean;
}

type Test = (read: (attribute: string) => readonly unknown[]) => boolean;

const TOKENS = /\s*(?:(\()|(\))|("(?:[^"\\]|\\.)*")|([^\s()"]+))/y;
const DEEPEST = 50;

/**
 * Turns Okta's filter text (a SCIM subset: attribute operator value, `and`, `or`, parentheses) into a test of items.
 * Throws E0000031 for text that is no filter and for attributes or operators that the list does not take.
 */
export function compileFilter<Item>(
  text: string,
  rules: FilterRules,
  attributes: Attributes<Item>,
): (item: Item) => boolean {
  const test = parse(tokenize(text), rules);
  return (item) => test((attribute) => attributes(item, attribute));
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKENS.lastIndex = 0;
  const source = text.trim();
  while (TOKENS.lastIndex < source.length) {
    const match = TOKENS.exec(source);
    if (!match) throw refused();
    tokens.push(match[0].trim());
  }
  return tokens;
}

function parse(tokens: readonly string[], rules: FilterRules): Test {
  let at = 0;
  const isNext = (word: string): boolean => tokens[at]?.toLowerCase() === word;
  const either = (depth: number): Test => {
    let left = both(depth);
    while (isNext('or')) {
      at++;
      const [first, second] = [left, both(depth)];
      left = (read) => first(read) || second(read);
    }
    return left;
  };
  const both = (depth: number): Test => {
    let left = single(depth);
    while (isNext('and')) {
      at++;
      const [first, second] = [left, single(depth)];
      left = (read) => first(read) && second(read);
    }
    return left;
  };
  const single = (depth: number): Test => {
    if (depth > DEEPEST) throw refused();
    if (!isNext('(')) return comparison();
    at++;
    const inner = either(depth + 1);
    if (!isNext(')')) throw refused();
    at++;
    return inner;
  };
  const comparison = (): Test => {
    const attribute = tokens[at++];
    const operator = tokens[at++]?.toLowerCase();
    if (attribute === undefined || operator === undefined) throw refused();
    if (!rules.operatorsOf(attribute)?.includes(operator)) throw refused();
    if (operator === 'pr')
      return (read) => read(attribute).some((value) => value !== null && value !== undefined);
    const literal = tokens[at++];
    if (literal === undefined) throw refused();
    const matches = compare(operator, toValue(literal), rules.ignoreCase);
    return (read) => read(attribute).some(matches);
  };
  const test = either(0);
  if (at !== tokens.length) throw refused();
  return test;
}

function toValue(literal: string): unknown {
  try {
    const value: unknown = JSON.parse(literal);
    if (typeof value !== 'object') return value;
  } catch {
    // No JSON scalar: refused below.
  }
  throw refused();
}

function compare(operator: string, wanted: unknown, ignoreCase: boolean): (actual: unknown) => boolean {
  const fold = (value: unknown): unknown =>
    ignoreCase && typeof value === 'string' ? value.toLowerCase() : value;
  const right = fold(wanted);
  return (actual) => {
    const left = fold(actual);
    if (left === null || left === undefined) return false;
    if (operator === 'eq') return left === right;
    if (operator === 'ne') return left !== right;
    if (operator === 'sw') return String(left).startsWith(String(right));
    if (operator === 'ew') return String(left).endsWith(String(right));
    if (operator === 'co') return String(left).includes(String(right));
    const order = toOrder(left, right);
    if (order === undefined) return false;
    if (operator === 'gt') return order > 0;
    if (operator === 'ge') return order >= 0;
    if (operator === 'lt') return order < 0;
    return order <= 0;
  };
}

/** Moments compare as moments, whatever their offset; other text by its characters. */
function toOrder(left: unknown, right: unknown): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  if (/^\d{4}-\d\d-\d\dt/i.test(left)) {
    const moments = [Date.parse(left), Date.parse(right)] as const;
    return Number.isNaN(moments[1]) ? undefined : moments[0] - moments[1];
  }
  return left < right ? -1 : Number(left > right);
}

function refused(): OktaError {
  return new OktaError('E0000031', { causes: ['The filter or search text is not valid.'] });
}
