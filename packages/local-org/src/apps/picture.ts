import { invalid } from '../okta-error.ts';

const LARGEST = 1024 * 1024;

/** A picture as it is kept. */
interface Picture {
  readonly contentType: string;
  readonly base64: string;
}

/**
 * The picture in the field `file` of a form. Throws E0000001 for anything but a PNG, JPG, SVG or GIF below one
 * megabyte (apps#update-logo-for-application).
 */
export async function readPicture(body: {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}): Promise<Picture> {
  const file = await readFile(body);
  if (!file) throw invalid('file', 'file: The field cannot be left blank');
  const bytes = Buffer.from(await file.arrayBuffer());
  const contentType = findType(bytes);
  if (contentType === undefined) throw invalid('file', 'file: The picture must be a PNG, JPG, SVG or GIF');
  if (bytes.length >= LARGEST) throw invalid('file', 'file: The picture must be smaller than 1 MB');
  return { contentType, base64: bytes.toString('base64') };
}

async function readFile({
  contentType,
  bytes,
}: {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}): Promise<File | undefined> {
  if (!/^multipart\/form-data\b/i.test(contentType)) return undefined;
  try {
    const form = await new Response(Buffer.from(bytes), {
      headers: { 'content-type': contentType },
    }).formData();
    const file = form.get('file');
    return file instanceof File && file.size > 0 ? file : undefined;
  } catch {
    // The form itself is broken.
    return undefined;
  }
}

/** What the first bytes say, whatever the form calls it. */
function findType(bytes: Buffer): string | undefined {
  const start = bytes.subarray(0, 8).toString('latin1');
  if (start === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'image/gif';
  return /<svg[\s>]/.test(bytes.subarray(0, 1024).toString('utf8')) ? 'image/svg+xml' : undefined;
}
