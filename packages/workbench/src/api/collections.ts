import { z } from 'zod';
import { defineRoute } from './define.ts';
import { AuthSchema, DescriptionSchema, RequestItemSchema, ScriptSchema, VariableSchema } from './model.ts';

/** A folder or request as the tree draws it: no more than names and methods, so that thousands are small. */
export type OutlineItem =
  | { readonly kind: 'folder'; readonly id: string; readonly name: string; readonly items: OutlineItem[] }
  | {
      readonly kind: 'request';
      readonly id: string;
      readonly name: string;
      readonly method: string;
      readonly url: string;
    };

const OutlineItemSchema: z.ZodType<OutlineItem> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('folder'),
      id: z.string(),
      name: z.string(),
      items: z.array(OutlineItemSchema),
    }),
    z.strictObject({
      kind: z.literal('request'),
      id: z.string(),
      name: z.string(),
      method: z.string(),
      url: z.string(),
    }),
  ]),
);

const TrustView = z.strictObject({
  /** `asks`: it has scripts that nobody here wrote or agreed to, and they do not run until somebody does. */
  state: z.enum(['trusted', 'asks']),
  /** How many scripts it has, and how many of them are strange. */
  scripts: z.number(),
  strange: z.number(),
  /** Goes along with an agreement, so that it is to what was shown. */
  digest: z.string(),
  /** Where it was imported from, and when (epoch milliseconds). */
  source: z.string().exactOptional(),
  at: z.number().exactOptional(),
});
/** Whether a collection's scripts may run. */
export type TrustView = z.infer<typeof TrustView>;

export const CollectionOutline = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** File name inside the workspace's `collections` folder. */
  file: z.string(),
  requests: z.number(),
  items: z.array(OutlineItemSchema),
  trust: TrustView,
});
export type CollectionOutline = z.infer<typeof CollectionOutline>;

/** A file of the workspace that could not be read, and why. */
export const FileProblem = z.strictObject({ file: z.string(), sentence: z.string() });
export type FileProblem = z.infer<typeof FileProblem>;

const Level = z.strictObject({
  kind: z.enum(['collection', 'folder']),
  id: z.string(),
  name: z.string(),
  auth: AuthSchema.exactOptional(),
  variables: z.array(VariableSchema),
  scripts: z.array(ScriptSchema),
  description: DescriptionSchema.exactOptional(),
});
/** A collection or folder with what everything inside inherits. */
export type Level = z.infer<typeof Level>;

const OpenedRequest = z.strictObject({
  collectionId: z.string(),
  item: RequestItemSchema,
  /** What the request inherits, from the collection inwards. */
  levels: z.array(Level),
});
export type OpenedRequest = z.infer<typeof OpenedRequest>;

const Changed = z.strictObject({ collectionId: z.string(), itemId: z.string().optional() });

/** One change of a collection's shape. `parentId` null is the collection itself. */
export const CollectionEdit = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rename'),
    itemId: z.string().nullable(),
    name: z.string().trim().min(1, 'A name cannot be empty.'),
  }),
  z.strictObject({ kind: z.literal('delete'), itemId: z.string() }),
  z.strictObject({ kind: z.literal('duplicate'), itemId: z.string() }),
  z.strictObject({
    kind: z.literal('add-folder'),
    parentId: z.string().nullable(),
    name: z.string().trim().min(1, 'A folder needs a name.'),
  }),
  z.strictObject({
    kind: z.literal('add-request'),
    parentId: z.string().nullable(),
    name: z.string().trim().min(1, 'A request needs a name.'),
  }),
  z.strictObject({
    kind: z.literal('move'),
    itemId: z.string(),
    parentId: z.string().nullable(),
    /** Place among the parent's items, from 0; at the end when absent. */
    index: z.number().int().min(0).optional(),
  }),
  z.strictObject({
    kind: z.literal('settings'),
    folderId: z.string().nullable(),
    auth: AuthSchema.nullable(),
    variables: z.array(VariableSchema),
    scripts: z.array(ScriptSchema),
    description: z.string(),
  }),
]);
export type CollectionEdit = z.infer<typeof CollectionEdit>;

export const collectionRoutes = {
  listCollections: defineRoute({
    method: 'GET',
    path: '/api/collections',
    summary: 'List the collections of the workspace, and the files that could not be read',
    answer: z.strictObject({ collections: z.array(CollectionOutline), problems: z.array(FileProblem) }),
  }),
  createCollection: defineRoute({
    method: 'POST',
    path: '/api/collections',
    summary: 'Create an empty collection',
    body: z.strictObject({ name: z.string().trim().min(1, 'A collection needs a name.') }),
    answer: Changed,
  }),
  deleteCollection: defineRoute({
    method: 'DELETE',
    path: '/api/collections/{collectionId}',
    summary: 'Delete a collection; it can be put back until the workbench stops',
    answer: Changed,
  }),
  editCollection: defineRoute({
    method: 'POST',
    path: '/api/collections/{collectionId}/edits',
    summary: 'Rename, move, add, duplicate or delete one item, or change what items inherit',
    body: CollectionEdit,
    answer: Changed,
  }),
  trustCollection: defineRoute({
    method: 'POST',
    path: '/api/collections/{collectionId}/trust',
    summary: 'Let the scripts of a collection run that somebody else wrote',
    body: z.strictObject({ digest: z.string() }),
    answer: TrustView,
  }),
  undoEdit: defineRoute({
    method: 'POST',
    path: '/api/collections/{collectionId}/undo',
    summary: 'Take the last change of the shape of a collection back, its deletion included',
    answer: Changed,
  }),
  duplicateCollection: defineRoute({
    method: 'POST',
    path: '/api/collections/{collectionId}/duplicate',
    summary: 'Copy a collection',
    answer: Changed,
  }),
  exportCollection: defineRoute({
    method: 'GET',
    path: '/api/collections/{collectionId}/export',
    summary: 'Download a collection as Postman v2.1 JSON',
    answer: 'text',
  }),
  openLevel: defineRoute({
    method: 'GET',
    path: '/api/collections/{collectionId}/levels/{levelId}',
    summary: 'Read what a collection (its own id) or a folder hands down',
    answer: z.strictObject({ collectionId: z.string(), level: Level, levels: z.array(Level) }),
  }),
  openRequest: defineRoute({
    method: 'GET',
    path: '/api/collections/{collectionId}/requests/{itemId}',
    summary: 'Read one request and what it inherits',
    answer: OpenedRequest,
  }),
  saveRequest: defineRoute({
    method: 'PUT',
    path: '/api/collections/{collectionId}/requests/{itemId}',
    summary: 'Save one request',
    body: RequestItemSchema,
    answer: Changed,
  }),
};
