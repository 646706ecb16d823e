import http from 'node:http';
import https from 'node:https';
import { createTunnelAgent } from './proxy.ts';
import type { ChooseProxy } from './proxy.ts';
import type { TlsOptions } from './tls.ts';
import type { WireAddress } from './url.ts';

/** Connections that are kept open between requests. */
export interface Connections {
  route(request: { readonly address: WireAddress; readonly tls: TlsOptions }): Route;
  close(): void;
}

/** The way of one request. */
interface Route {
  readonly agent: http.Agent;
  /** Asked for the whole address; https goes through it unseen, and has none here. */
  readonly proxy?: URL;
}

/** A pool for http, one for each proxy of http, and one for each way of TLS. */
export function createConnections(chooseProxy: ChooseProxy): Connections {
  const options = { keepAlive: true, maxSockets: 64, scheduling: 'lifo' } as const;
  const plain = new http.Agent(options);
  const others = new Map<unknown, Map<URL | undefined, http.Agent>>();
  return {
    route({ address, tls }) {
      const proxy = chooseProxy(address);
      if (address.protocol === 'https:') {
        return { agent: pool(tls, proxy, () => openSecure(proxy, { ...options, ...tls })) };
      }
      if (proxy === undefined) return { agent: plain };
      if (proxy.protocol !== 'https:') return { agent: plain, proxy };
      return { agent: pool('http', proxy, () => new https.Agent(options)), proxy };
    },
    close() {
      plain.destroy();
      for (const agents of others.values()) for (const agent of agents.values()) agent.destroy();
    },
  };

  function pool(way: unknown, proxy: URL | undefined, open: () => http.Agent): http.Agent {
    const agents = others.get(way) ?? new Map<URL | undefined, http.Agent>();
    const agent = agents.get(proxy) ?? open();
    others.set(way, agents.set(proxy, agent));
    return agent;
  }
}

function openSecure(proxy: URL | undefined, options: https.AgentOptions): https.Agent {
  return proxy === undefined ? new https.Agent(options) : createTunnelAgent(proxy, options);
}
