import { isObject, objectsOf } from '../../json.ts';
import type { JsonObject } from '../../json.ts';
import type { Format, ReadResult, Source } from '../format.ts';
import { postmanEnvironment } from '../postman-environment/index.ts';
import { postmanV1 } from '../postman-v1/index.ts';
import { postmanV20, postmanV21 } from '../postman-v2/index.ts';

/** Everything of an account in one JSON file, as Postman wrote it until its dumps became archives. */
export const postmanDump: Format = {
  title: 'Postman data dump',
  detect: ({ json }) =>
    isObject(json) &&
    Array.isArray(json['collections']) &&
    (Array.isArray(json['environments']) || Array.isArray(json['globals'])),
  read({ json, unlisted }) {
    const dump = isObject(json) ? json : {};
    const read = (one: JsonObject): ReadResult => {
      const source: Source = { name: undefined, text: '', json: one, unlisted };
      const format = [postmanV21, postmanV20, postmanV1, postmanEnvironment].find((each) =>
        each.detect(source),
      );
      return format?.read(source) ?? { collections: [], environments: [], notes: [] };
    };
    const globals = objectsOf(dump['globals']);
    const results = [
      ...objectsOf(dump['collections']).map(read),
      ...objectsOf(dump['environments']).map(read),
      ...(globals.length === 0 ? [] : [read({ _postman_variable_scope: 'globals', values: globals })]),
    ];
    return {
      collections: results.flatMap((one) => one.collections),
      environments: results.flatMap((one) => one.environments),
      notes: results.flatMap((one) => one.notes),
    };
  },
};
