import type {
  Body,
  Collection,
  Environment,
  Field,
  Folder,
  Item,
  RequestItem,
  Script,
  Variable,
} from '@castellan/collection';
import { parseUrl } from '@castellan/collection';
import { operations } from './apis/index.ts';
import type { OperationDefinition, OperationExample } from './define.ts';
import { errors, type ErrorCode } from './errors.ts';
import type { Pack } from './packs.ts';

interface Call {
  readonly operation: OperationDefinition;
  readonly example: OperationExample;
}

const calls: readonly Call[] = Object.values(operations).flatMap((api) =>
  Object.values<OperationDefinition>(api).flatMap((operation) =>
    operation.examples.map((example) => ({ operation, example })),
  ),
);

/** What a pack brings along, so that it runs with nothing but an address and a token. */
const defaults: Readonly<Record<string, string>> = {
  password: 'Tidal#Ferry9',
  newPassword: 'Stormy#Quay8',
  newerPassword: 'Foggy#Pier7',
  passCode: '123456',
  logStreamType: 'aws_eventbridge',
  featureName: 'USER_PROVISIONING',
};

/** Values of the environment, which no pack writes. */
const environmentNames = new Set(['url', 'apikey']);

/** Makes the collection of a pack: its folders in order, then what no folder names. */
export function toCollection(pack: Pack): Collection {
  const named = pack.folders.flatMap((folder) => folder.steps.map((step) => callOf(pack, step)));
  const rest = calls.filter((call) => call.operation.api === pack.api && !named.includes(call));
  const folders = pack.folders.map((folder): Folder => ({
    kind: 'folder',
    id: `${slug(pack.name)}.${slug(folder.name)}`,
    name: folder.name,
    items: folder.steps.map((step, index) =>
      toRequest(callOf(pack, step), `${slug(pack.name)}.${slug(folder.name)}.${index + 1}`),
    ),
    variables: [],
    scripts: [],
  }));
  const items: readonly Item[] = [...folders, ...rest.map((call) => toRequest(call, slug(pack.name)))];
  return {
    kind: 'collection',
    id: slug(pack.name),
    name: pack.name,
    description: text(
      'Made by Castellan from its definitions of the Okta API. Choose an environment with `url` and `apikey`, and run it from top to bottom: what one request makes, the next ones use.',
    ),
    items,
    variables: variablesOf([...named, ...rest]),
    scripts: [],
  };
}

/** The environment that every pack needs; its token is left for a person to fill in. */
export function environmentTemplate(): Environment {
  return {
    kind: 'environment',
    scope: 'environment',
    id: 'okta-org',
    name: 'Okta org',
    values: [
      { key: 'url', value: 'https://example.okta.com', type: 'default', enabled: true },
      { key: 'apikey', value: '', type: 'secret', enabled: true },
    ],
  };
}

function callOf(pack: Pack, step: string): Call {
  const [, api, title] = /^([a-z-]+): (.*)$/.exec(step) ?? [undefined, pack.api, step];
  const call = calls.find(({ operation, example }) => operation.api === api && example.title === title);
  if (!call) throw new Error(`${pack.name} names "${step}", which no operation has as an example.`);
  return call;
}

function toRequest({ operation, example }: Call, parent: string): RequestItem {
  const body = toBody({ operation, example });
  return {
    kind: 'request',
    id: `${parent}.${slug(example.title)}`,
    name: example.title,
    request: {
      method: operation.method,
      url: parseUrl(addressOf(operation, example)),
      headers: headersOf(operation, example),
      ...(body && { body }),
      description: text(describe(operation, example)),
    },
    variables: [],
    scripts: [...preRequest(operation, example), testScript(operation, example)],
    examples: [],
  };
}

function addressOf(operation: OperationDefinition, example: OperationExample): string {
  const given: Readonly<Record<string, string | undefined>> = example.path ?? {};
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => given[name] ?? `{{${name}}}`);
  const query = Object.entries(example.query ?? {}).map(([name, value]) => `${name}=${value}`);
  return `{{url}}${path}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

function headersOf(operation: OperationDefinition, example: OperationExample): readonly Field[] {
  const needsToken = ['token', 'token-or-cookie'].includes(operation.authentication);
  const isForm = operation.bodyType === 'multipart' && !example.raw;
  const headers: Readonly<Record<string, string>> = {
    Accept: 'application/json',
    ...(!isForm && { 'Content-Type': example.raw?.contentType ?? 'application/json' }),
    ...(needsToken && { Authorization: 'SSWS {{apikey}}' }),
    ...example.headers,
  };
  return Object.entries(headers).map(([key, value]) => ({ key, value }));
}

function toBody({ operation, example }: Call): Body | undefined {
  if (example.raw) return { kind: 'raw', text: example.raw.text };
  if (operation.bodyType === 'multipart')
    return { kind: 'formdata', fields: [{ key: 'file', value: '', type: 'file', source: [] }] };
  if (example.body === undefined) return undefined;
  return { kind: 'raw', text: JSON.stringify(example.body, null, 2), language: 'json' };
}

function describe(operation: OperationDefinition, example: OperationExample): string {
  const sentences = [
    `${operation.summary}.`,
    operation.description,
    example.description,
    ...Object.entries(example.refusals ?? {}).map(([code, why]) => `${code} is right as well: ${why}.`),
    operation.irreversible ? 'This cannot be undone.' : undefined,
    operation.deprecated ? 'Okta advises against this operation.' : undefined,
    operation.docs ? `[Okta's page about it](${operation.docs})` : undefined,
  ];
  return sentences.filter((sentence) => sentence !== undefined).join('\n\n');
}

function preRequest(operation: OperationDefinition, example: OperationExample): readonly Script[] {
  const names = usedNames({ operation, example });
  const source = Object.entries(made)
    .filter(([name]) => names.includes(name))
    .map(([, script]) => script)
    .join('\n\n');
  return source === '' ? [] : [{ listen: 'prerequest', source }];
}

/** What a script makes just before the request that uses it, by the variable's name. */
const made: Readonly<Record<string, string>> = {
  since: [
    'const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000);',
    "pm.variables.set('since', yesterday.toISOString());",
  ].join('\n'),
  totpCode: [
    '// The code that an authenticator app shows (RFC 6238); the one after it when this one was used already.',
    "const secret = pm.environment.get('totpSecret') || '';",
    "const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';",
    "const bits = [...secret].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('');",
    'const hex = (bits.match(/.{8}/g) || [])',
    "  .map((eight) => parseInt(eight, 2).toString(16).padStart(2, '0'))",
    "  .join('');",
    "const used = Number(pm.environment.get('totpStep') || 0);",
    'const step = Math.max(Math.floor(Date.now() / 30000), used + 1);',
    "const hashes = require('crypto-js');",
    'const digest = hashes.HmacSHA1(',
    "  hashes.enc.Hex.parse(step.toString(16).padStart(16, '0')),",
    '  hashes.enc.Hex.parse(hex),',
    ').toString();',
    'const offset = parseInt(digest.slice(-1), 16) * 2;',
    'const number = parseInt(digest.slice(offset, offset + 8), 16) & 0x7fffffff;',
    "pm.environment.set('totpStep', String(step));",
    "pm.variables.set('totpCode', String(number % 1000000).padStart(6, '0'));",
  ].join('\n'),
};

function testScript(operation: OperationDefinition, example: OperationExample): Script {
  const { status, alsoStatus } = operation.success;
  const good = [status, ...(alsoStatus ? [alsoStatus] : [])];
  const accepted = [...good, ...(example.alsoAnswers ?? [])];
  // The members of `refusals` are codes by its type.
  const refusals = Object.keys(example.refusals ?? {}) as ErrorCode[];
  const lines = example.without
    ? expectUnless(example.without, accepted)
    : refusals.length > 0
      ? expectOrRefusal(refusals, accepted)
      : [
          `pm.test('answers ${accepted.join(' or ')}', () => {`,
          `  pm.expect(pm.response.code).to.be.oneOf([${accepted.join(', ')}]);`,
          '});',
        ];
  const saves = Object.entries(example.saves ?? {});
  if (saves.length > 0) {
    lines.push('', `if ([${good.join(', ')}].includes(pm.response.code)) {`);
    lines.push('  const answer = pm.response.json();');
    for (const [name, place] of saves) {
      lines.push(`  const ${name} = answer${accessOf(place)};`);
      lines.push(`  if (${name} !== undefined) pm.environment.set('${name}', ${name});`);
    }
    lines.push('}');
  }
  return { listen: 'test', source: lines.join('\n') };
}

/** Which statuses are right depends on whether the variable is known by now. */
function expectUnless(
  { variable, status }: NonNullable<OperationExample['without']>,
  accepted: readonly number[],
): string[] {
  return [
    `const isKnown = pm.variables.get('${variable}') !== 'none';`,
    `pm.test(isKnown ? 'answers ${accepted.join(' or ')}' : 'answers ${status} without ${variable}', () => {`,
    `  pm.expect(pm.response.code).to.be.oneOf(isKnown ? [${accepted.join(', ')}] : [${status}]);`,
    '});',
  ];
}

/** Beside success only these refusals are right, with their own status each. */
function expectOrRefusal(codes: readonly ErrorCode[], accepted: readonly number[]): string[] {
  const refusals = codes.map((code) => `${errors[code].status} ${code}`);
  return [
    `pm.test('answers ${[...accepted, ...refusals].join(' or ')}', () => {`,
    '  const status = String(pm.response.code);',
    '  const answer = pm.response.code < 400 ? status : `${status} ${pm.response.json().errorCode}`;',
    `  pm.expect(answer).to.be.oneOf([${[...accepted, ...refusals].map((one) => `'${one}'`).join(', ')}]);`,
    '});',
  ];
}

/** `profile.login` as `?.profile?.login`, `0.id` as `?.[0]?.id`, `href/` as the last segment of the address. */
function accessOf(place: string): string {
  if (place.endsWith('/')) return `${accessOf(place.slice(0, -1))}?.split('/').pop()`;
  return place
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? `?.[${part}]` : `?.${part}`))
    .join('');
}

/** Every name that a pack uses and no environment holds; ids that no request hands on are `none`. */
function variablesOf(used: readonly Call[]): readonly Variable[] {
  const names = new Set(used.flatMap(usedNames));
  return [...names]
    .filter((name) => !environmentNames.has(name) && !name.startsWith('$') && !Object.hasOwn(made, name))
    .toSorted()
    .map((key) => ({ key, value: defaults[key] ?? 'none' }));
}

function usedNames({ operation, example }: Call): readonly string[] {
  const body = JSON.stringify([example.body, example.raw, example.headers]);
  const all = `${addressOf(operation, example)}${body}`;
  return [...all.matchAll(/\{\{([^{}]+)\}\}/g)].map((match) => match[1] ?? '');
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function text(words: string) {
  return { text: words, type: 'text/markdown', form: 'text' } as const;
}
