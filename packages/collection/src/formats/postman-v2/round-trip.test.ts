import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { readCollection } from '../index.ts';
import { writeCollection } from './write.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('{{url}}', ':id', 'a=b&c', '\n', 'é', '𝒳'),
);
/** A key of prototypes is refused, whatever is beside it. */
const json = fc.jsonValue({ maxDepth: 2 }).filter((one) => !JSON.stringify(one).includes('__proto__'));
/** Fields that no schema names; tools keep their own notes there. */
const unknown = fc.dictionary(fc.stringMatching(/^_[a-z]{1,5}$/), json, { maxKeys: 2 });

/** An object with these fields, any of which but the required may be absent, and unknown ones. */
function object<T>(fields: { [Key in keyof T]: fc.Arbitrary<T[Key]> }, required: readonly (keyof T)[] = []) {
  return fc
    .tuple(unknown, fc.record(fields, { requiredKeys: [...required] }))
    .map(([more, known]) => ({ ...more, ...known }));
}

const description = fc.oneof(
  text,
  object({ content: text, type: fc.constant('text/markdown') }, ['content', 'type']),
  fc.constant(null),
);
const disabled = fc.boolean();
const field = object({ key: text, value: text, description, disabled }, ['key', 'value']);
const variable = object(
  {
    key: fc.stringMatching(/^\w{1,5}$/),
    value: fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)),
    type: fc.constantFrom('string', 'any'),
    description,
    disabled,
  },
  ['key'],
);
const parameter = object(
  { key: fc.stringMatching(/^[a-z]\w{0,4}$/), value: json, type: fc.constant('any') },
  ['key', 'value', 'type'],
);
const auth = fc.oneof(
  fc.constant(null),
  object({ type: fc.constant('noauth') }, ['type']),
  object(
    {
      type: fc.constant('bearer'),
      bearer: fc.uniqueArray(parameter, { selector: (one) => one.key, minLength: 1, maxLength: 3 }),
    },
    ['type', 'bearer'],
  ),
);
const script = object(
  {
    id: text,
    type: fc.constant('text/javascript'),
    exec: fc.oneof(
      fc.array(
        text.filter((one) => !one.includes('\n')),
        { minLength: 1, maxLength: 3 },
      ),
      text,
    ),
  },
  ['exec', 'type'],
);
const event = object({ listen: fc.constantFrom('prerequest', 'test'), script, disabled }, [
  'listen',
  'script',
]);
const events = fc.array(event, { maxLength: 2 });
const url = fc.oneof(
  text,
  object(
    {
      raw: text,
      protocol: fc.constantFrom('https', 'http'),
      host: fc.array(text, { minLength: 1, maxLength: 3 }),
      port: fc.constant('8080'),
      path: fc.array(text, { minLength: 1, maxLength: 3 }),
      query: fc.array(field, { maxLength: 2 }),
      hash: text,
      variable: fc.array(variable, { maxLength: 2 }),
    },
    ['raw'],
  ),
);
const body = fc.oneof(
  fc.constant(null),
  object(
    {
      mode: fc.constant('raw'),
      raw: text,
      disabled,
      options: object({ raw: object({ language: fc.constant('json') }) }),
    },
    ['mode', 'raw'],
  ),
  object({ mode: fc.constant('urlencoded'), urlencoded: fc.array(field, { maxLength: 2 }) }, [
    'mode',
    'urlencoded',
  ]),
  object(
    {
      mode: fc.constant('formdata'),
      formdata: fc.array(
        object({ key: text.filter(Boolean), value: text, type: fc.constant('text'), disabled }, [
          'key',
          'value',
          'type',
        ]),
        { maxLength: 2 },
      ),
    },
    ['mode', 'formdata'],
  ),
  object({ mode: fc.constant('file'), file: object({ src: text }) }, ['mode', 'file']),
  object({ mode: fc.constant('graphql'), graphql: object({ query: text, variables: text }, ['query']) }, [
    'mode',
    'graphql',
  ]),
);
const request = fc.oneof(
  text,
  object(
    {
      method: fc.constantFrom('GET', 'POST', 'get'),
      url,
      header: fc.array(field, { maxLength: 2 }),
      body,
      auth,
      description,
    },
    ['method', 'url'],
  ),
);
const response = object({
  id: fc.uuid(),
  name: text,
  originalRequest: object({ method: fc.constant('GET'), url, header: fc.array(field, { maxLength: 1 }) }, [
    'method',
    'header',
    'url',
  ]),
  status: text,
  code: fc.integer({ min: 100, max: 599 }),
  header: fc.oneof(fc.array(field, { maxLength: 2 }), fc.constant(null)),
  body: fc.oneof(text, fc.constant(null)),
  cookie: fc.constant([]),
  responseTime: fc.oneof(fc.integer(), fc.constant(null)),
});
const shared = {
  name: text,
  id: fc.uuid(),
  event: events,
  variable: fc.array(variable, { maxLength: 2 }),
  protocolProfileBehavior: unknown,
};
const item = fc.letrec<{ any: object; request: object; folder: object }>((tie) => ({
  any: fc.oneof({ maxDepth: 2 }, tie('request'), tie('folder')),
  request: object({ ...shared, request, response: fc.array(response, { maxLength: 2 }) }, ['request']),
  folder: object({ ...shared, description, auth, item: fc.array(tie('any'), { maxLength: 3 }) }, ['item']),
}));
const collection = object(
  {
    info: object(
      { name: text, _postman_id: fc.uuid(), description, schema: fc.constant(SCHEMA), version: json },
      ['name', 'schema'],
    ),
    item: fc.array(item.any, { maxLength: 4 }),
    event: events,
    variable: fc.array(variable, { maxLength: 2 }),
    auth,
    protocolProfileBehavior: unknown,
  },
  ['info', 'item'],
);

test('keeps every field of a v2.1 collection, unknown ones included, and writes the same bytes again', () => {
  fc.assert(
    fc.property(collection, (source) => {
      const given = JSON.stringify(source);
      const once = writeCollection(readCollection(given).collection);
      expect(JSON.parse(once)).toEqual(JSON.parse(given));
      expect(writeCollection(readCollection(once).collection)).toBe(once);
    }),
    { numRuns: 300 },
  );
});
