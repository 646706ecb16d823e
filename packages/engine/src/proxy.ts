import { Buffer } from 'node:buffer';
import http from 'node:http';
import https from 'node:https';
import type { AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import type { WireAddress } from './url.ts';

/** The proxy that a request to this address goes through; `undefined` goes straight. */
export type ChooseProxy = (address: WireAddress) => URL | undefined;

/**
 * Reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in capitals or not, as Newman does: https without a proxy of
 * its own takes that of http; `NO_PROXY` is `*`, or names with commas that stand for their subdomains too, each
 * with a port or without.
 * @param variables the environment of the process
 * @throws {Error} a proxy that is no address
 */
export function readProxies(variables: Readonly<Record<string, string | undefined>>): ChooseProxy {
  const read = (name: string): string => variables[name] || variables[name.toLowerCase()] || '';
  const plain = toProxy(read('HTTP_PROXY'));
  const secure = toProxy(read('HTTPS_PROXY')) ?? plain;
  if (plain === undefined && secure === undefined) return () => undefined;
  const exceptions = read('NO_PROXY').split(',').map(toException);
  const isDirect = (address: WireAddress): boolean => exceptions.some((matches) => matches(address));
  return (address) => {
    const proxy = address.protocol === 'https:' ? secure : plain;
    return proxy === undefined || isDirect(address) ? undefined : proxy;
  };
}

function toProxy(text: string): URL | undefined {
  if (text === '') return undefined;
  try {
    return new URL(text.includes('://') ? text : `http://${text}`);
  } catch (cause) {
    throw new Error(`The proxy ${text} is no address. Write one such as http://proxy.example.com:8080.`, {
      cause,
    });
  }
}

function toException(text: string): (address: WireAddress) => boolean {
  const [, name = '', port] = /^(.*?)(?::(\d+))?$/.exec(text.trim().toLowerCase()) ?? [];
  if (name === '*') return () => true;
  const suffix = `.${name.replace(/^\.+/, '')}`;
  return ({ hostname, port: own, protocol }) =>
    name !== '' &&
    `.${hostname}`.endsWith(suffix) &&
    (port === undefined || port === (own ?? (protocol === 'https:' ? '443' : '80')));
}

/** What a proxy wants to know of whoever uses it. */
export function toProxyAuthorization({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  const account = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(account).toString('base64')}`;
}

/** An agent for https whose connections lead through a proxy's `CONNECT` (RFC 9110, 9.3.6). */
export function createTunnelAgent(proxy: URL, options: AgentOptions): https.Agent {
  const agent = new https.Agent(options);
  const direct = agent.createConnection.bind(agent);
  agent.createConnection = (target, callback) => {
    openTunnel(proxy, `${target.host}:${target.port}`, (error, socket) => {
      if (error !== undefined) callback?.(error, socket);
      // The types know http's options only; https takes the socket to do TLS over.
      else callback?.(null, direct({ ...target, socket } as typeof target) as Duplex);
    });
    return undefined;
  };
  return agent;
}

/** Node's own shape of a callback, in which the socket of a failure is not looked at. */
type Opened = (error: Error | undefined, socket: Duplex) => void;

function openTunnel(proxy: URL, target: string, opened: Opened): void {
  const authorization = toProxyAuthorization(proxy);
  const account = authorization === undefined ? {} : { 'proxy-authorization': authorization };
  const { request } = proxy.protocol === 'https:' ? https : http;
  const asked = request(proxy, {
    method: 'CONNECT',
    path: target,
    headers: { host: target, ...account },
    agent: false,
  });
  asked.once('connect', ({ statusCode }, socket) => {
    if (statusCode === 200) return opened(undefined, socket);
    socket.destroy();
    opened(new Error(`tunneling socket could not be established, statusCode=${statusCode}`), socket);
  });
  asked.once('error', ({ message }) => {
    // The callback of node wants one, and looks at the error first.
    opened(
      new Error(`tunneling socket could not be established, cause=${message}`),
      undefined as unknown as Duplex,
    );
  });
  asked.end();
}
