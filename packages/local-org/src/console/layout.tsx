import type { Child, PropsWithChildren } from 'hono/jsx';

/** What the last action did, or why it could not be done. */
export interface Notice {
  readonly kind: 'done' | 'problem';
  readonly text: string;
}

interface Frame {
  readonly title: string;
  readonly login: string;
  readonly csrf: string;
  /** Path of the page below `/admin`. */
  readonly path: string;
  readonly notice?: Notice | undefined;
  /** Milliseconds that the org's time is ahead of the machine's; something to know on every page. */
  readonly clock: { readonly offset: number; readonly frozen: boolean };
}

const navigation = [
  ['Dashboard', '/'],
  ['Directory', undefined],
  ['People', '/people'],
  ['Groups', '/groups'],
  ['Group rules', '/rules'],
  ['Applications', '/apps'],
  ['Security', undefined],
  ['Administrators', '/administrators'],
  ['API', '/tokens'],
  ['Settings', '/settings'],
  ['Reports', undefined],
  ['System Log', '/log'],
  ['Messages', '/messages'],
  ['Clock and faults', '/clock'],
  ['State and copies', '/state'],
] as const;

/** The whole page of somebody who is signed in. */
export function renderFrame(frame: Frame, content: Child): Promise<string> {
  const { title, login, csrf, notice, clock } = frame;
  return renderDocument(
    title,
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <Mark /> <strong>Local org</strong> <span>Admin console</span>
        {clock.offset === 0 && !clock.frozen ? undefined : (
          <a class="pill warn" href="/admin/clock">
            {clock.frozen ? 'The clock stands still' : 'The clock is moved'}
          </a>
        )}
        <span class="who">{login}</span>
        <button id="sign-out">Sign out</button>
      </header>
      <Navigation path={frame.path} />
      <main id="main" tabindex={-1}>
        {notice === undefined ? undefined : (
          <p class={notice.kind} role={notice.kind === 'done' ? 'status' : 'alert'}>
            {notice.text}
          </p>
        )}
        {content}
      </main>
    </>,
    csrf,
  );
}

function Navigation({ path }: { readonly path: string }) {
  const isCurrent = (link: string): boolean =>
    link === '/' ? path === '/' : path === link || path.startsWith(`${link}/`);
  const indented = new Set([
    '/people',
    '/groups',
    '/rules',
    '/administrators',
    '/tokens',
    '/settings',
    '/log',
    '/messages',
  ]);
  return (
    <nav aria-label="Admin console">
      {navigation.map(([text, link]) =>
        link === undefined ? (
          <span>{text}</span>
        ) : (
          <a
            href={link === '/' ? '/admin' : `/admin${link}`}
            class={indented.has(link) ? 'below' : undefined}
            aria-current={isCurrent(link) ? 'page' : undefined}
          >
            {text}
          </a>
        ),
      )}
    </nav>
  );
}

/**
 * The page that asks for the administrator's name and password.
 * @param place the page to go to afterwards, below `/admin`
 */
export function renderSignIn(place: string, problem?: string): Promise<string> {
  return renderDocument(
    'Sign in',
    <main class="sign-in">
      <h1>
        <Mark /> Local org
      </h1>
      <p>Sign in as the org’s administrator. The name and the password stand where the org was started.</p>
      {problem === undefined ? undefined : (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <form method="post" action="/admin/sign-in">
        <input type="hidden" name="place" value={place} />
        <label>
          Username <input name="username" autocomplete="username" required autofocus />
        </label>
        <label>
          Password <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <button class="primary">Sign in</button>
      </form>
    </main>,
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path fill="currentColor" d="M3 17V8l1-3h2l.5 2h1L8 4h4l.5 3h1L14 5h2l1 3v9h-5v-4a2 2 0 0 0-4 0v4z" />
    </svg>
  );
}

function Document({
  title,
  csrf,
  children,
}: PropsWithChildren<{ readonly title: string; readonly csrf: string | undefined }>) {
  return (
    <html lang="en" data-csrf={csrf}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{`${title} · Local org`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/admin/console.css" />
      </head>
      <body>
        {children}
        <script src="/admin/console.js" />
      </body>
    </html>
  );
}

export async function renderDocument(title: string, body: Child, csrf?: string): Promise<string> {
  // Parts of a page may wait for what they show.
  const text = await (
    <Document title={title} csrf={csrf}>
      {body}
    </Document>
  ).toString();
  return `<!doctype html>\n${text}`;
}
