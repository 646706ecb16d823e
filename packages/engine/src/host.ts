import { randomBytes } from 'node:crypto';
import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Sandbox } from '@castellan/sandbox';
import type { AuthContext } from './auth/scheme.ts';
import type { ReadFile } from './body.ts';
import { readProxies } from './proxy.ts';
import type { ChooseProxy } from './proxy.ts';
import { createTlsChoice } from './tls.ts';
import type { ChooseTls, TlsSettings } from './tls.ts';
import { createTransport } from './transport.ts';
import type { Transport } from './transport.ts';

/** What a run reaches its surroundings through. */
export interface RunHost extends AuthContext {
  readonly transport: Transport;
  readonly chooseTls: ChooseTls;
  readonly readFile: ReadFile;
  /** Called when the first script is about to run, never for a run without scripts. */
  createSandbox(): Promise<Sandbox>;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface HostOptions extends TlsSettings {
  /** Folder that paths of files in bodies start from. */
  readonly workingDir?: string;
  /** Bodies may name files outside of the working folder. */
  readonly allowOutsideFiles?: boolean;
  readonly createSandbox?: () => Promise<Sandbox>;
  /** The environment of the process says when absent. */
  readonly chooseProxy?: ChooseProxy;
}

/** The surroundings of this process: its network, its disk, its clock. Close it when the runs are over. */
export function createHost(options: HostOptions = {}): RunHost {
  const transport = createTransport(options.chooseProxy ?? readProxies(process.env));
  return {
    transport,
    chooseTls: createTlsChoice(options),
    readFile: (path) => readBodyFile(path, options),
    createSandbox: options.createSandbox ?? loadSandbox,
    now: () => Date.now(),
    randomBytes: (length) => randomBytes(length),
    wait,
    async close() {
      transport.close();
    },
  };
}

/** Imported here, because a run without scripts should not pay for it. */
async function loadSandbox(): Promise<Sandbox> {
  const { createSandbox } = await import('@castellan/sandbox');
  return createSandbox();
}

/** Postman: a body's files lie in the working folder unless the person allows others. */
async function readBodyFile(path: string, options: HostOptions): Promise<Uint8Array> {
  const folder = resolve(options.workingDir ?? process.cwd());
  const full = resolve(folder, path);
  const refuseOutside = (from: string, to: string): void => {
    const inside = relative(from, to);
    if (options.allowOutsideFiles !== true && (inside.startsWith('..') || isAbsolute(inside)))
      throw new Error('PPERM: insecure file access outside working directory');
  };
  refuseOutside(folder, full);
  const found = await stat(full).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? new Error(`"${path}", no such file`, { cause }) : cause;
  });
  if (!found.isFile()) throw new Error(`"${path}", is not a file`);
  // A link inside of the folder may lead out of it.
  refuseOutside(await realpath(folder), await realpath(full));
  return readFile(full).catch((cause: unknown) => {
    throw new Error(`"${path}", read permission denied`, { cause });
  });
}

function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(finish, milliseconds);
    signal?.addEventListener('abort', finish, { once: true });
    if (signal?.aborted === true) finish();

    function finish(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      done();
    }
  });
}
