import type { Environment } from '@castellan/collection';
import type { BoundSecret } from '@castellan/engine';
import { WorkbenchError } from '../errors.ts';

/** Variables by which environments name the token of their org; Okta's packs say `apikey`. */
const TOKENS = ['apikey', 'apiKey', 'api_key', 'apiToken', 'api_token', 'token', 'ssws'];
const ADDRESSES = ['url', 'baseUrl', 'orgUrl'];

/** Name of the variable that holds the token of an environment's org. */
export function findTokenName({ values }: Environment): string | undefined {
  return TOKENS.find((name) => values.some(({ key, enabled }) => enabled && key === name));
}

/** Where an org answers, and with which token. */
export interface Connection {
  readonly origin: string;
  readonly token: string;
}

/**
 * Where an environment's org answers, and with which token.
 * @param environment with its values filled in
 * @param secrets of the environment, with the hosts that each is bound to
 * @throws WorkbenchError `bad-request` when it has no address or token, or the token belongs to another host
 */
export function readConnection({ values, name }: Environment, secrets: readonly BoundSecret[]): Connection {
  const find = (names: readonly string[]) =>
    names
      .map((wanted) => values.find(({ key, enabled, value }) => enabled && key === wanted && value !== ''))
      .find((row) => typeof row?.value === 'string');
  const address = find(ADDRESSES)?.value;
  const token = find(TOKENS);
  if (typeof address !== 'string' || !URL.canParse(address))
    throw new WorkbenchError(
      'bad-request',
      `“${name}” has no address of an org. Add it as url, such as https://acme.okta.com.`,
    );
  if (token === undefined || typeof token.value !== 'string')
    throw new WorkbenchError('bad-request', `“${name}” has no token. Add it as the secret apikey.`);
  const { origin, host } = new URL(address);
  const hosts = secrets.find((secret) => secret.name === token.key)?.hosts;
  if (hosts !== undefined && !hosts.includes(host))
    throw new WorkbenchError(
      'bad-request',
      `“${token.key}” belongs to ${hosts.join(', ')} and was not sent to ${host}. Enter the token of this org, or say in the environment’s secrets that ${host} gets it.`,
    );
  return { origin, token: token.value };
}
