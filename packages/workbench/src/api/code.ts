import { z } from 'zod';
import { defineRoute } from './define.ts';
import { RequestItemSchema } from './model.ts';

export const codeRoutes = {
  listCodeLanguages: defineRoute({
    method: 'GET',
    path: '/api/code',
    summary: 'List the languages that a request can be written in',
    answer: z.strictObject({
      languages: z.array(z.strictObject({ name: z.string(), title: z.string(), language: z.string() })),
    }),
  }),
  writeCode: defineRoute({
    method: 'POST',
    path: '/api/code',
    summary: 'Write a request as code; secrets stay variables of the environment',
    body: z.strictObject({
      collectionId: z.string(),
      /** The request as it stands in the page, saved or not. */
      item: RequestItemSchema,
      environmentId: z.string().nullable(),
      /** Name of the language. */
      target: z.string(),
    }),
    answer: z.strictObject({ code: z.string(), language: z.string() }),
  }),
};
