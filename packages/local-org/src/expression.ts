/** What an expression may read about one user. */
export interface Surroundings {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly internal: Readonly<Record<string, string>>;
  groups(): readonly { readonly id: string; readonly name: string }[];
}

type Value = unknown;
type Evaluate = (around: Surroundings) => Value;

const TOKENS =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(==|!=|<=|>=|&&|\|\||[<>!()?:,{}]))/y;
const DEEPEST = 40;
const MOST_CACHED = 500;
const compiled = new Map<string, (around: Surroundings) => boolean>();

/**
 * Compiles the part of Okta's expression language that group rules take (okta-expression-language, group rules):
 * attributes of the user, comparisons, AND / OR / not, a choice, String and Arrays functions, group membership.
 * Throws an Error with one sentence for anything else.
 */
export function compileExpression(text: string): (around: Surroundings) => boolean {
  const known = compiled.get(text);
  if (known) return known;
  const evaluate = parse(tokenize(text));
  const test = (around: Surroundings): boolean => evaluate(around) === true;
  if (compiled.size >= MOST_CACHED) compiled.clear();
  compiled.set(text, test);
  return test;
}

function tokenize(text: string): string[] {
  const source = text.trim();
  const tokens: string[] = [];
  TOKENS.lastIndex = 0;
  while (TOKENS.lastIndex < source.length) {
    const at = TOKENS.lastIndex;
    const match = TOKENS.exec(source);
    if (!match) throw new Error(`The expression is not valid at character ${at + 1}.`);
    tokens.push(match[0].trim());
  }
  if (tokens.length === 0) throw new Error('The expression is empty.');
  return tokens;
}

function parse(tokens: readonly string[]): Evaluate {
  let at = 0;
  let depth = 0;
  const take = (...wanted: readonly string[]): string | undefined => {
    const token = tokens[at];
    const hit = wanted.find(
      (word) => token === word || (/^[a-z]/i.test(word) && token?.toLowerCase() === word),
    );
    if (hit !== undefined) at++;
    return hit;
  };
  const need = (token: string): void => {
    if (take(token) === undefined) throw new Error(`The expression lacks a "${token}".`);
  };

  const choice = (): Evaluate => {
    if (++depth > DEEPEST) throw new Error('The expression is nested too deeply.');
    const test = either();
    if (take('?') === undefined) {
      depth--;
      return test;
    }
    const yes = choice();
    need(':');
    const no = choice();
    depth--;
    return (around) => (test(around) === true ? yes(around) : no(around));
  };
  const either = (): Evaluate => {
    let left = both();
    while (take('or', '||') !== undefined) {
      const [first, second] = [left, both()];
      left = (around) => first(around) === true || second(around) === true;
    }
    return left;
  };
  const both = (): Evaluate => {
    let left = comparison();
    while (take('and', '&&') !== undefined) {
      const [first, second] = [left, comparison()];
      left = (around) => first(around) === true && second(around) === true;
    }
    return left;
  };
  const comparison = (): Evaluate => {
    const left = single();
    const operator = take('==', '!=', '<=', '>=', '<', '>', 'eq', 'ne', 'lt', 'gt', 'le', 'ge');
    if (take('matches') !== undefined)
      throw new Error('The expression uses "matches", which is deprecated and not served here.');
    if (operator === undefined) return left;
    const right = single();
    return (around) => compare(operator, left(around), right(around));
  };
  const single = (): Evaluate => {
    if (take('!', 'not') !== undefined) {
      const inner = single();
      return (around) => inner(around) !== true;
    }
    if (take('(') !== undefined) {
      const inner = choice();
      need(')');
      return inner;
    }
    if (take('{') !== undefined) {
      const items = list('}');
      return (around) => items.map((item) => item(around));
    }
    const token = tokens[at++];
    if (token === undefined) throw new Error('The expression ends too early.');
    if (/^["']/.test(token)) return constant(token.slice(1, -1).replace(/\\(.)/g, '$1'));
    if (/^\d/.test(token)) return constant(Number(token));
    if (take('(') !== undefined) return call(token, list(')'));
    return name(token);
  };
  const list = (end: string): Evaluate[] => {
    const items: Evaluate[] = [];
    if (take(end) !== undefined) return items;
    do items.push(choice());
    while (take(',') !== undefined);
    need(end);
    return items;
  };

  const evaluate = choice();
  if (at !== tokens.length) throw new Error(`The expression has an unexpected "${tokens[at] ?? ''}".`);
  return evaluate;
}

function constant(value: Value): Evaluate {
  return () => value;
}

function name(token: string): Evaluate {
  if (token === 'true') return constant(true);
  if (token === 'false') return constant(false);
  if (token === 'null') return constant(null);
  const attribute = /^user\.(?:profile\.)?(\w+)$/.exec(token)?.[1];
  if (attribute === undefined)
    throw new Error(`The expression names ${token}, which is no attribute of a user.`);
  return ({ profile }) => (Object.hasOwn(profile, attribute) ? (profile[attribute] ?? null) : null);
}

function call(token: string, given: readonly Evaluate[]): Evaluate {
  const membership = memberships[token];
  if (membership)
    return (around) => {
      const values = given.map((one) => String(one(around) ?? ''));
      return around.groups().some((group) => membership(group, values));
    };
  if (token === 'user.getInternalProperty')
    return (around) => around.internal[String(given[0]?.(around) ?? '')] ?? null;
  const plain = functions[token];
  if (!plain) throw new Error(`The expression calls ${token}, which group rules do not have.`);
  return (around) => plain(...given.map((one) => one(around)));
}

type Group = { readonly id: string; readonly name: string };

const memberships: Readonly<Record<string, (group: Group, values: readonly string[]) => boolean>> = {
  isMemberOfGroup: (group, [id]) => group.id === id,
  isMemberOfAnyGroup: (group, ids) => ids.includes(group.id),
  isMemberOfGroupName: (group, [name]) => group.name === name,
  isMemberOfGroupNameStartsWith: (group, [start = '']) => group.name.startsWith(start),
  isMemberOfGroupNameContains: (group, [part = '']) => group.name.includes(part),
};

const text = (value: Value): string => (value === null || value === undefined ? '' : String(value));
const items = (value: Value): readonly Value[] => (Array.isArray(value) ? value : []);

const functions: Readonly<Record<string, (...given: readonly Value[]) => Value>> = {
  'String.append': (a, b) => text(a) + text(b),
  'String.join': (separator, ...parts) => parts.map(text).join(text(separator)),
  'String.len': (a) => text(a).length,
  'String.removeSpaces': (a) => text(a).replaceAll(' ', ''),
  'String.replace': (a, from, to) => text(a).replaceAll(text(from), () => text(to)),
  'String.replaceFirst': (a, from, to) => text(a).replace(text(from), () => text(to)),
  'String.startsWith': (a, b) => a !== null && text(a).startsWith(text(b)),
  'String.stringContains': (a, b) => a !== null && text(a).includes(text(b)),
  'String.substring': (a, from, to) => text(a).slice(Number(from), Number(to)),
  'String.substringAfter': (a, mark) =>
    text(a).includes(text(mark)) ? text(a).slice(text(a).indexOf(text(mark)) + text(mark).length) : '',
  'String.substringBefore': (a, mark) =>
    text(a).includes(text(mark)) ? text(a).slice(0, text(a).indexOf(text(mark))) : text(a),
  'String.toUpperCase': (a) => (a === null ? null : text(a).toUpperCase()),
  'String.toLowerCase': (a) => (a === null ? null : text(a).toLowerCase()),
  'String.stringSwitch': (a, otherwise, ...pairs) => {
    for (let index = 0; index + 1 < pairs.length; index += 2)
      if (text(a).includes(text(pairs[index]))) return pairs[index + 1];
    return otherwise;
  },
  'Arrays.contains': (list, value) => items(list).includes(value),
  'Arrays.size': (list) => items(list).length,
  'Arrays.isEmpty': (list) => items(list).length === 0,
  'Arrays.get': (list, index) => items(list)[Number(index)] ?? null,
  'Arrays.add': (list, value) => [...items(list), value],
  'Arrays.remove': (list, value) => items(list).filter((item) => item !== value),
  'Arrays.flatten': (...lists) => lists.flat(3),
  'Arrays.toCsvString': (list) => items(list).map(text).join(','),
};

function compare(operator: string, left: Value, right: Value): boolean {
  switch (operator) {
    case '==':
    case 'eq':
      return left === right;
    case '!=':
    case 'ne':
      return left !== right;
    default:
      return inOrder(operator, left, right);
  }
}

function inOrder(operator: string, left: Value, right: Value): boolean {
  const comparable =
    (typeof left === 'number' && typeof right === 'number') ||
    (typeof left === 'string' && typeof right === 'string');
  if (!comparable) return false;
  if (operator === '<' || operator === 'lt') return left < right;
  if (operator === '>' || operator === 'gt') return left > right;
  if (operator === '<=' || operator === 'le') return left <= right;
  return left >= right;
}
