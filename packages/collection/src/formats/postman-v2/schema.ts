import { z } from 'zod';
import type { Json } from '../../model.ts';

/** What came out of `JSON.parse`; the parts of an item are read one by one, so that one odd field costs only itself. */
const AnyJson = z.custom<Json>(() => true);
const JsonObject = z.record(z.string(), AnyJson);

/** The frame of a v2.0 or v2.1 file. */
export const PostmanV2 = z
  .looseObject({ info: JsonObject, item: z.array(AnyJson).optional() })
  .catchall(AnyJson);
export const PostmanItem = JsonObject;
export const PostmanItems = z.array(AnyJson);
