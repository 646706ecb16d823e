import { z } from 'zod';
import { toPlaceId } from '../../ids.ts';
import { compact, isObject, without } from '../../json.ts';
import type { Environment, EnvironmentValue, Json } from '../../model.ts';
import { readWith } from '../format.ts';
import type { Format } from '../format.ts';

const AnyJson = z.custom<Json>(() => true);

const Value = z.looseObject({ key: z.string() }).catchall(AnyJson);
const File = z.looseObject({ values: z.array(Value) }).catchall(AnyJson);

/** Postman's environments and globals, from the first exports (`"type": "text"`) to today's (`default`, `secret`). */
export const postmanEnvironment: Format = {
  title: 'Postman environment or globals',
  detect: ({ json }) =>
    isObject(json) &&
    Array.isArray(json['values']) &&
    json['requests'] === undefined &&
    json['info'] === undefined,
  read: ({ json, name }) => ({
    collections: [],
    environments: [readEnvironmentFile(json ?? null, name)],
    notes: [],
  }),
};

function readEnvironmentFile(json: Json, fileName: string | undefined): Environment {
  const file = readWith(File, json, 'environment');
  const scope = file['_postman_variable_scope'] === 'globals' ? 'globals' : 'environment';
  const fallback =
    scope === 'globals'
      ? 'Globals'
      : (fileName?.replace(/^.*[\\/]/, '').replace(/(\.postman_environment)?\.[^.]*$/, '') ??
        'Untitled environment');
  const name = typeof file['name'] === 'string' ? file['name'] : fallback;
  const id = typeof file['id'] === 'string' && file['id'] !== '' ? file['id'] : toPlaceId(name);
  const keys = [
    'values',
    '_postman_variable_scope',
    ...(file['id'] === id ? ['id'] : []),
    ...(file['name'] === name ? ['name'] : []),
  ];
  const extra = without(file, keys);
  return { kind: 'environment', scope, id, name, values: file.values.map(readValue), ...compact({ extra }) };
}

function readValue(value: z.infer<typeof Value>): EnvironmentValue {
  const type = typeof value['type'] === 'string' ? value['type'] : 'default';
  const keys = [
    'key',
    ...(value['value'] === null ? [] : ['value']),
    ...(value['type'] === type ? ['type'] : []),
    ...(typeof value['enabled'] === 'boolean' ? ['enabled'] : []),
  ];
  const extra = without(value, keys);
  // Postman: a value is on unless it is said to be off; `disabled` is what collections call it.
  const enabled = typeof value['enabled'] === 'boolean' ? value['enabled'] : value['disabled'] !== true;
  return { key: value.key, value: value['value'] ?? null, type, enabled, ...compact({ extra }) };
}

/**
 * An environment or the globals as the JSON that Postman exports: keys in one fixed order, unknown fields after
 * them, two spaces a level and a newline at the end.
 */
export function writeEnvironment(environment: Environment): string {
  const written = {
    id: environment.id,
    name: environment.name,
    values: environment.values.map(writeValue),
    _postman_variable_scope: environment.scope,
    ...sorted(without({ ...environment.extra }, ['id', 'name', 'values', '_postman_variable_scope'])),
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

function writeValue({ key, value, type, enabled, extra }: EnvironmentValue): Json {
  const isImplied = value === null && extra?.['value'] !== null;
  return {
    key,
    ...(!isImplied && { value }),
    type,
    enabled,
    ...sorted(without({ ...extra }, ['key', 'value', 'type', 'enabled'])),
  };
}

function sorted(object: Readonly<Record<string, Json>> | undefined): Record<string, Json> {
  return Object.fromEntries(Object.entries(object ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}
