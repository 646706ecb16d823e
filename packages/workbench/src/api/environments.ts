import { z } from 'zod';
import { defineRoute } from './define.ts';

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
});
export type EnvironmentRow = z.infer<typeof EnvironmentRow>;

export const EnvironmentView = z.strictObject({
  id: z.string(),
  name: z.string(),
  scope: z.enum(['environment', 'globals']),
  /** Which kind of org its `url` points at: this decides its colour. */
  org: z.enum(['local', 'preview', 'production', 'none']),
  values: z.array(EnvironmentRow),
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
  deleteEnvironment: defineRoute({
    method: 'DELETE',
    path: '/api/environments/{environmentId}',
    summary: 'Delete an environment and its secrets',
  }),
};
