import { WorkbenchError } from '../errors.ts';

/** Bytes that an import takes, from a file or a link. */
export const LARGEST_IMPORT = 50 * 1024 * 1024;
const LONGEST_WAIT_MS = 20_000;

/** A file behind a link. */
export interface LinkedFile {
  readonly bytes: Uint8Array;
  /** The last part of its address. */
  readonly name: string;
}

/**
 * Reads the file behind an address; of a page of GitHub, GitLab or Bitbucket that shows a file, the file itself.
 * Redirects are followed by `fetch` (20 at most).
 * @param fetch how to reach it; passed in so that tests need no network
 * @throws WorkbenchError `link-unreachable` or `link-refused`, each with what to do
 */
export async function readLink(address: string, fetch: typeof globalThis.fetch): Promise<LinkedFile> {
  const url = toRawUrl(toUrl(address));
  const signal = AbortSignal.timeout(LONGEST_WAIT_MS);
  let response: Response;
  try {
    response = await fetch(url, { signal, headers: { accept: 'application/json, */*;q=0.5' } });
  } catch (cause) {
    if (signal.aborted) throw tooSlow(url);
    const reason = cause instanceof Error && cause.cause instanceof Error ? ` (${cause.cause.message})` : '';
    throw new WorkbenchError(
      'link-unreachable',
      `${url.host} could not be reached${reason}. Check the link and your connection, or download the file and import it.`,
      { cause },
    );
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new WorkbenchError('link-refused', sentenceFor(response.status, url));
  }
  const bytes = await readLimited(response, url, signal);
  const start = new TextDecoder().decode(bytes.subarray(0, 200));
  if (/^\s*<(!doctype|html|head|body|\?xml)/i.test(start)) {
    throw new WorkbenchError(
      'link-refused',
      `${url.href} is a web page, not a collection. Use the link of the JSON file itself (on GitHub: Raw).`,
    );
  }
  return { bytes, name: decodeName(url) };
}

function decodeName({ pathname, host }: URL): string {
  const last = pathname.split('/').at(-1) || host;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** Pages that show a file, and where the file lies: people copy the address that their browser shows. */
function toRawUrl(url: URL): URL {
  const github = /^\/([^/]+\/[^/]+)\/(?:blob|raw)\/(.+)$/.exec(url.pathname);
  if (url.hostname === 'github.com' && github !== null)
    return new URL(`https://raw.githubusercontent.com/${github[1]}/${github[2]}`);
  if (url.hostname === 'gist.github.com' && /^\/[^/]+\/[\da-f]+\/?$/.test(url.pathname))
    return new URL(`https://gist.githubusercontent.com${url.pathname.replace(/\/$/, '')}/raw`);
  if (url.pathname.includes('/-/blob/')) return new URL(url.href.replace('/-/blob/', '/-/raw/'));
  if (url.hostname === 'bitbucket.org') return new URL(url.href.replace(/^([^?#]*?)\/src\//, '$1/raw/'));
  return url;
}

function toUrl(address: string): URL {
  const text = address.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new WorkbenchError(
      'bad-request',
      `“${text.slice(0, 200)}” is no link. A link starts with http:// or https://.`,
    );
  }
  return url;
}

function sentenceFor(status: number, url: URL): string {
  switch (status) {
    case 404:
    case 410:
      return `Nothing is found at ${url.href} (${status}). Check the link for a typing error.`;
    case 401:
    case 403:
      return `${url.host} does not show ${url.pathname} without signing in (${status}). Download the file and import it.`;
    default:
      return `${url.host} answered ${status} instead of a file. Try again later, or download the file and import it.`;
  }
}

async function readLimited(response: Response, url: URL, signal: AbortSignal): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const part = await reader?.read();
      if (part === undefined || part.done) return Buffer.concat(parts);
      size += part.value.byteLength;
      if (size > LARGEST_IMPORT) throw tooLarge(url.href);
      parts.push(part.value);
    }
  } catch (cause) {
    if (cause instanceof WorkbenchError) throw cause;
    if (signal.aborted) throw tooSlow(url);
    throw new WorkbenchError(
      'link-unreachable',
      `The connection to ${url.host} broke off in the middle of the file. Try again, or download the file and import it.`,
      { cause },
    );
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

/** The sentence for a source of more than 50 MB. */
export function tooLarge(source: string): WorkbenchError {
  return new WorkbenchError(
    'too-large',
    `${source} is larger than 50 MB. A collection of that size cannot be imported; split it.`,
  );
}

function tooSlow(url: URL): WorkbenchError {
  return new WorkbenchError(
    'link-unreachable',
    `${url.host} did not answer within ${LONGEST_WAIT_MS / 1000} seconds. Try again, or download the file and import it.`,
  );
}
