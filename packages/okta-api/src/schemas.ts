import { z } from 'zod';
import { SecretLink, SecretText } from './secret-fields.ts';

/**
 * Parts that several APIs share. Bodies are plain objects (Okta ignores members it does not know), answers
 * are loose ones (Okta adds members at any time).
 */

/** A moment as Okta writes it: UTC with milliseconds. */
export const Timestamp = z.iso.datetime();

/** A query flag in any case (clients in Python write `False`); anything but true and false is refused. */
export const Flag = z
  .string()
  .regex(/^(?:true|false)$/i)
  .transform((text) => text.toLowerCase() === 'true');

/** `limit`: a whole number in digits; how far it is capped is the operation's paging. */
export const Limit = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

/** A relation of `_links`: one place or several. */
const Link = z.looseObject({ href: z.string() });
export const Links = z.record(z.string(), z.union([Link, z.array(Link)]));

/** What a person sets a factor up with; what there is depends on the factor. */
export const FactorActivation = z.looseObject({
  sharedSecret: SecretText.optional(),
  _links: z.looseObject({ qrcode: z.looseObject({ href: SecretLink }).optional() }).optional(),
});

/** The answer of a call that has nothing to say. */
export const EmptyObject = z.strictObject({});

export const cursorQuery = { limit: Limit.optional(), after: z.string().optional() };

export const CursorQuery = z.object(cursorQuery);

export const ExpandQuery = z.object({ expand: z.string().optional() });

/** Okta's answer to any call that failed. */
export const ErrorAnswer = z.looseObject({
  errorCode: z.string(),
  errorSummary: z.string(),
  errorLink: z.string().optional(),
  errorId: z.string(),
  errorCauses: z.array(z.looseObject({ errorSummary: z.string() })).optional(),
});

/** A body that is not JSON, as it came: a certificate, a picture in a form. */
export const RawBody = z.custom<{ readonly contentType: string; readonly bytes: Uint8Array }>();
