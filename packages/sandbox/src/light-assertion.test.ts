import { expect as chaiExpect, use } from 'chai';
import chaiPostman from 'chai-postman';
import * as fc from 'fast-check';
import lodash from 'lodash';
import sdk from 'postman-collection';
import { expect, test } from 'vitest';
import { expectLight } from '../inside/light-assertion.ts';

use(chaiPostman(sdk, lodash, Object));

/** A link of a chain: its name, and the arguments if it is called. */
type Link = readonly [string, (readonly unknown[])?];

/** What becomes of a chain: what it refuses, or that it holds. */
function walk(start: object, links: readonly Link[]): string {
  try {
    let at: unknown = start;
    for (const [name, values] of links) {
      const member: unknown = Reflect.get(at as object, name);
      at = values === undefined ? member : Reflect.apply(member as () => unknown, at, values);
    }
    return 'holds';
  } catch (thrown) {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  }
}

/** What chai makes of a chain, and what we make of it; also when a chain begins again in the middle. */
function walkBoth(value: unknown, links: readonly Link[], again: readonly Link[], message?: string) {
  const [ours, theirs] = [expectLight, chaiExpect].map((begin) => {
    const start = begin(value, message) as object;
    return [walk(start, links), walk(start, again)];
  });
  return { ours, theirs };
}

const response = new sdk.Response({ code: 200, status: 'OK', header: [{ key: 'A', value: 'b' }] });
const missing = new sdk.Response({ code: 404 });
const PRIMITIVES = [0, -0, 1, 200, Number.NaN, '', 'a', 'string', true, false, null, undefined, 1n];
const OBJECTS = [[1, 'a'], [], { a: 1 }, { code: 200 }, new Date(0), new Map(), /a/, Object.create(null)];
const OTHERS = [() => 1, Symbol.iterator, response, missing, new sdk.Request('https://example.com/')];
const VALUES: readonly unknown[] = [...PRIMITIVES, ...OBJECTS, ...OTHERS];
const value = fc.constantFrom(...VALUES);
const TYPES = ['string', 'number', 'object', 'array', 'null', 'undefined', 'function', 'date', 'String'];
const type = fc.constantFrom(...TYPES);
const name = fc.constantFrom('a', 'code', 'length', 'size', 'absent', 'toString');

const words = 'to be been is and has have with that which at of same but does still also'.split(' ');
const flags = ['not', 'deep', 'nested', 'own', 'any', 'all', 'length', 'lengthOf', 'contain', 'a', 'an'];
const facts = [
  'true',
  'false',
  'null',
  'undefined',
  'exist',
  'ok',
  'empty',
  'success',
  'absent',
  'equall',
  'then',
];
const postmans = ['postmanResponse', 'postmanRequest', 'postmanRequestOrResponse'];
const equals = ['equal', 'equals', 'eq', 'eql', 'eqls'];
const comparisons = ['above', 'gt', 'greaterThan', 'below', 'lt', 'lessThan', 'least', 'gte', 'most', 'lte'];

/** A second argument, which is the words of a failure. */
const told = <T extends unknown[]>(values: fc.Arbitrary<T>): fc.Arbitrary<unknown[]> =>
  fc
    .tuple(values, fc.option(fc.constant('because')))
    .map(([own, more]) => (more === null ? own : [...own, more]));

const link: fc.Arbitrary<Link> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words).map((word): Link => [word]) },
  fc.constantFrom(...flags).map((word): Link => [word]),
  fc.constantFrom(...facts, ...postmans).map((word): Link => [word]),
  fc.tuple(fc.constantFrom(...equals, ...comparisons, 'include', 'status'), told(fc.tuple(value))),
  fc.tuple(fc.constantFrom('a', 'an'), told(fc.tuple(type))),
  fc.tuple(fc.constant('oneOf'), told(fc.tuple(fc.array(value, { maxLength: 3 })))),
  fc.tuple(fc.constant('property'), fc.oneof(fc.tuple(name), told(fc.tuple(name, value)))),
  fc.tuple(fc.constantFrom('status', 'statusCode'), fc.tuple(fc.constantFrom(200, 404, 'OK', '200'))),
);
const chain = fc.array(link, { maxLength: 6 });

test('one check holds and refuses as chai does, for every two values', () => {
  const checks = VALUES.flatMap((other): Link[] => [
    ...[...equals, ...comparisons, 'status'].map((check): Link => [check, [other]]),
    ['oneOf', [[other]]],
  ]);
  const types = TYPES.map((kind): Link => ['a', [kind]]);
  const links = [...checks, ...types, ...[...facts, ...postmans].map((fact): Link => [fact])];
  for (const one of VALUES) {
    const walked = links.map((each) => walkBoth(one, [each], []));
    expect(walked.map(({ ours }) => ours)).toEqual(walked.map(({ theirs }) => theirs));
  }
});

test('a chain holds and refuses as chai does', () => {
  const message = fc.option(fc.constant('told'), { nil: undefined });
  fc.assert(
    fc.property(value, chain, chain, message, (...given) => {
      const { ours, theirs } = walkBoth(...given);
      expect(ours).toEqual(theirs);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['a misspelt word', [['to'], ['equall', [1]]]],
  ['a method taken for a word', [['to'], ['equal'], ['be']]],
  ['a length that is none', [['to'], ['equal'], ['length']]],
] satisfies [string, Link[]][])('refuses %s in chai’s words', (_what, links) => {
  const refused = walk(expectLight(1), links);
  expect(refused).toMatch(/^Error: Invalid Chai property/);
  expect(refused).toBe(walk(chaiExpect(1), links));
});
