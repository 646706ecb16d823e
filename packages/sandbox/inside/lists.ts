// The lists of postman-collection, filled without its constructors: those look every definition through for parts
// that a header or a variable hardly ever has, and take 20 times as long. What they would have made is made here,
// property by property (lists.test.ts compares); anything out of the ordinary still goes through them.
import sdk from 'postman-collection';
import type { Json } from '@castellan/collection';
import type { ScopeValue } from '../src/protocol.ts';

interface Pair {
  readonly key: string;
  readonly value: string;
}

const emptyHeaders = new sdk.HeaderList(null);
const emptyVariables = new sdk.VariableList(null);

/** A list of headers that belongs to a request or a response. */
export function createHeaders(parent: object, pairs: readonly Pair[]): sdk.HeaderList {
  const list = createList(emptyHeaders, parent);
  for (const pair of pairs) {
    const { key, value } = pair;
    if (!isPlain(pair, HEADER_KEYS) || key === '') {
      list.add(pair);
      continue;
    }
    const header = Object.create(sdk.Header.prototype);
    header.key = key;
    header.value = value;
    insert(list, header, key.toLowerCase());
  }
  return list;
}

/** A list of variables that belongs to a scope. */
export function createVariables(parent: object, values: readonly ScopeValue[]): sdk.VariableList {
  const list = createList(emptyVariables, parent);
  for (const value of values) {
    if (!isPlain(value, VARIABLE_KEYS) || value.key === '' || mustCast(value)) {
      list.add(new sdk.Variable(value));
      continue;
    }
    insert(list, createVariable(value), value.key);
  }
  return list;
}

function createVariable({ key, value, type, disabled }: ScopeValue): sdk.Variable {
  const variable = Object.create(sdk.Variable.prototype);
  if (disabled !== undefined) variable.disabled = disabled;
  // Postman: a type it does not know leaves a variable's type as it was.
  variable.type = type === 'string' ? 'string' : 'any';
  variable.value = value;
  variable.source = undefined;
  variable.key = key;
  return variable;
}

/**
 * Gives a variable a value, or the list a new variable.
 * @returns whether it could; anything out of the ordinary is left to postman-collection
 */
export function setVariable(list: sdk.VariableList, key: unknown, value: unknown): boolean {
  if (typeof key !== 'string' || key === '' || typeof value === 'function') return false;
  const { reference } = list as sdk.VariableList & Insides;
  const known = Object.hasOwn(reference, key) ? (reference[key] as Mutable) : undefined;
  if (known === undefined) {
    if (key in reference || list.members.some((member) => member.key === key)) return false;
    // Whatever it is, it goes through as it is.
    insert(list, createVariable({ key, value: value as Json }), key);
    return true;
  }
  const isTaken = known.type === 'any' || (known.type === 'string' && typeof value === 'string');
  if (known.disabled === true || !isTaken) return false;
  known.value = value;
  return true;
}

type Mutable = { -readonly [name in keyof sdk.Variable]: sdk.Variable[name] };

const HEADER_KEYS: ReadonlySet<string> = new Set(['key', 'value']);
const VARIABLE_KEYS: ReadonlySet<string> = new Set(['key', 'value', 'type', 'disabled']);

function isPlain(definition: object, keys: ReadonlySet<string>): boolean {
  for (const key in definition) if (!keys.has(key)) return false;
  return true;
}

/** Whether a variable's type makes another value of what it is given. */
function mustCast({ type = 'any', value }: ScopeValue): boolean {
  if (type === 'string') return typeof value !== 'string';
  return ['boolean', 'number', 'array', 'object'].includes(type.toLowerCase());
}

interface Insides {
  members: object[];
  reference: Record<string, object | object[]>;
  readonly _postman_listAllowsMultipleValues: boolean;
}

function createList<List extends object>(empty: List, parent: object): List {
  const list = Object.assign(Object.create(Object.getPrototypeOf(empty)), empty) as List & Insides;
  hide(list, parent);
  list.members = [];
  list.reference = {};
  return list;
}

/** Postman keeps what an object belongs to out of sight. */
function hide(item: object, parent: object): void {
  Object.defineProperty(item, '__parent', {
    value: parent,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

function insert(list: object, item: object, index: string): void {
  // What PropertyList keeps; its types do not name all of it.
  const { members, reference, _postman_listAllowsMultipleValues: allowsMany } = list as Insides;
  hide(item, list);
  members.push(item);
  const found = Object.hasOwn(reference, index) ? reference[index] : undefined;
  if (!allowsMany || found === undefined) reference[index] = item;
  else if (Array.isArray(found)) found.push(item);
  else reference[index] = [found, item];
}
