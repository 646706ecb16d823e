// The lists of postman-collection, filled without its constructors: those look every definition through for parts
// that a header or a variable hardly ever has, and take 20 times as long. What they would have made is made here,
// property by property (lists.test.ts compares); anything out of the ordinary still goes through them.
import sdk from 'postman-collection';
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
    const variable = Object.create(sdk.Variable.prototype);
    if (value.disabled !== undefined) variable.disabled = value.disabled;
    // Postman: a type it does not know leaves a variable's type as it was.
    variable.type = value.type === 'string' ? 'string' : 'any';
    variable.value = value.value;
    variable.source = undefined;
    variable.key = value.key;
    insert(list, variable, value.key);
  }
  return list;
}

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
