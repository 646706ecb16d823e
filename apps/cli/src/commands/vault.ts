import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { VaultDoor } from '@castellan/workbench';
import type { Command } from 'commander';
import { CommandFailure, ExitCode } from '../exit-codes.ts';
import { toWorkspaceFolder } from '../options.ts';
import { asCommand } from '../refusals.ts';

interface VaultFlags {
  readonly workspace?: string;
  readonly json?: true;
  readonly host?: readonly string[];
  readonly anyHost?: true;
  readonly scripts?: boolean;
  readonly encrypted?: string;
}

/** `castellan vault`: the secrets of a workspace, which lie outside of it. */
export function addVaultCommand(program: Command): void {
  const vault = program
    .command('vault')
    .summary('list, set and remove the secrets of a workspace')
    .description(
      'Secrets lie sealed outside of the workspace. Their key is in the keychain of this machine where there is one,\nbehind a passphrase after “castellan vault protect”, and otherwise in a file that only you can read.',
    );
  const verb = (name: string, summary: string): Command =>
    vault
      .command(name)
      .summary(summary)
      .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
      .option('--workspace <folder>', 'folder of collections and environments; ~/Castellan unless told');

  verb('list', 'list the secrets, without their values, and where each may be sent')
    .option('--json', 'print them as JSON')
    .action(list);
  verb('set', 'set a secret; the value is read from the terminal or from standard input')
    .argument('<environment>')
    .argument('<name>')
    .action(set);
  verb('rm', 'remove a secret').argument('<environment>').argument('<name>').action(remove);
  verb('allow', 'say which hosts may get a secret, and whether scripts may read it')
    .argument('<environment>')
    .argument('<name>')
    .option('--host <host...>', 'these hosts and no others, such as acme.okta.com or 127.0.0.1:4401')
    .option('--any-host', 'any host')
    .option('--scripts', 'scripts may read the value')
    .option('--no-scripts', 'scripts see a handle that they can pass on, and not the value')
    .action(allow);
  verb('protect', 'put the secrets behind a passphrase').action(protect);
  verb('export', 'write the secrets to a file that a passphrase opens')
    .requiredOption('--encrypted <file>', 'the file to write')
    .action(exportSecrets);
  verb('import', 'add the secrets of such a file').argument('<file>').action(importSecrets);
  vault.commands.forEach((command) => command.exitOverride());
}

async function list(flags: VaultFlags): Promise<void> {
  await open(flags, async (door) => {
    const secrets = door.list();
    if (flags.json === true) {
      process.stdout.write(`${JSON.stringify({ protection: door.protection, secrets }, null, 2)}\n`);
      return;
    }
    for (const { environment, name, hosts, readable } of secrets) {
      const place = hosts === undefined ? 'any host' : hosts.join(', ');
      process.stdout.write(`${environment}\t${name}\t${place}${readable ? '\tscripts may read it' : ''}\n`);
    }
    process.stderr.write(`${secrets.length} secrets. ${PROTECTIONS[door.protection]}\n`);
  });
}

const PROTECTIONS: Readonly<Record<VaultDoor['protection'], string>> = {
  keychain: 'Their key is in the keychain of this machine.',
  passphrase: 'Their key is behind a passphrase.',
  file: 'Their key is in a file that only you can read. Put it behind a passphrase with: castellan vault protect',
};

async function set(environment: string, name: string, flags: VaultFlags): Promise<void> {
  const value = await readValue(`Value of ${name}: `);
  if (value === '') throw new CommandFailure(`No value came for ${name}; nothing was changed.`);
  await open(flags, (door) => door.set(environment, name, value));
}

async function remove(environment: string, name: string, flags: VaultFlags): Promise<void> {
  await open(flags, (door) => door.remove(environment, name));
}

async function allow(environment: string, name: string, flags: VaultFlags): Promise<void> {
  const { host, anyHost, scripts } = flags;
  if (host === undefined && anyHost === undefined && scripts === undefined)
    throw new CommandFailure(
      'Say what to allow: --host, --any-host, --scripts or --no-scripts.',
      ExitCode.wrongUsage,
    );
  const hosts = anyHost === true ? undefined : host;
  await open(flags, (door) =>
    door.allow(environment, name, {
      ...(host === undefined && anyHost === undefined
        ? {}
        : { hosts: hosts === undefined ? undefined : [...hosts] }),
      ...(scripts === undefined ? {} : { readable: scripts }),
    }),
  );
}

async function protect(flags: VaultFlags): Promise<void> {
  await open(flags, async (door) => door.protect(await readNewPassphrase()));
  process.stderr.write('The secrets are behind the passphrase from now on. Nobody can recover it.\n');
}

async function exportSecrets(flags: VaultFlags): Promise<void> {
  const path = flags.encrypted ?? '';
  await open(flags, async (door) => {
    const sealed = await door.export(await readNewPassphrase());
    await writeFile(path, sealed, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
      throw new CommandFailure(
        `${path} cannot be written, or is there already. Choose another name.`,
        undefined,
        {
          cause,
        },
      );
    });
  });
}

async function importSecrets(path: string, flags: VaultFlags): Promise<void> {
  const sealed = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandFailure(`${path} cannot be read. Check the name and its folder.`, undefined, { cause });
  });
  await open(flags, async (door) => {
    const count = await door.import(sealed, await readPassphrase('Passphrase of the file: '));
    process.stderr.write(`${count} secrets came in.\n`);
  });
}

async function open(flags: VaultFlags, act: (door: VaultDoor) => Promise<void>): Promise<void> {
  const { createFormats, withVault } = await import('@castellan/workbench');
  await asCommand(withVault(toWorkspaceFolder(flags.workspace), createFormats(), act));
}

/** What is typed without being shown, or what was piped in. */
async function readValue(question: string): Promise<string> {
  const { askHidden } = await import('@castellan/workbench');
  if (process.stdin.isTTY) return (await askHidden(question)) ?? '';
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}

async function readPassphrase(question: string): Promise<string> {
  const given = await readValue(question);
  if (given === '') throw new CommandFailure('No passphrase came; nothing was changed.');
  return given;
}

const SHORTEST_PASSPHRASE = 12;

async function readNewPassphrase(): Promise<string> {
  const first = await readPassphrase('New passphrase: ');
  if (first.length < SHORTEST_PASSPHRASE)
    throw new CommandFailure(
      `A passphrase has ${SHORTEST_PASSPHRASE} characters at least; nothing was changed.`,
    );
  if (!process.stdin.isTTY) return first;
  const second = await readPassphrase('The same again: ');
  if (first !== second) throw new CommandFailure('The two passphrases differ; nothing was changed.');
  return first;
}
