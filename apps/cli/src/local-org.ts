import { randomBytes } from 'node:crypto';
import { type OrgOptions, type ServedOrg, serveOrg } from '@castellan/local-org';
import { CommandFailure } from './exit-codes.ts';
import { readPacks } from './packs.ts';

/** What a command says of the org it wants; the rest is the same for all of them. */
export interface LocalOrgOptions extends Pick<OrgOptions, 'data' | 'plan' | 'seed' | 'settings' | 'token'> {
  readonly port: number;
  readonly hostname?: string;
  /** The administrator's; `$CASTELLAN_ADMIN_PASSWORD` or a new one when absent. */
  readonly password?: string;
}

export interface LocalOrg extends ServedOrg {
  readonly administrator: { readonly login: string; readonly password: string };
}

/**
 * Starts a local org that serves Castellan's packs and has an administrator who can sign in.
 * @throws CommandFailure the port is taken, or the data folder cannot be used
 */
export async function startLocalOrg(options: LocalOrgOptions): Promise<LocalOrg> {
  const { password: asked, ...rest } = options;
  const password = asked ?? process.env['CASTELLAN_ADMIN_PASSWORD'] ?? randomBytes(12).toString('base64url');
  const administrator = { login: 'admin@example.com', password };
  try {
    const org = await serveOrg({ ...rest, admin: administrator, packs: await readPacks() });
    return { ...org, administrator };
  } catch (cause) {
    if (!(cause instanceof Error)) throw cause;
    throw new CommandFailure(toSentence(cause, options), undefined, { cause });
  }
}

function toSentence(cause: Error & { readonly code?: unknown }, { port, hostname }: LocalOrgOptions): string {
  switch (cause.code) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Choose another one for the local org, or 0 for any free one.`;
    case 'EACCES':
      return `Port ${port} may not be used without more rights. Choose one above 1023.`;
    case 'EADDRNOTAVAIL':
      return `${hostname ?? 'The address'} is no address of this machine. Choose another with --host.`;
    default:
      return cause.message;
  }
}
