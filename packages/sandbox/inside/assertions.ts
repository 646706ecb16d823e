import { Assertion, expect, use, util } from 'chai';
import type { Flagged } from 'chai';
import chaiPostman from 'chai-postman';
import lodash from 'lodash';
import sdk from 'postman-collection';

/** Ajv, which only the image with every library has. */
let validator: unknown;

/** Gives `jsonSchema` the library that it checks with. */
export function useValidator(ajv: unknown): void {
  validator = ajv;
}

function Validator(options: unknown): unknown {
  // What `useValidator` got is Ajv's constructor.
  return new (validator as new (options: unknown) => unknown)(options);
}

/** The words of a chain that only make it read well. */
const CHAIN_WORDS = 'to be been is and has have with that which at of same but does still also'.split(' ');

// Chai makes an assertion for each of them, fills it with defaults and then copies the last one's flags over them.
for (const word of CHAIN_WORDS) {
  Object.defineProperty(Assertion.prototype, word, {
    configurable: true,
    get(this: Flagged) {
      const next = Object.create(Assertion.prototype) as Flagged;
      next.__flags = Object.assign(Object.create(null), this.__flags);
      return util.proxify(next);
    },
  });
}

use(chaiPostman(sdk, lodash, Validator));

export { expect };
