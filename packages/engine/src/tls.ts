import { constants } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import type { SecureContextOptions } from 'node:tls';
import type { RequestSettings } from '@castellan/collection';
import type { WireAddress } from './url.ts';

/** A certificate by which we prove ourselves to some hosts. */
export interface ClientCertificate {
  /** Patterns such as `https://*.example.com/*`; Postman's list file calls them `matches`. */
  readonly matches: readonly string[];
  readonly key?: string | Buffer;
  readonly cert?: string | Buffer;
  readonly pfx?: Buffer;
  readonly passphrase?: string;
}

export interface TlsSettings {
  readonly clientCertificates?: readonly ClientCertificate[];
  /** Certificate authorities to trust beside node's own, in PEM. */
  readonly extraCa?: string | Buffer;
}

/** How the other side proves itself and we prove ourselves to it. */
export interface TlsOptions extends SecureContextOptions {
  readonly rejectUnauthorized: boolean;
}

/** Chooses how a connection proves itself; equal choices are one object, so that connections are kept. */
export type ChooseTls = (address: WireAddress, verify: boolean, settings: RequestSettings) => TlsOptions;

export function createTlsChoice(options: TlsSettings): ChooseTls {
  const made = new Map<string, TlsOptions>();
  return (address, verify, settings) => {
    const certificates = options.clientCertificates ?? [];
    const index = address.protocol === 'https:' ? certificates.findIndex((one) => isFor(one, address)) : -1;
    const secure = toSecureOptions(settings);
    const key = JSON.stringify([index, verify, secure]);
    const known = made.get(key);
    if (known !== undefined) return known;
    const { matches: _matches, ...certificate } = certificates[index] ?? { matches: [] };
    const tls: TlsOptions = {
      rejectUnauthorized: verify,
      ...certificate,
      ...secure,
      ...(options.extraCa === undefined ? {} : { ca: [...rootCertificates, options.extraCa] }),
    };
    made.set(key, tls);
    return tls;
  };
}

/** `protocolProfileBehavior` says which protocols and ciphers a request may use. */
function toSecureOptions(settings: RequestSettings): {
  ciphers?: string;
  secureOptions?: number;
  honorCipherOrder?: true;
} {
  const ciphers = settings['tlsCipherSelection'];
  const disabled = settings['tlsDisabledProtocols'];
  const names: Readonly<Record<string, unknown>> = constants;
  const secureOptions = Array.isArray(disabled)
    ? disabled.reduce<number>((bits, name) => bits | Number(names[`SSL_OP_NO_${String(name)}`] ?? 0), 0)
    : 0;
  return {
    ...(Array.isArray(ciphers) && ciphers.length > 0 ? { ciphers: ciphers.join(':') } : {}),
    ...(secureOptions === 0 ? {} : { secureOptions }),
    ...(settings['tlsPreferServerCiphers'] === true ? { honorCipherOrder: true } : {}),
  };
}

function isFor(certificate: ClientCertificate, address: WireAddress): boolean {
  return certificate.matches.some((pattern) => matchesUrl(pattern, address));
}

/** Postman's match patterns: `<all_urls>`, or a scheme, host and path where `*` stands for anything. */
function matchesUrl(pattern: string, address: WireAddress): boolean {
  if (pattern === '<all_urls>') return true;
  const parts = /^(\*|https?):\/\/([^/:]+)(?::(\d+|\*))?(\/.*)?$/.exec(pattern);
  if (!parts) return false;
  const [, scheme, host = '', port, path = '/*'] = parts;
  const isPort = port === undefined || port === '*' || port === (address.port ?? '443');
  return (
    (scheme === '*' || `${scheme}:` === address.protocol) &&
    isPort &&
    toPattern(host.startsWith('*.') ? `*${host.slice(2)}` : host).test(address.hostname) &&
    toPattern(path).test(address.path)
  );
}

function toPattern(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll('*', '.*')}$`);
}
