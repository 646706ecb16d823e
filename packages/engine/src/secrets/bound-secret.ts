import type { Environment, Json } from '@castellan/collection';

/** A value that is shown to nobody, and sent only to where it belongs. */
export interface BoundSecret {
  /** The variable that holds it. */
  readonly name: string;
  readonly value: string;
  /** `host` or `host:port` as addresses have it. Absent: it belongs to no org, so any host may get it. */
  readonly hosts?: readonly string[];
  /** Scripts read the value itself; otherwise they see a handle in its place. */
  readonly readable?: boolean;
}

/** Variables by which environments name the org that they are for; Okta's packs say `url`. */
const ADDRESSES = ['url', 'baseUrl', 'base_url', 'orgUrl', 'oktaDomain', 'host'];

/**
 * What a file says of secrets: its values of type `secret`. They are kept out of everything a run says; scripts read
 * them and any host gets them, because whoever runs a file as Newman does expects that.
 */
export function findSecrets(environment: Environment | undefined): BoundSecret[] {
  return (environment?.values ?? [])
    .filter(({ type, value }) => type === 'secret' && typeof value === 'string' && value !== '')
    .map(({ key, value }) => ({ name: key, value: String(value), readable: true }));
}

interface Row {
  readonly key: string;
  readonly value: Json;
  readonly enabled?: boolean;
}

/** The host of the org that the values of an environment are for, with its port where the address names one. */
export function findHost(values: readonly Row[]): string | undefined {
  for (const name of ADDRESSES) {
    const value = values.find(({ key, enabled }) => key === name && enabled !== false)?.value;
    if (typeof value !== 'string' || value === '') continue;
    const address = /^https?:\/\//i.test(value) ? value : `https://${value}`;
    if (URL.canParse(address)) return new URL(address).host;
  }
  return undefined;
}
