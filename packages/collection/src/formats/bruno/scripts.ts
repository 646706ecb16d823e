/** What Bruno's scripts call things, and what they are called here; longer names stand first. */
const NAMES: readonly (readonly [bruno: RegExp, here: string])[] = [
  [/\bbru\.(?:setVar|setCollectionVar)\(/g, 'pm.collectionVariables.set('],
  [/\bbru\.(?:getVar|getRequestVar|getFolderVar)\(/g, 'pm.variables.get('],
  [/\bbru\.getCollectionVar\(/g, 'pm.collectionVariables.get('],
  [/\bbru\.deleteVar\(/g, 'pm.collectionVariables.unset('],
  [/\bbru\.setEnvVar\(/g, 'pm.environment.set('],
  [/\bbru\.getEnvVar\(/g, 'pm.environment.get('],
  [/\bbru\.hasEnvVar\(/g, 'pm.environment.has('],
  [/\bbru\.deleteEnvVar\(/g, 'pm.environment.unset('],
  [/\bbru\.getEnvName\(\)/g, 'pm.environment.name'],
  [/\bbru\.setGlobalEnvVar\(/g, 'pm.globals.set('],
  [/\bbru\.getGlobalEnvVar\(/g, 'pm.globals.get('],
  [/\bbru\.(?:setNextRequest|runner\.setNextRequest)\(/g, 'pm.execution.setNextRequest('],
  [/\bbru\.runner\.skipRequest\(/g, 'pm.execution.skipRequest('],
  [/\bres\.getStatus\(\)|\bres\.status\b(?!Text)/g, 'pm.response.code'],
  [/\bres\.(?:getStatusText\(\)|statusText\b)/g, 'pm.response.status'],
  [/\bres\.getHeader\(/g, 'pm.response.headers.get('],
  [/\bres\.(?:getResponseTime\(\)|responseTime\b)/g, 'pm.response.responseTime'],
  [/\bres\.(?:getBody\(\)|body\b)/g, 'pm.response.json()'],
  [/\breq\.(?:getUrl\(\)|url\b)/g, 'pm.request.url.toString()'],
  [/\breq\.(?:getMethod\(\)|method\b)/g, 'pm.request.method'],
  [/\breq\.setHeader\(([^,()]+),\s*([^()]+)\)/g, 'pm.request.headers.upsert({ key: $1, value: $2 })'],
  [/\breq\.getHeader\(/g, 'pm.request.headers.get('],
  [/(?<![.\w])test\(/g, 'pm.test('],
  [/(?<![.\w])expect\(/g, 'pm.expect('],
];

/** What is left of Bruno's own after the exchange. */
const LEFT = /\b(?:bru|req|res)\.\w+/g;

export interface TranslatedScript {
  readonly source: string;
  /** Calls that have no counterpart here, each once. */
  readonly left: readonly string[];
}

/** A script of Bruno in the words of Postman's. */
export function translateScript(source: string): TranslatedScript {
  const translated = NAMES.reduce((text, [bruno, here]) => text.replaceAll(bruno, here), source);
  return { source: translated, left: [...new Set(translated.match(LEFT) ?? [])] };
}

const OPERATORS: Readonly<Record<string, (value: string) => string>> = {
  eq: (value) => `to.eql(${value})`,
  neq: (value) => `to.not.eql(${value})`,
  gt: (value) => `to.be.above(${value})`,
  gte: (value) => `to.be.at.least(${value})`,
  lt: (value) => `to.be.below(${value})`,
  lte: (value) => `to.be.at.most(${value})`,
  contains: (value) => `to.include(${value})`,
  notContains: (value) => `to.not.include(${value})`,
  isDefined: () => 'to.not.be.undefined',
  isUndefined: () => 'to.be.undefined',
  isNull: () => 'to.be.null',
  isString: () => "to.be.a('string')",
  isNumber: () => "to.be.a('number')",
  isBoolean: () => "to.be.a('boolean')",
  isArray: () => "to.be.an('array')",
  isEmpty: () => 'to.be.empty',
};

/** `res.status: eq 200` as a test; `undefined` when it cannot be said here. */
export function toAssertion(name: string, value: string): string | undefined {
  const [, operator = 'eq', operand = ''] = /^([a-zA-Z]+)(?:\s+(.*))?$/s.exec(value) ?? [
    undefined,
    'eq',
    value,
  ];
  const write = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  const { source, left } = translateScript(name.replace(/^\$/, ''));
  if (write === undefined || left.length > 0) return undefined;
  const title = JSON.stringify(`${name} ${value}`);
  return `pm.test(${title}, () => pm.expect(${source}).${write(toLiteral(operand.trim()))});`;
}

function toLiteral(text: string): string {
  if (/^(?:-?\d+(?:\.\d+)?|true|false|null)$/.test(text)) return text;
  return JSON.stringify(text.replace(/^(["'])(.*)\1$/s, '$2'));
}
