import { readFile } from 'node:fs/promises';
import type { ClientCertificate } from '@castellan/engine';
import { z } from 'zod';
import type { RunFlags } from './flags.ts';

const Source = z.object({ src: z.string() });

/** Newman's list of client certificates. */
const CertificateList = z.array(
  z.object({
    name: z.string().optional(),
    matches: z.array(z.string()).default([]),
    key: Source.optional(),
    cert: Source.optional(),
    pfx: Source.optional(),
    passphrase: z.string().optional(),
  }),
);

/** Reads the certificates that the command line names; the one without a list stands for every address. */
export async function readTlsSettings(
  flags: RunFlags,
  readSource: (source: string) => Promise<string>,
): Promise<{ clientCertificates?: ClientCertificate[]; extraCa?: Buffer }> {
  const clientCertificates: ClientCertificate[] = [];
  if (flags.sslClientCertList !== undefined) {
    for (const entry of CertificateList.parse(JSON.parse(await readSource(flags.sslClientCertList)))) {
      clientCertificates.push({
        matches: entry.matches,
        ...(entry.key === undefined ? {} : { key: await readFile(entry.key.src) }),
        ...(entry.cert === undefined ? {} : { cert: await readFile(entry.cert.src) }),
        ...(entry.pfx === undefined ? {} : { pfx: await readFile(entry.pfx.src) }),
        ...(entry.passphrase === undefined ? {} : { passphrase: entry.passphrase }),
      });
    }
  }
  if (flags.sslClientCert !== undefined) {
    clientCertificates.push({
      matches: ['<all_urls>'],
      cert: await readFile(flags.sslClientCert),
      ...(flags.sslClientKey === undefined ? {} : { key: await readFile(flags.sslClientKey) }),
      ...(flags.sslClientPassphrase === undefined ? {} : { passphrase: flags.sslClientPassphrase }),
    });
  }
  return {
    ...(clientCertificates.length === 0 ? {} : { clientCertificates }),
    ...(flags.sslExtraCaCerts === undefined ? {} : { extraCa: await readFile(flags.sslExtraCaCerts) }),
  };
}
