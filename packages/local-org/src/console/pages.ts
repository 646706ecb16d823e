import type { UserRecord } from '../store/records.ts';

/** One API token as the page shows it; moments in milliseconds. */
export interface TokenRow {
  readonly id: string;
  readonly name: string;
  readonly madeBy: string;
  readonly created: number;
  readonly lastUsed: number;
  readonly expires: number;
  readonly now: number;
}

const MARK =
  '<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path fill="currentColor" d="M3 17V8l1-3h2l.5 2h1L8 4h4l.5 3h1L14 5h2l1 3v9h-5v-4a2 2 0 0 0-4 0v4z"/></svg>';

/** The page that asks for the administrator's name and password. */
export function renderSignIn(problem?: string): string {
  return document(
    'Sign in',
    `<main class="sign-in">
      <h1>${MARK} Local org</h1>
      <p>Sign in as the org’s administrator. The name and the password stand where the org was started.</p>
      ${problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`}
      <form method="post" action="/admin/sign-in">
        <label>Username <input name="username" autocomplete="username" required autofocus></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
        <button class="primary">Sign in</button>
      </form>
    </main>`,
  );
}

/** Security › API › Tokens. */
export function renderTokens(administrator: UserRecord, csrf: string, tokens: readonly TokenRow[]): string {
  const login = escapeHtml(String(administrator.profile['login']));
  return document(
    'API tokens',
    `<header>${MARK} <strong>Local org</strong> <span>Admin console</span> <span class="who">${login}</span>
      <button id="sign-out">Sign out</button></header>
    <nav aria-label="Admin console"><span>Security</span><a href="/admin/tokens" aria-current="page">API</a></nav>
    <main>
      <h1>API</h1>
      <p>Tokens act with the rights of the administrator who made them and expire after 30 days without use.</p>
      <h2>Tokens <span class="count">${tokens.length}</span></h2>
      <button class="primary" id="create">Create token</button>
      ${tokens.length === 0 ? EMPTY : renderTable(tokens)}
    </main>
    ${DIALOGS}`,
    csrf,
  );
}

const EMPTY =
  '<p class="empty">There are no tokens yet. A client that calls the org’s API needs one: press Create token.</p>';

const DIALOGS = `<dialog id="name-dialog" aria-labelledby="name-title"><form method="dialog">
      <h2 id="name-title">Create token</h2>
      <label>Name <input id="token-name" maxlength="255" required autocomplete="off"></label>
      <p class="problem" id="name-problem" role="alert"></p>
      <div class="buttons"><button type="button" id="name-cancel">Cancel</button><button class="primary">Create token</button></div>
    </form></dialog>
    <dialog id="value-dialog" aria-labelledby="value-title"><form method="dialog">
      <h2 id="value-title">Token created</h2>
      <p>Copy the value now. Once this dialog is closed it cannot be seen again.</p>
      <p class="value"><code id="token-value" data-testid="token-value"></code><button type="button" id="copy">Copy</button></p>
      <div class="buttons"><button class="primary">OK, got it</button></div>
    </form></dialog>
    <dialog id="revoke-dialog" aria-labelledby="revoke-title"><form method="dialog">
      <h2 id="revoke-title">Revoke token</h2>
      <p>Whatever uses “<span id="revoke-name"></span>” stops working at once. This cannot be undone.</p>
      <div class="buttons"><button type="button" id="revoke-cancel">Cancel</button><button class="danger" id="revoke-confirm">Revoke</button></div>
    </form></dialog>`;

function renderTable(tokens: readonly TokenRow[]): string {
  return `<table><thead><tr><th scope="col">Name</th><th scope="col">Made by</th><th scope="col">Created</th>
    <th scope="col">Last used</th><th scope="col">Expires</th><th scope="col"><span class="hidden">Actions</span></th></tr></thead>
    <tbody>${tokens.map(renderRow).join('')}</tbody></table>`;
}

function renderRow({ id, name, madeBy, created, lastUsed, expires, now }: TokenRow): string {
  const shown = escapeHtml(name);
  return `<tr><th scope="row">${shown}</th><td>${escapeHtml(madeBy)}</td><td>${toDay(created)}</td>
    <td>${lastUsed === created ? 'Never' : toDay(lastUsed)}</td><td>${expires < now ? 'Expired' : toDay(expires)}</td>
    <td><button class="danger" data-revoke="${escapeHtml(id)}" data-name="${shown}" aria-label="Revoke ${shown}">Revoke</button></td></tr>`;
}

function toDay(moment: number): string {
  const day = new Date(moment).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `<time datetime="${new Date(moment).toISOString()}">${day}</time>`;
}

function document(title: string, body: string, csrf?: string): string {
  return `<!doctype html>
<html lang="en"${csrf === undefined ? '' : ` data-csrf="${csrf}"`}>
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Local org</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/admin/console.css"></head>
<body>${body}<script src="/admin/console.js"></script></body></html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that can stand in an element or a quoted attribute. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
