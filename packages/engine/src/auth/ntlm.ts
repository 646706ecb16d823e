import { withoutHeader } from '../headers.ts';
import { readFlag, readText, withAuthorization } from './scheme.ts';
import type { AuthParameters, AuthScheme, Challenge } from './scheme.ts';

/** NTLM over HTTP ([MS-NTHT]): two rounds on one connection, each an answer to a challenge. */
export const ntlm: AuthScheme = {
  label: 'NTLM',
  fields: [
    { name: 'username', label: 'Username', kind: 'text' },
    { name: 'password', label: 'Password', kind: 'secret' },
    { name: 'domain', label: 'Domain', kind: 'text' },
    { name: 'workstation', label: 'Workstation', kind: 'text' },
    { name: 'disableRetryRequest', label: 'Do not answer challenges', kind: 'boolean' },
  ],
  bindsConnection: true,
  // Postman: whatever stood in the header goes, even when no challenge follows.
  apply: (request) => ({ ...request, headers: withoutHeader(request.headers, 'authorization') }),
  async respond(request, challenge, parameters) {
    if (readFlag(parameters, 'disableRetryRequest')) return undefined;
    if (challenge.code !== 401 && challenge.code !== 403) return undefined;
    const offers = readOffers(challenge);
    if (challenge.round > 2 || (challenge.round === 1 && !offers.some((offer) => offer.includes('NTLM'))))
      return undefined;
    const message = await toMessage(challenge.round, offers, readAccount(parameters));
    return { request: withAuthorization(request, message), learned: {} };
  },
};

function readOffers({ headers }: Challenge): string[] {
  return headers.filter(([name]) => name.toLowerCase() === 'www-authenticate').map(([, value]) => value);
}

/** Whom the messages speak for. */
interface Account {
  readonly username: string;
  readonly password: string;
  readonly domain: string;
  readonly workstation: string;
}

/** Postman: without a domain of its own it is taken from `DOMAIN\user` or `user@domain`. */
function readAccount(parameters: AuthParameters): Account {
  const [username, password] = [readText(parameters, 'username'), readText(parameters, 'password')];
  const [domain, workstation] = [readText(parameters, 'domain'), readText(parameters, 'workstation')];
  if (domain !== '') return { username, password, domain, workstation };
  const logon = /^([^\\@]+)\\([^\\@]+)$/.exec(username);
  if (logon !== null) return { username: logon[2] ?? '', password, domain: logon[1] ?? '', workstation };
  const principal = /^([^\\@]+)@([^\\@]+)$/.exec(username);
  if (principal !== null)
    return { username: principal[1] ?? '', password, domain: principal[2] ?? '', workstation };
  return { username, password, domain, workstation };
}

/** The library's calls; it brings no types of its own. */
interface Messages {
  createType1Message(account: Account): string;
  parseType2Message(header: string, fail: (error: Error) => void): object | null | undefined;
  createType3Message(challenge: object, account: Account): string;
}

async function toMessage(round: number, offers: readonly string[], account: Account): Promise<string> {
  // @ts-expect-error -- see Messages
  const module: unknown = await import('httpntlm/ntlm.js');
  const messages = (module as { readonly default: Messages }).default;
  if (round === 1) return messages.createType1Message(account);
  const offer = offers.find((value) => value.startsWith('NTLM '));
  if (offer === undefined) throw new Error('ntlm: server did not send NTLM type 2 message');
  return messages.createType3Message(readType2(offer, messages), account);
}

function readType2(offer: string, messages: Messages): object {
  try {
    const challenge = messages.parseType2Message(offer, () => undefined);
    if (challenge) return challenge;
  } catch {
    // Shorter than its own lengths say.
  }
  throw new Error('ntlm: server did not correctly process authentication request');
}
