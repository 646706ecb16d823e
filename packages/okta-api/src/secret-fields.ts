import { z } from 'zod';

/** A field of an answer that proves who somebody is, or lets whoever has it become somebody. */
export interface SecretField {
  /** Names from the outside in; `*` is every entry of a list or record. */
  readonly path: readonly string[];
  /** `text`: the value itself. `link`: the last part of an address. */
  readonly kind: 'text' | 'link';
}

/** Marks an answer's field: tokens, passwords, shared secrets. */
export const SecretText = z.string().meta({ secret: 'text' });
/** Marks an address whose last part is good for one use: to activate, to reset, to enroll. */
export const SecretLink = z.string().meta({ secret: 'link' });

/**
 * The fields of a schema that are marked as secret.
 * @example findSecretFields(z.object({ sessionToken: SecretText })) // [{ path: ['sessionToken'], kind: 'text' }]
 */
export function findSecretFields(schema: unknown, path: readonly string[] = []): SecretField[] {
  if (!(schema instanceof z.ZodType)) return [];
  const kind = schema.meta()?.['secret'];
  if (kind === 'text' || kind === 'link') return [{ path, kind }];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, field]) => findSecretFields(field, [...path, name]));
  if (schema instanceof z.ZodArray) return findSecretFields(schema.element, [...path, '*']);
  if (schema instanceof z.ZodRecord) return findSecretFields(schema.valueType, [...path, '*']);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => findSecretFields(option, path));
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return findSecretFields(schema.unwrap(), path);
  return [];
}
