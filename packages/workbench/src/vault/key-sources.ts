import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { openKeychain } from './keychain.ts';
import type { KeySources } from './master-key.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The keychain of this machine; the passphrase from `CASTELLAN_PASSPHRASE`, or from whoever sits at the terminal. */
export async function findKeySources(env: Env): Promise<KeySources> {
  let asked: Promise<string | undefined> | undefined;
  return {
    keychain: await openKeychain(env),
    askPassphrase: async () =>
      env['CASTELLAN_PASSPHRASE'] ?? (await (asked ??= askHidden('Passphrase of the secrets: '))),
  };
}

/** Asks at the terminal without showing what is typed; `undefined` where there is no terminal. */
export async function askHidden(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await new Promise<string | undefined>((resolve) => {
      terminal.once('line', resolve);
      terminal.once('close', () => resolve(undefined));
    });
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
