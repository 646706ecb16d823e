import { expect as chaiExpect, use } from 'chai';
import chaiPostman from 'chai-postman';
import lodash from 'lodash';
import sdk from 'postman-collection';
import { expectLight, heedAdditions, LightAssertion } from './light-assertion.ts';

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

const extend = chaiPostman(sdk, lodash, Validator);
use((chai: object) => extend({ ...chai, Assertion: LightAssertion }));
heedAdditions();

/** Chai's `expect` with the assertions of Postman. */
export const expect = Object.assign(expectLight, { fail: chaiExpect.fail });
