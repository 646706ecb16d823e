import { resolve } from 'node:path';
import type { ClientCertificate } from '@castellan/engine';
import { z } from 'zod';
import { RunFailure, toReason } from './failure.ts';
import type { RunOptions } from './options.ts';
import { readBytes, readTextFile } from './sources.ts';

const File = z.object({ src: z.string() }).optional();

/** Newman's list of client certificates. */
const CertificateList = z.array(
  z.object({
    name: z.string().optional(),
    matches: z.array(z.string()).default([]),
    key: File,
    cert: File,
    pfx: File,
    passphrase: z.string().optional(),
  }),
);

/**
 * Reads the certificates that a run is told of; the one without a list stands for every address that the list
 * leaves. Newman: their files lie in the working folder.
 * @throws {RunFailure} a file cannot be read or is no list
 */
export async function readTlsSettings(
  options: RunOptions,
): Promise<{ clientCertificates?: ClientCertificate[]; extraCa?: Buffer }> {
  const read = (file: { src: string } | undefined): Promise<Buffer> | undefined =>
    file && readBytes(resolve(options.workingDir ?? '', file.src));
  const clientCertificates: ClientCertificate[] = [];
  for (const entry of await readList(options)) {
    const [key, cert, pfx] = await Promise.all([entry.key, entry.cert, entry.pfx].map(read));
    clientCertificates.push({
      matches: entry.matches,
      ...(key === undefined ? {} : { key }),
      ...(cert === undefined ? {} : { cert }),
      ...(pfx === undefined ? {} : { pfx }),
      ...(entry.passphrase === undefined ? {} : { passphrase: entry.passphrase }),
    });
  }
  return {
    ...(clientCertificates.length === 0 ? {} : { clientCertificates }),
    ...(options.sslExtraCaCerts === undefined ? {} : { extraCa: await readBytes(options.sslExtraCaCerts) }),
  };
}

async function readList(options: RunOptions): Promise<z.infer<typeof CertificateList>> {
  const { sslClientCertList: list, sslClientCert, sslClientKey, sslClientPassphrase } = options;
  const entries = list === undefined ? [] : parseList(await readListed(list), list);
  if (sslClientCert === undefined) return entries;
  const everywhere = {
    matches: ['<all_urls>'],
    cert: { src: sslClientCert },
    ...(sslClientKey === undefined ? {} : { key: { src: sslClientKey } }),
    ...(sslClientPassphrase === undefined ? {} : { passphrase: sslClientPassphrase }),
  };
  return [...entries, everywhere];
}

async function readListed(list: string | readonly object[]): Promise<unknown> {
  if (typeof list !== 'string') return list;
  try {
    return JSON.parse(await readTextFile(list)) as unknown;
  } catch (cause) {
    if (cause instanceof RunFailure) throw cause;
    throw new RunFailure(`${list} is no JSON: ${toReason(cause)}.`, { cause });
  }
}

function parseList(json: unknown, list: string | readonly object[]): z.infer<typeof CertificateList> {
  const read = CertificateList.safeParse(json);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = typeof list === 'string' ? list : 'sslClientCertList';
  const where = issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.join('.')}`;
  throw new RunFailure(
    `${name} is no list of client certificates${where}. Write [{"matches": ["https://example.com/*"], "cert": {"src": "client.pem"}, "key": {"src": "client.key"}}].`,
  );
}
