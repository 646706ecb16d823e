import type { operations } from '@castellan/okta-api';
import type { Context, HandlersOf } from '../handling.ts';
import { logStreamSchemas } from '../log-stream-schemas.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { getDefaultUserType, toTimestamp } from '../people.ts';
import { findAttribute, type Attribute } from '../profile-schema.ts';
import type { AppRecord, Json, SchemaRecord, UserTypeRecord } from '../store/records.ts';

type Properties = Readonly<Record<string, Readonly<Record<string, Json>> | null>>;

interface Changes {
  readonly title?: string | undefined;
  readonly definitions?:
    | {
        readonly custom?:
          | {
              readonly properties?: Properties | undefined;
              readonly required?: readonly string[] | undefined;
            }
          | undefined;
        readonly base?: { readonly properties?: Properties | undefined } | undefined;
      }
    | undefined;
}

export const schemas = {
  getUserSchema({ params }, context) {
    const { schema, type } = getUserSchema(context, params.typeId);
    return toUserSchemaView(context, schema, type);
  },

  updateUserSchema({ params, body }, context) {
    const { schema, type } = getUserSchema(context, params.typeId);
    return toUserSchemaView(context, change(context, schema, body, 'user'), type);
  },

  getGroupSchema: (_, context) => toGroupSchemaView(context, getGroupSchema(context)),

  updateGroupSchema: ({ body }, context) =>
    toGroupSchemaView(context, change(context, getGroupSchema(context), body, 'group')),

  getAppUserSchema: ({ params }, context) => toAppSchemaView(context, getAppSchema(context, params.appId)),

  updateAppUserSchema({ params, body }, context) {
    const { app, schema } = getAppSchema(context, params.appId);
    return toAppSchemaView(context, { app, schema: change(context, schema, body, 'app') });
  },

  listLogStreamSchemas: (_, context) =>
    Object.entries(logStreamSchemas).map(([type, toSchema]) => toSchema(logStreamId(context, type))),

  getLogStreamSchema({ params }, context) {
    const type = params.logStreamType;
    const toSchema = Object.hasOwn(logStreamSchemas, type) ? logStreamSchemas[type] : undefined;
    if (!toSchema) throw notFound(type, 'LogStreamType');
    return toSchema(logStreamId(context, type));
  },
} satisfies HandlersOf<typeof operations.schemas>;

function logStreamId({ origin }: Context, type: string): string {
  return `${origin}/api/v1/meta/schemas/logStream/${type}`;
}

/** `default`, the id of a schema or the id of its type. */
function getUserSchema({ store }: Context, id: string): { schema: SchemaRecord; type: UserTypeRecord } {
  const types = [...store.userTypes.values()];
  const type =
    id === 'default' ? getDefaultUserType(store) : types.find((one) => one.schemaId === id || one.id === id);
  const schema = type && store.schemas.get(type.schemaId);
  if (!type || !schema) throw notFound(id, 'UserSchema');
  return { schema, type };
}

function getGroupSchema({ store }: Context): SchemaRecord {
  const schema = store.schemas.get('group');
  if (!schema) throw new Error('The org has no group schema.');
  return schema;
}

interface AppSchema {
  readonly app: AppRecord;
  readonly schema: SchemaRecord;
}

function getAppSchema({ store }: Context, id: string): AppSchema {
  const app = store.apps.get(id);
  const schema = store.schemas.get(id);
  if (!app || !schema) throw notFound(id, 'AppInstance');
  return { app, schema };
}

/** Whose profile a schema is about. */
type Kind = 'user' | 'group' | 'app';

/** What the System Log calls a change of each kind; of groups it tells nothing. */
const EVENTS = {
  user: ['directory.user_profile.update', 'Update user profile', 'cvd.user_profile_updated', 'UserSchema'],
  app: [
    'directory.app_user_profile.update',
    'Update app user profile',
    'cvd.appuser_profile_updated',
    'AppUserSchema',
  ],
} as const;

/** Custom properties: null removes, anything else adds or changes; those left out stay (schemas#…property…). */
function change(context: Context, schema: SchemaRecord, body: Changes, kind: Kind): SchemaRecord {
  const custom: Record<string, Attribute> = { ...schema.custom };
  const given = body.definitions?.custom;
  for (const [name, property] of Object.entries(given?.properties ?? {})) {
    if (property === null) {
      delete custom[name];
      continue;
    }
    custom[name] = readProperty(schema, name, property, {
      kind,
      isRequired: given?.required?.includes(name) ?? false,
    });
  }
  const changed = context.store.schemas.put({
    ...schema,
    custom,
    base: changeBase(schema, body.definitions?.base?.properties ?? {}, kind),
    title: body.title ?? schema.title,
    lastUpdated: context.now,
  });
  if (kind === 'group') return changed;
  const [eventType, displayMessage, legacyEventType, type] = EVENTS[kind];
  context.log({
    eventType,
    displayMessage,
    legacyEventType,
    targets: [{ id: schema.id, type, alternateId: 'unknown', displayName: schema.title }],
  });
  return changed;
}

const TYPES = ['string', 'boolean', 'number', 'integer', 'array'];

function readProperty(
  schema: SchemaRecord,
  name: string,
  given: Attribute,
  { kind, isRequired }: { readonly kind: Kind; readonly isRequired: boolean },
): Attribute {
  if (!/^[A-Za-z_]\w*$/.test(name))
    throw invalid('definitions', `${name}: The name may hold letters, digits and underscores only`);
  if (Object.hasOwn(schema.base, name))
    throw invalid('definitions', `${name}: A base property has this name`);
  const before = findAttribute(schema, name);
  // Okta: an app's properties have no rights of their own; nothing shows how values of groups are united.
  const { required, unique, mutability, permissions, union, ...rest } = { ...before, ...given };
  if (typeof rest.type !== 'string' || !TYPES.includes(rest.type))
    throw invalid('definitions', `${name}: The type must be one of ${TYPES.join(', ')}`);
  if (before && before.type !== rest.type)
    throw invalid('definitions', `${name}: The type of a property cannot be changed`);
  checkChoices(rest);
  return {
    title: name,
    ...rest,
    ...(required === true || isRequired ? { required: true } : {}),
    ...(unique === true || unique === 'UNIQUE_VALIDATED' ? { unique: 'UNIQUE_VALIDATED' } : {}),
    scope: rest.scope ?? 'NONE',
    ...(kind === 'app'
      ? {}
      : {
          ...(union === undefined ? {} : { union }),
          mutability: mutability ?? 'READ_WRITE',
          permissions: permissions ?? [{ principal: 'SELF', action: 'READ_ONLY' }],
        }),
    master: rest.master ?? { type: 'PROFILE_MASTER' },
  };
}

/** `oneOf` names the values of `enum` in the same order; in a list both stand in `items`. */
function checkChoices(property: Attribute): void {
  const items = property.items;
  const holder =
    typeof items === 'object' && items !== null && !Array.isArray(items) ? (items as Attribute) : property;
  const { enum: values, oneOf } = holder;
  if (!Array.isArray(oneOf)) return;
  const constants = oneOf.map((one: Json) => (one as { const?: Json } | null)?.const);
  if (!Array.isArray(values) || JSON.stringify(values) !== JSON.stringify(constants))
    throw new OktaError('E0000123');
}

/** Of base properties only permissions, the duty of names, the pattern of login and the source may change. */
function changeBase(schema: SchemaRecord, given: Properties, kind: Kind): SchemaRecord['base'] {
  const base: Record<string, Attribute> = { ...schema.base };
  for (const [name, property] of Object.entries(given)) {
    const before = Object.hasOwn(base, name) ? base[name] : undefined;
    if (!before) throw invalid('definitions', `${name}: There is no such base property`);
    if (kind === 'group' || property === null) continue;
    // Okta: of an app's own properties only the duty may change, where the app allows that they are empty.
    if (kind === 'app') {
      if (name !== 'userName' && typeof property.required === 'boolean')
        base[name] = { ...before, required: property.required };
      continue;
    }
    const { required: duty, ...others } = before;
    const mayChange = name === 'firstName' || name === 'lastName';
    const required = mayChange && typeof property.required === 'boolean' ? property.required : duty === true;
    base[name] = {
      ...others,
      ...(required ? { required } : {}),
      ...(name === 'login' && typeof property.pattern === 'string' ? { pattern: property.pattern } : {}),
      ...(property.permissions === undefined ? {} : { permissions: property.permissions }),
      ...(property.master === undefined ? {} : { master: property.master }),
    };
  }
  return base;
}

function toUserSchemaView(context: Context, schema: SchemaRecord, type: UserTypeRecord): object {
  const { origin } = context;
  const link = (rel: string, path: string) => ({ rel, href: `${origin}/api/v1/meta/${path}`, method: 'GET' });
  return {
    ...toView(context, schema, {
      path: `user/${type.isDefault ? 'default' : schema.id}`,
      name: type.name,
      description: type.description,
    }),
    _links: { self: link('self', `schemas/user/${schema.id}`), type: link('type', `types/user/${type.id}`) },
  };
}

function toAppSchemaView(context: Context, { app, schema }: AppSchema): object {
  return toView(context, schema, { path: `apps/${app.id}/default`, name: app.name, description: null });
}

function toGroupSchemaView(context: Context, schema: SchemaRecord): object {
  const self = { rel: 'self', href: `${context.origin}/api/v1/meta/schemas/group/default`, method: 'GET' };
  const about = { path: 'group/default', name: 'group', description: 'Okta group profile template' };
  return { ...toView(context, schema, about), _links: { self } };
}

interface About {
  /** Below `/meta/schemas/`. */
  readonly path: string;
  readonly name: string;
  readonly description: string | null;
}

function toView({ origin }: Context, schema: SchemaRecord, { path, name, description }: About): object {
  return {
    id: `${origin}/meta/schemas/${path}`,
    $schema: 'http://json-schema.org/draft-04/schema#',
    name,
    title: schema.title,
    ...(description === null ? {} : { description }),
    lastUpdated: toTimestamp(schema.lastUpdated),
    created: toTimestamp(schema.created),
    definitions: { custom: toDefinition('#custom', schema.custom), base: toDefinition('#base', schema.base) },
    type: 'object',
    properties: { profile: { allOf: [{ $ref: '#/definitions/custom' }, { $ref: '#/definitions/base' }] } },
  };
}

function toDefinition(id: string, properties: SchemaRecord['base']): object {
  const required = Object.entries(properties).flatMap(([name, one]) => (one.required === true ? [name] : []));
  return { id, type: 'object', properties, required };
}
