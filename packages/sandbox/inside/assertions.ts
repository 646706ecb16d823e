import { expect, use } from 'chai';
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

use(chaiPostman(sdk, lodash, Validator));

export { expect };
