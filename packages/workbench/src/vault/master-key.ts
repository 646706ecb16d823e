import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { WorkbenchError } from '../errors.ts';
import { writeWhole } from '../workspace/files.ts';
import type { Keychain } from './keychain.ts';
import { createDerivation, createKey, Derivation, deriveKey, seal, Sealed, unseal } from './seal.ts';

/**
 * Where the key of all vaults of a home is: in the system's keychain, behind a passphrase, or, where neither is
 * to be had, in a file that only its owner may read.
 */
const KeyFile = z.discriminatedUnion('kind', [
  z.object({ version: z.literal(1), kind: z.literal('keychain'), account: z.string() }),
  z.object({ version: z.literal(1), kind: z.literal('passphrase'), derivation: Derivation, key: Sealed }),
  z.object({ version: z.literal(1), kind: z.literal('file'), key: z.base64() }),
]);
type KeyFile = z.infer<typeof KeyFile>;

export type Protection = KeyFile['kind'];

export interface MasterKey {
  readonly key: Buffer;
  readonly protection: Protection;
}

export interface KeySources {
  readonly keychain?: Keychain | undefined;
  /** Asks for the passphrase; `undefined` when nobody can be asked. */
  readonly askPassphrase?: (() => Promise<string | undefined>) | undefined;
}

const toPath = (home: string): string => join(home, 'secrets', 'key.json');

/**
 * The key of a home's vaults; a new one at the first time.
 * @throws WorkbenchError `vault-locked` without the passphrase, `vault-unreadable` when the key is gone or damaged
 */
export async function openMasterKey(home: string, sources: KeySources): Promise<MasterKey> {
  const found = await readKeyFile(toPath(home));
  if (found === undefined) return createMasterKey(home, sources);
  const key = await readKey(found, sources);
  return { key, protection: found.kind };
}

async function readKey(file: KeyFile, { keychain, askPassphrase }: KeySources): Promise<Buffer> {
  switch (file.kind) {
    case 'file':
      return Buffer.from(file.key, 'base64');
    case 'keychain': {
      const value = tryTo(() => keychain?.get(file.account));
      if (value !== undefined) return Buffer.from(value, 'base64');
      throw new WorkbenchError(
        'vault-locked',
        'The key of the secrets is in the keychain of this machine, which does not open. Unlock it, or sign in to the desktop session.',
      );
    }
    case 'passphrase': {
      const passphrase = await askPassphrase?.();
      if (passphrase === undefined)
        throw new WorkbenchError(
          'vault-locked',
          'The secrets are behind a passphrase. Set CASTELLAN_PASSPHRASE, or start Castellan in a terminal to be asked.',
        );
      const opened = unseal(file.key, await deriveKey(passphrase, file.derivation));
      if (opened !== undefined) return Buffer.from(opened, 'base64');
      throw new WorkbenchError('vault-locked', 'This is not the passphrase of the secrets. Try again.');
    }
  }
}

async function createMasterKey(home: string, sources: KeySources): Promise<MasterKey> {
  const key = createKey();
  const account = randomUUID();
  const text = key.toString('base64');
  const isKept = tryTo(() => {
    sources.keychain?.set(account, text);
    return sources.keychain?.get(account) === text;
  });
  const file: KeyFile =
    isKept === true ? { version: 1, kind: 'keychain', account } : { version: 1, kind: 'file', key: text };
  await writeKeyFile(home, file);
  return { key, protection: file.kind };
}

/** Puts the key of a home behind a passphrase; the vaults themselves stay as they are. */
export async function protectMasterKey(home: string, { key }: MasterKey, passphrase: string): Promise<void> {
  const derivation = createDerivation();
  const sealed = seal(key.toString('base64'), await deriveKey(passphrase, derivation));
  await writeKeyFile(home, { version: 1, kind: 'passphrase', derivation, key: sealed });
}

async function writeKeyFile(home: string, file: KeyFile): Promise<void> {
  await mkdir(join(home, 'secrets'), { recursive: true, mode: 0o700 });
  await writeWhole(toPath(home), `${JSON.stringify(file, null, 2)}\n`, 0o600);
}

async function readKeyFile(path: string): Promise<KeyFile | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    throw unreadable(path);
  });
  if (text === undefined) return undefined;
  const read = KeyFile.safeParse(parse(text));
  if (read.success) return read.data;
  throw unreadable(path);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Keychains fail by throwing, each in its own way. */
function tryTo<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

function unreadable(path: string): WorkbenchError {
  return new WorkbenchError(
    'vault-unreadable',
    `The key of the secrets in ${path} cannot be read. Put it back from a copy, or move the folder away; Castellan then asks for the values again.`,
  );
}
