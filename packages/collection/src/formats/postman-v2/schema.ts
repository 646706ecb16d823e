import { z } from 'zod';
import type { Json } from '../../model.ts';

/** What came out of `JSON.parse`; the parts of an item are read one by one, so that one odd field costs only itself. */
const AnyJson = z.custom<Json>(() => true);
const JsonObject = z.record(z.string(), AnyJson);

const OneItem = JsonObject.refine((item) => 'request' in item || 'item' in item);

/** The frame of a v2.0 or v2.1 file. Postman: `info` may be missing, and one item may stand without its list. */
export const PostmanV2 = z
  .looseObject({ info: JsonObject.default({}), item: z.union([z.array(AnyJson), OneItem]).optional() })
  .catchall(AnyJson);
export const PostmanItem = JsonObject;
export const PostmanItems = z.union([z.array(AnyJson), OneItem.transform((item) => [item])]);
