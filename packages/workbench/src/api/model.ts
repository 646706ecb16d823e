import { z } from 'zod';
import type {
  Auth,
  Body,
  Description,
  Example,
  Field,
  FormField,
  Json,
  RequestDefinition,
  RequestItem,
  Script,
  Url,
  Variable,
} from '@castellan/collection';

// The page sends parts of a collection back; these schemas are the door they come in by. They follow
// `@castellan/collection`'s model field by field, which `satisfies` keeps true.

export const JsonValue: z.ZodType<Json> = z.json() as z.ZodType<Json>; // z.json() and Json name the same values

const Extra = z.record(z.string(), JsonValue).exactOptional();

export const DescriptionSchema = z.strictObject({
  text: z.string(),
  type: z.string(),
  extra: Extra,
  form: z.enum(['text', 'object']),
}) satisfies z.ZodType<Description>;

const fieldShape = {
  key: z.string().nullable(),
  value: z.string().nullable(),
  disabled: z.boolean().exactOptional(),
  description: DescriptionSchema.exactOptional(),
  extra: Extra,
};

const FieldSchema = z.strictObject(fieldShape) satisfies z.ZodType<Field>;

const FormFieldSchema = z.strictObject({
  ...fieldShape,
  type: z.enum(['text', 'file']),
  source: z.array(z.string()).exactOptional(),
  contentType: z.string().exactOptional(),
}) satisfies z.ZodType<FormField>;

export const VariableSchema = z.strictObject({
  key: z.string(),
  value: JsonValue,
  type: z.string().exactOptional(),
  disabled: z.boolean().exactOptional(),
  description: DescriptionSchema.exactOptional(),
  extra: Extra,
}) satisfies z.ZodType<Variable>;

const UrlSchema = z.strictObject({
  raw: z.string(),
  protocol: z.string().exactOptional(),
  auth: z
    .strictObject({ user: z.string().exactOptional(), password: z.string().exactOptional() })
    .exactOptional(),
  host: z.array(z.string()).exactOptional(),
  port: z.string().exactOptional(),
  path: z.array(z.string()).exactOptional(),
  query: z.array(FieldSchema),
  hash: z.string().exactOptional(),
  pathVariables: z.array(VariableSchema),
  extra: Extra,
}) satisfies z.ZodType<Url>;

const switches = { disabled: z.boolean().exactOptional(), extra: Extra };

const BodySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('raw'),
    text: z.string(),
    language: z.string().exactOptional(),
    ...switches,
  }),
  z.strictObject({ kind: z.literal('urlencoded'), fields: z.array(FieldSchema), ...switches }),
  z.strictObject({ kind: z.literal('formdata'), fields: z.array(FormFieldSchema), ...switches }),
  z.strictObject({
    kind: z.literal('file'),
    source: z.string().exactOptional(),
    content: z.string().exactOptional(),
    ...switches,
  }),
  z.strictObject({
    kind: z.literal('graphql'),
    query: z.string(),
    variables: z.string().exactOptional(),
    operationName: z.string().exactOptional(),
    ...switches,
  }),
]) satisfies z.ZodType<Body>;

export const AuthSchema = z.strictObject({
  type: z.string(),
  parameters: z.record(z.string(), JsonValue),
  extra: Extra,
}) satisfies z.ZodType<Auth>;

export const ScriptSchema = z.strictObject({
  listen: z.enum(['prerequest', 'test']),
  source: z.string(),
  id: z.string().exactOptional(),
  disabled: z.boolean().exactOptional(),
  extra: Extra,
}) satisfies z.ZodType<Script>;

const RequestDefinitionSchema = z.strictObject({
  method: z.string(),
  url: UrlSchema,
  headers: z.array(FieldSchema),
  body: BodySchema.exactOptional(),
  auth: AuthSchema.exactOptional(),
  description: DescriptionSchema.exactOptional(),
  extra: Extra,
}) satisfies z.ZodType<RequestDefinition>;

const ExampleSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  request: RequestDefinitionSchema.exactOptional(),
  status: z.string().exactOptional(),
  code: z.number().exactOptional(),
  headers: z.array(FieldSchema),
  body: z.string().exactOptional(),
  extra: Extra,
}) satisfies z.ZodType<Example>;

export const RequestItemSchema = z.strictObject({
  kind: z.literal('request'),
  id: z.string(),
  name: z.string().min(1, 'A request needs a name.'),
  request: RequestDefinitionSchema,
  variables: z.array(VariableSchema),
  scripts: z.array(ScriptSchema),
  examples: z.array(ExampleSchema),
  settings: z.record(z.string(), JsonValue).exactOptional(),
  extra: Extra,
}) satisfies z.ZodType<RequestItem>;
