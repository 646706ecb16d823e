const GUARDS = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  // With `no-referrer` browsers send `Origin: null` with the sign-in form.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** The console's answers: none may be framed, kept, or run what is not the console's own. */
export function page(html: string, status = 200): Response {
  return new Response(html, { status, headers: { ...GUARDS, 'content-type': 'text/html; charset=utf-8' } });
}

export function asset(text: string, type: string): Response {
  return new Response(text, { headers: { ...GUARDS, 'content-type': `${type}; charset=utf-8` } });
}

export function json(value: unknown): Response {
  return Response.json(value, { headers: GUARDS });
}

/** A refusal that a script of the console reads, or that only another site meets. */
export function refuse(status: number, sentence: string): Response {
  return Response.json({ sentence }, { status, headers: GUARDS });
}

export function redirect(location: string, cookie?: string): Response {
  const headers = new Headers({ ...GUARDS, location });
  if (cookie !== undefined) headers.set('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}
