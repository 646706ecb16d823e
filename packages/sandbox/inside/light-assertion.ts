// Most assertions hold, and then nobody sees what chai does for them: flags for the words of a failure, a proxy around
// every link of the chain. Here a chain begins as no more than a value and a message. A check that holds is passed by
// looking at the value; whatever else is asked of the chain, above all a check that does not hold, is left to chai's
// own assertion, which the chain turns into (light-assertion.test.ts compares).
import { Assertion, util } from 'chai';
import type { Flagged } from 'chai';
import sdk from 'postman-collection';

const VALUE = Symbol('value');
const MESSAGE = Symbol('message');
/** Chai has set no flag yet. */
const IS_LIGHT = Symbol('is light');

interface Light extends Flagged {
  [VALUE]: unknown;
  [MESSAGE]: string | undefined;
  [IS_LIGHT]: boolean;
}

/** A check that holds for a value, whatever flags could say of it; `false` leaves it to chai. */
type Check = (value: unknown, expected: unknown) => boolean;

/** `expect` of chai, for scripts. */
export function expectLight(value: unknown, message?: string): Light & { readonly to: unknown } {
  const assertion = Object.create(light);
  assertion[VALUE] = value;
  assertion[MESSAGE] = message;
  return assertion;
}

/** Chai's functions that give an assertion another member. */
const ADDITIONS = [
  'addProperty',
  'addMethod',
  'addChainableMethod',
  'overwriteProperty',
  'overwriteMethod',
  'overwriteChainableMethod',
] as const;

const chais = Assertion.prototype;

/** Between an assertion and chai's: a name that neither knows is refused in chai's words. */
const guard = new Proxy(Object.create(chais) as Flagged, {
  get(target, property, receiver) {
    if (typeof property !== 'string' || property in chais) return Reflect.get(chais, property, receiver);
    return Reflect.get(util.proxify(target), property);
  },
});

const light: Light = Object.create(guard, {
  [VALUE]: { value: undefined, writable: true },
  [MESSAGE]: { value: undefined, writable: true },
  [IS_LIGHT]: { value: true, writable: true },
  // Chai asks for it as soon as it has anything to do.
  __flags: {
    get(this: Light) {
      const { __flags } = new Assertion(this[VALUE], this[MESSAGE]);
      return keepFlags(this, __flags);
    },
    set(this: Light, flags: object) {
      keepFlags(this, flags);
    },
  },
});

function keepFlags(assertion: Light, flags: object | undefined): object | undefined {
  assertion[IS_LIGHT] = false;
  Object.defineProperty(assertion, '__flags', {
    value: flags,
    writable: true,
    enumerable: true,
    configurable: true,
  });
  return flags;
}

function copyFlags({ __flags }: Light): Light {
  const copy: Light = Object.create(light);
  keepFlags(copy, Object.assign(Object.create(null), __flags));
  return copy;
}

/** The words of a chain that only make it read well. */
const CHAIN_WORDS = 'to be been is and has have with that which at of same but does still also'.split(' ');

for (const word of CHAIN_WORDS)
  Object.defineProperty(light, word, {
    get(this: Light) {
      return this[IS_LIGHT] ? expectLight(this[VALUE], this[MESSAGE]) : copyFlags(this);
    },
    configurable: true,
  });

defineLink('true', (value) => value === true);
defineLink('false', (value) => value === false);
defineLink('null', (value) => value === null);
defineLink('undefined', (value) => value === undefined);
defineLink('exist', (value) => value !== null && value !== undefined);
defineLink('ok', (value) => Boolean(value) && typeof value !== 'object');
defineLink('postmanResponse', isResponse);
defineLink('postmanRequest', isRequest);
defineLink('postmanRequestOrResponse', (value) => isResponse(value) || isRequest(value));

for (const name of ['equal', 'equals', 'eq']) defineCheck(name, (value, expected) => value === expected);
// The two zeros are different there.
for (const name of ['eql', 'eqls']) defineCheck(name, (value, expected) => value === expected && value !== 0);
for (const name of ['above', 'gt', 'greaterThan']) defineComparison(name, (value, limit) => value > limit);
for (const name of ['below', 'lt', 'lessThan']) defineComparison(name, (value, limit) => value < limit);
for (const name of ['least', 'gte']) defineComparison(name, (value, limit) => value >= limit);
for (const name of ['most', 'lte']) defineComparison(name, (value, limit) => value <= limit);
defineCheck('oneOf', (value, list) => Array.isArray(list) && list.indexOf(value) > -1);
defineCheck('status', (value, code) => typeof code === 'number' && isResponse(value) && value.code === code);
for (const name of ['a', 'an']) defineTypeCheck(name);
defineMethod('property', checkProperty);

function isResponse(value: unknown): value is sdk.Response {
  return sdk.Response.isResponse(value);
}

function isRequest(value: unknown): boolean {
  return sdk.Request.isRequest(value);
}

/** A word of the chain that may check something. */
function defineLink(name: string, holds: (value: unknown) => boolean): void {
  Object.defineProperty(light, name, {
    get(this: Light) {
      return this[IS_LIGHT] && holds(this[VALUE])
        ? expectLight(this[VALUE], this[MESSAGE])
        : Reflect.get(chais, name, this);
    },
    configurable: true,
  });
}

function defineCheck(name: string, holds: Check): void {
  defineMethod(name, function (this: Light, expected: unknown, message?: string) {
    if (!this[IS_LIGHT] || !holds(this[VALUE], expected)) return callChai(this, name, [expected, message]);
    return pass(this, this[VALUE], message);
  });
}

function defineComparison(name: string, holds: (value: number, limit: number) => boolean): void {
  defineCheck(
    name,
    (value, limit) => typeof value === 'number' && typeof limit === 'number' && holds(value, limit),
  );
}

type Method = (this: Light, ...values: never[]) => unknown;

/** Chai's methods refuse to be taken for words of the chain. */
function defineMethod(name: string, method: Method): void {
  const value = util.proxify(util.addLengthGuard(method, name, false), name);
  Object.defineProperty(light, name, { value, configurable: true });
}

function callChai(assertion: Light, name: string, values: readonly unknown[]): unknown {
  return Reflect.apply(Reflect.get(chais, name, assertion), assertion, values);
}

/** Chai: a message that comes with a check is the assertion's from then on, and so is what it has led to. */
function pass(assertion: Light, value: unknown, message: string | undefined): Light {
  if (message) assertion[MESSAGE] = message;
  assertion[VALUE] = value;
  return expectLight(value, assertion[MESSAGE]);
}

/** `a('string')`, and `a` as a word of the chain. */
function defineTypeCheck(name: string): void {
  const get = function (this: Light): unknown {
    if (!this[IS_LIGHT]) return Reflect.get(chais, name, this);
    const check = (type: unknown, message?: string) =>
      this[IS_LIGHT] && isOfType(this[VALUE], type)
        ? pass(this, this[VALUE], message)
        : callChai(this, name, [type, message]);
    return new Proxy(check, {
      get: (_check, property) => Reflect.get(Reflect.get(chais, name, this) as object, property),
    });
  };
  Object.defineProperty(light, name, { get, configurable: true });
}

/** What chai's names of types mean where nothing odd is done to them. */
function isOfType(value: unknown, type: unknown): boolean {
  if (typeof value !== 'object') return typeof value === type;
  if (value === null || Symbol.toStringTag in value) return false;
  if (type === 'array') return Array.isArray(value);
  return type === 'object' && Object.getPrototypeOf(value) === Object.prototype;
}

function checkProperty(this: Light, ...values: readonly [string, unknown?, string?]): unknown {
  const [name, expected, message] = values;
  const owner = this[VALUE];
  const isPlain = this[IS_LIGHT] && typeof name === 'string' && typeof owner === 'object' && owner !== null;
  if (!isPlain || !(name in owner)) return callChai(this, 'property', values);
  const value: unknown = Reflect.get(owner, name);
  if (values.length > 1 && value !== expected) return callChai(this, 'property', values);
  return pass(this, value, message);
}

/** Where chai looks for an assertion, this one is found. */
export const LightAssertion = Object.assign(
  function createLight(value: unknown, message?: string) {
    return expectLight(value, message);
  },
  Object.fromEntries(
    ADDITIONS.map((name) => [
      name,
      (...values: unknown[]) => Reflect.apply(Assertion[name], Assertion, values),
    ]),
  ),
);

/** From here on chai's own check counts where somebody puts another one in its place. */
export function heedAdditions(): void {
  for (const name of ADDITIONS) {
    const add = util[name];
    util[name] = (target: object, member: string, ...rest: unknown[]) => {
      if (target === chais) Reflect.deleteProperty(light, member);
      add(target, member, ...rest);
    };
  }
}
