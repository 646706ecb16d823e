import { z } from 'zod';
import { defineRoute } from './define.ts';

const EnvironmentRow = z.strictObject({
  key: z.string(),
  /** Absent for secrets: their values stay with the server. */
  value: z.string().optional(),
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
  type: z.enum(['default', 'secret']),
  enabled: z.boolean(),
});
export type EnvironmentRowEdit = z.infer<typeof EnvironmentRowEdit>;

const EnvironmentEdit = z.strictObject({
  name: z.string().trim().min(1, 'An environment needs a name.'),
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
  deleteEnvironment: defineRoute({
    method: 'DELETE',
    path: '/api/environments/{environmentId}',
    summary: 'Delete an environment and its secrets',
  }),
};
