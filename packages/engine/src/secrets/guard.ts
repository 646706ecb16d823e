import type { Sandbox } from '@castellan/sandbox';
import { RefusedRequest } from '../failures.ts';
import type { WireRequest } from '../transport.ts';
import type { BoundSecret } from './bound-secret.ts';
import { createSearch, type Mask, type Search } from './mask.ts';
import { createVeil } from './veil.ts';
import { veilSandbox } from './veiled-sandbox.ts';

/** Keeps the secrets of a run from scripts, and from hosts they do not belong to. */
export interface SecretGuard {
  sandbox(sandbox: Sandbox): Sandbox;
  /** @throws RefusedRequest the request would carry a secret to a host that it is not bound to */
  admit(request: WireRequest): void;
}

/**
 * A guard for these secrets; `undefined` when there are none, so that a run without secrets pays nothing.
 * @param mask learns the handles that scripts see in their place
 */
export function createSecretGuard(
  secrets: readonly BoundSecret[],
  mask: Mask,
  randomBytes: (length: number) => Uint8Array,
): SecretGuard | undefined {
  if (secrets.length === 0) return undefined;
  const hidden = secrets.filter(({ readable }) => readable !== true);
  const veil = createVeil(hidden, randomBytes);
  mask.learn(veil.handles.keys());
  const bound = secrets.flatMap(({ hosts, ...secret }) =>
    hosts === undefined ? [] : [{ ...secret, hosts }],
  );
  const elsewhere = createSearch(bound.map(({ value }) => value));
  const unread = createSearch(veil.handles.keys());
  return {
    sandbox: (sandbox) => veilSandbox(sandbox, veil),
    admit(request) {
      const { host } = request.address;
      const isForeign = bound.some(({ hosts }) => !hosts.includes(host));
      const stray =
        isForeign && carries(request, elsewhere)
          ? bound.find(({ hosts, value }) => !hosts.includes(host) && carries(request, createSearch([value])))
          : undefined;
      if (stray !== undefined) throw refuseHost(stray.name, stray.hosts, host);
      if (!carries(request, unread)) return;
      const read = [...veil.handles].find(([handle]) => carries(request, createSearch([handle])));
      throw refuseHandle(read?.[1] ?? '');
    },
  };
}

function carries({ address, headers, body }: WireRequest, search: Search): boolean {
  return (
    search.text(address.href) ||
    headers.some(([name, value]) => search.text(name) || search.text(value)) ||
    (body !== undefined && search.bytes(body))
  );
}

function refuseHost(name: string, hosts: readonly string[], host: string): RefusedRequest {
  return new RefusedRequest(
    'secret-elsewhere',
    `{{${name}}} belongs to ${hosts.join(', ')}`,
    `This request would carry the secret {{${name}}} to ${host}, and it belongs to ${hosts.join(', ')}. Nothing was sent. Correct the address, or enter the secret again in an environment for ${host}.`,
    [name],
  );
}

function refuseHandle(name: string): RefusedRequest {
  return new RefusedRequest(
    'secret-unread',
    `{{${name}}} is a secret that scripts cannot read`,
    `A script has encoded or computed something from the secret {{${name}}}, which scripts cannot read. Nothing was sent. Use the request's auth instead, or let scripts read this secret.`,
    [name],
  );
}
