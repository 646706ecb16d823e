import { expect, it } from 'vitest';
import { secretsOf } from './calls.ts';
import { operations } from './apis/index.ts';
import type { OperationDefinition } from './define.ts';
import { findSecretFields } from './secret-fields.ts';

it.each([
  ['POST', '/api/v1/authn', 'sessionToken'],
  ['POST', '/api/v1/authn', 'stateToken'],
  ['POST', '/api/v1/authn/recovery/password', 'recoveryToken'],
  ['POST', '/api/v1/authn/factors', '_embedded.factor._embedded.activation.sharedSecret'],
  ['POST', '/api/v1/sessions', 'id'],
  ['GET', '/api/v1/sessions/me', 'id'],
  ['POST', '/api/v1/users/00u1/lifecycle/activate', 'activationToken'],
  ['POST', '/api/v1/users/00u1/lifecycle/activate', 'activationUrl'],
  ['POST', '/api/v1/users/00u1/lifecycle/reset_password', 'resetPasswordUrl'],
  ['POST', '/api/v1/users/00u1/lifecycle/expire_password_with_temp_password', 'tempPassword'],
  ['POST', '/api/v1/users/00u1/factors', '_embedded.activation.sharedSecret'],
  ['POST', '/api/v1/users/00u1/factors', '_embedded.activation._links.qrcode.href'],
  ['GET', '/api/v1/apps', '*.credentials.oauthClient.client_secret'],
  ['POST', '/api/v1/apps/0oa1/credentials/secrets', 'client_secret'],
])('%s %s brings the secret %s', (method, path, field) => {
  const fields = secretsOf(method, path)?.map((one) => one.path.join('.')) ?? [];
  expect(fields).toContain(field);
});

/** Names that stand for a secret wherever they are; `password` of credentials is an empty object. */
const TELLING = /(Token|token|Secret|secret|Password)$/;

it('has no answer with a field of a telling name that is not marked', () => {
  const all: readonly OperationDefinition[] = Object.values(operations).flatMap((api) =>
    Object.values<OperationDefinition>(api),
  );
  const open = all.flatMap(({ method, path, success }) => {
    const marked = new Set(findSecretFields(success.answer).map((field) => field.path.at(-1)));
    const names = [...JSON.stringify(toShape(success.answer)).matchAll(/"(\w+)":/g)].map(
      ([, name = '']) => name,
    );
    return names
      .filter((name) => TELLING.test(name) && !marked.has(name))
      .map((name) => `${method} ${path} ${name}`);
  });
  expect(open).toEqual([]);
});

/** The names in a schema; what is not an object has none of interest here. */
function toShape(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return null;
  const { shape, element, options } = schema as { shape?: object; element?: unknown; options?: unknown[] };
  if (shape !== undefined)
    return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, toShape(field)]));
  if (element !== undefined) return [toShape(element)];
  if (Array.isArray(options)) return options.map(toShape);
  const inner = (schema as { unwrap?: () => unknown }).unwrap;
  return inner === undefined ? null : toShape(inner.call(schema));
}
