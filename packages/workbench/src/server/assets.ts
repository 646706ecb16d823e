import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { toSecurityHeaders } from './guard.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/**
 * Serves the built web app. Every path that is no file is the app itself, which has its own screens.
 * @param folder of the build; `index.html` holds `__NONCE__` where the page finds its nonce
 * @param setCookie the session that only this page gets
 */
export async function serveAsset(folder: string, pathname: string, setCookie: string): Promise<Response> {
  const path = resolve(join(folder, safeDecode(pathname)));
  const isInside = path.startsWith(resolve(folder) + sep);
  const extension = extname(path);
  if (isInside && extension !== '' && extension !== '.html') {
    const bytes = await readFile(path).catch(() => undefined);
    if (bytes === undefined)
      return new Response('Not found', { status: 404, headers: toSecurityHeaders('none') });
    return new Response(new Uint8Array(bytes), {
      headers: {
        ...toSecurityHeaders('none'),
        'content-type': TYPES[extension] ?? 'application/octet-stream',
        // Names under assets/ change with their content.
        'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    });
  }
  const nonce = randomBytes(16).toString('base64url');
  const page = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined);
  if (page === undefined) {
    return new Response('The web app is not built. Run npm run build, then start again.', {
      status: 500,
      headers: { ...toSecurityHeaders(nonce), 'content-type': 'text/plain; charset=utf-8' },
    });
  }
  return new Response(page.replaceAll('__NONCE__', nonce), {
    headers: {
      ...toSecurityHeaders(nonce),
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'set-cookie': setCookie,
    },
  });
}

function safeDecode(pathname: string): string {
  try {
    return decodeURIComponent(pathname).replaceAll('\0', '');
  } catch {
    return '/';
  }
}
