import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command line. */
export const castellanMain = fileURLToPath(new URL('../../apps/cli/dist/main.mjs', import.meta.url));

/** A folder that is gone at the end of the test. */
export interface Folder extends AsyncDisposable {
  readonly path: string;
}

export async function createFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'castellan-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** What a command line did. */
interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs the built command line to its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return runProgram(castellanMain, args, options);
}

/** Runs another program of JavaScript to its end. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> {
  const child = spawnNode(program, args, options);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  child.stdin.end(options.input ?? '');
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

/** A command that serves until it is stopped. */
export interface RunningCli extends AsyncDisposable {
  /** What it printed on stdout so far. */
  readonly stdout: string;
  /** Ends it at once, as a power cut would: SIGKILL. */
  kill(): Promise<void>;
  /** The first address that it printed behind this word. */
  address(label: string): string;
}

/** Starts a command that serves and waits until it has printed `ready`. */
export async function startCli(
  args: readonly string[],
  ready: RegExp,
  options: CliOptions = {},
): Promise<RunningCli> {
  const child = spawnNode(castellanMain, args, options);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', () => {
      if (ready.test(stdout.text())) resolve();
    });
    child.once('close', (code) => reject(new Error(`castellan ended with ${code}: ${stderr.text()}`)));
  });
  return {
    get stdout() {
      return stdout.text();
    },
    address(label) {
      const found = new RegExp(`${label}\\s+(http://\\S+)`).exec(stdout.text())?.[1];
      if (found === undefined) throw new Error(`No address behind ${label} in: ${stdout.text()}`);
      return found.replace(/\/$/, '');
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await closed;
    },
  };
}

function spawnNode(
  program: string,
  args: readonly string[],
  options: CliOptions,
): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, [program, ...args], {
    cwd: options.cwd ?? tmpdir(),
    env: { ...process.env, NO_COLOR: '1', CASTELLAN_KEYCHAIN: 'off', ...options.env },
  });
}

function collect(stream: NodeJS.ReadableStream): { text(): string } {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { text: () => Buffer.concat(chunks).toString('utf8') };
}
