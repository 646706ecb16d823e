import { guardRules } from '@castellan/engine';
import { z } from 'zod';
import { defineRoute } from './define.ts';

/** A name, an IPv4 address or an IPv6 address in brackets, and a port. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)(:\d{1,5})?$/;

const EnvironmentRow = z.strictObject({
  key: z.string(),
  /** The current value, which requests use. Absent for secrets: their values stay with the server. */
  value: z.string().optional(),
  /** The value in the file, which others who have the workspace see; absent for secrets. */
  initial: z.string().optional(),
  type: z.enum(['default', 'secret']),
  enabled: z.boolean(),
  /** Whether there is a value; the only thing the page learns of a secret's. */
  hasValue: z.boolean(),
  /** Of a secret with a value: the hosts that may get it; absent there: any host. */
  hosts: z.array(z.string()).exactOptional(),
  /** Of a secret: scripts read the value itself, and not a handle in its place. */
  readable: z.boolean().exactOptional(),
});
export type EnvironmentRow = z.infer<typeof EnvironmentRow>;

export const EnvironmentView = z.strictObject({
  id: z.string(),
  name: z.string(),
  scope: z.enum(['environment', 'globals']),
  /** Which kind of org its `url` points at: this decides its colour. */
  org: z.enum(['local', 'preview', 'production', 'none']),
  values: z.array(EnvironmentRow),
  /** The host of the org that it is for, with its port where the address names one. */
  host: z.string().exactOptional(),
  /** What guards its org: what a person chose, or what a production org has until they do. Absent: nothing. */
  guard: guardRules.exactOptional(),
  /** Whether a person chose the guard. */
  guardIsChosen: z.boolean(),
  /** Why the guard in the file cannot be read; nothing is sent with this environment until it is corrected. */
  guardFault: z.string().exactOptional(),
});
export type EnvironmentView = z.infer<typeof EnvironmentView>;

/** A row as the page saves it: `value` absent on a secret keeps the value that is stored under `was` (or `key`). */
export const EnvironmentRowEdit = z.strictObject({
  key: z.string(),
  was: z.string().optional(),
  value: z.string().optional(),
  /** The value for the file; the current value when absent. */
  initial: z.string().optional(),
  type: z.enum(['default', 'secret']),
  enabled: z.boolean(),
});
export type EnvironmentRowEdit = z.infer<typeof EnvironmentRowEdit>;

const EnvironmentEdit = z.strictObject({
  name: z.string().trim().min(1, 'An environment needs a name.'),
  scope: z.enum(['environment', 'globals']).default('environment'),
  values: z.array(EnvironmentRowEdit),
});
export type EnvironmentEdit = z.infer<typeof EnvironmentEdit>;

/** Who gets a secret. What is absent stays as it is. */
const SecretRule = z.strictObject({
  /** `host` or `host:port` as addresses have it; null: any host. */
  hosts: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(HOST, 'Give hosts alone, such as acme.okta.com or 127.0.0.1:4401.'),
    )
    .min(1, 'A secret without any host can be sent nowhere. Name one, or allow any host.')
    .nullable()
    .exactOptional(),
  readable: z.boolean().exactOptional(),
});
export type SecretRule = z.infer<typeof SecretRule>;

export const environmentRoutes = {
  listEnvironments: defineRoute({
    method: 'GET',
    path: '/api/environments',
    summary: 'List the environments; the values of secrets stay with the server',
    answer: z.strictObject({
      environments: z.array(EnvironmentView),
      /** Current values of collection variables, by the collection's id; those that differ from the file. */
      collections: z.record(z.string(), z.array(EnvironmentRow)),
      problems: z.array(z.strictObject({ file: z.string(), sentence: z.string() })),
    }),
  }),
  createEnvironment: defineRoute({
    method: 'POST',
    path: '/api/environments',
    summary: 'Add an environment',
    body: EnvironmentEdit,
    answer: EnvironmentView,
  }),
  saveEnvironment: defineRoute({
    method: 'PUT',
    path: '/api/environments/{environmentId}',
    summary: 'Save an environment',
    body: EnvironmentEdit,
    answer: EnvironmentView,
  }),
  duplicateEnvironment: defineRoute({
    method: 'POST',
    path: '/api/environments/{environmentId}/duplicate',
    summary: 'Copy an environment, its secrets included',
    answer: EnvironmentView,
  }),
  exportEnvironment: defineRoute({
    method: 'GET',
    path: '/api/environments/{environmentId}/export',
    summary: 'Download an environment as Postman has it: initial values, and no secret’s',
    answer: 'text',
  }),
  ruleSecret: defineRoute({
    method: 'PUT',
    path: '/api/environments/{environmentId}/secrets/{key}',
    summary: 'Say which hosts may get a secret, and whether scripts may read it',
    body: SecretRule,
    answer: EnvironmentView,
  }),
  guardEnvironment: defineRoute({
    method: 'PUT',
    path: '/api/environments/{environmentId}/guard',
    summary: 'Choose what guards the org of an environment; null leaves it to the kind of org',
    body: z.strictObject({ guard: guardRules.nullable() }),
    answer: EnvironmentView,
  }),
  deleteEnvironment: defineRoute({
    method: 'DELETE',
    path: '/api/environments/{environmentId}',
    summary: 'Delete an environment and its secrets',
  }),
};
