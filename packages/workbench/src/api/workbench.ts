import { z } from 'zod';
import { defineRoute } from './define.ts';
import { JsonValue } from './model.ts';

export const Status = z.strictObject({
  version: z.string(),
  /** The folder, as a person would name it. */
  workspace: z.string(),
  localOrg: z.strictObject({ url: z.string(), adminUrl: z.string(), isRunning: z.boolean() }).nullable(),
  packs: z.array(z.string()),
});
export type Status = z.infer<typeof Status>;

const AuthSchemeView = z.strictObject({
  /** Postman's name: `bearer`. */
  type: z.string(),
  label: z.string(),
  fields: z.array(
    z.strictObject({
      name: z.string(),
      label: z.string(),
      kind: z.enum(['text', 'secret', 'boolean', 'choice']),
      choices: z.array(z.string()).exactOptional(),
    }),
  ),
});
/** A way to prove who sends a request, with the fields that a form draws. */
export type AuthSchemeView = z.infer<typeof AuthSchemeView>;

/** What happened to the workspace, for pages that show it. */
export type WorkspaceChange =
  | { readonly kind: 'collections' }
  | { readonly kind: 'environments' }
  | { readonly kind: 'runs' }
  | { readonly kind: 'status' }
  | { readonly kind: 'cookies' }
  | { readonly kind: 'history' }
  | { readonly kind: 'preferences' };

export const workbenchRoutes = {
  readStatus: defineRoute({
    method: 'GET',
    path: '/api/status',
    summary: 'Say what the workbench serves',
    answer: Status,
  }),
  followChanges: defineRoute({
    method: 'GET',
    path: '/api/changes',
    summary: 'Stream a note for every change of the workspace, also those made on disk by others',
    answer: 'stream',
  }),
  listAuthSchemes: defineRoute({
    method: 'GET',
    path: '/api/auth-schemes',
    summary: 'List the ways to prove who sends a request, with their fields',
    answer: z.strictObject({ schemes: z.array(AuthSchemeView) }),
  }),
  readLayout: defineRoute({
    method: 'GET',
    path: '/api/layout',
    summary: 'Read what the page remembers: tabs, what is not saved yet, chosen environment, shortcuts',
    answer: z.strictObject({ layout: JsonValue }),
  }),
  saveLayout: defineRoute({
    method: 'PUT',
    path: '/api/layout',
    summary: 'Remember the tabs, what is not saved yet, the chosen environment and the shortcuts',
    body: z.strictObject({ layout: JsonValue }),
  }),
  connectLocalOrg: defineRoute({
    method: 'POST',
    path: '/api/onboarding/local-org',
    summary: 'Create an API token on the local org and an environment that holds it',
    answer: z.strictObject({ environmentId: z.string() }),
  }),
  switchLocalOrg: defineRoute({
    method: 'PUT',
    path: '/api/local-org',
    summary: 'Start or stop the local org; what it holds stays',
    body: z.strictObject({ isRunning: z.boolean() }),
  }),
  addPacks: defineRoute({
    method: 'POST',
    path: '/api/onboarding/packs',
    summary: 'Import the packs that the local org serves',
    answer: z.strictObject({
      collections: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    }),
  }),
};
