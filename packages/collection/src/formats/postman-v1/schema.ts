import { z } from 'zod';
import type { Json } from '../../model.ts';

const AnyJson = z.custom<Json>(() => true);
const Ids = z.array(z.string()).nullish().catch(undefined);
const Entity = z.object({ id: z.string() }).catchall(AnyJson);

const Folder = Entity.extend({ order: Ids, folders_order: Ids }).catchall(AnyJson);
const Request = Entity;

/** The frame of a v1 file: flat lists of folders and requests, joined by lists of ids. */
export const PostmanV1 = z
  .object({
    id: z.string().optional(),
    name: z.string().catch('Untitled collection'),
    order: Ids,
    folders_order: Ids,
    folders: z.array(Folder).nullish(),
    requests: z.array(Request),
  })
  .catchall(AnyJson);

export type PostmanV1 = z.infer<typeof PostmanV1>;
export type FolderV1 = z.infer<typeof Folder>;
export type RequestV1 = z.infer<typeof Request>;
