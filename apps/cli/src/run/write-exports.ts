import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { writeCollection, writeEnvironment } from '@castellan/collection';
import type { Environment } from '@castellan/collection';
import { createCookieJar } from '@castellan/engine';
import type { Mask, Redaction, RunPlan, RunResult } from '@castellan/engine';
import { RunFailure, toReason } from './failure.ts';
import type { RunOptions } from './options.ts';
import { createScope } from './read-plan.ts';

interface ExportMeans {
  readonly mask: Mask;
  /** Says what lies in a file that whoever passes it on should know. */
  warn(message: string): void;
}

/**
 * Writes what a run left behind, to the files that were asked for. Secrets of the plan leave in none of them. What
 * answers have brought and scripts have kept stays, because these files are what the next run begins with; they are
 * readable by their owner alone then.
 */
export async function writeExports(
  made: RunPlan,
  result: RunResult,
  options: RunOptions,
  { mask, warn }: ExportMeans,
): Promise<void> {
  const { scopes } = result;
  const toEnvironment = createExporter(mask.known);
  const writePersonal = async (path: string, text: string, name: string): Promise<void> => {
    const isPersonal = mask.text(text) !== text;
    await writeReport(path, text, name, isPersonal ? 0o600 : undefined);
    if (isPersonal) warn(`${path} holds tokens that answers brought; do not pass it on.`);
  };
  const { exportEnvironment, exportGlobals, exportCollection, exportCookieJar } = options;
  if (exportEnvironment !== undefined) {
    const environment = toEnvironment('environment', made.environment, scopes.environment);
    await writePersonal(exportEnvironment, environment, 'newman-environment.json');
  }
  if (exportGlobals !== undefined) {
    const globals = toEnvironment('globals', made.globals, scopes.globals);
    await writePersonal(exportGlobals, globals, 'newman-globals.json');
  }
  if (exportCollection !== undefined) {
    const collection = writeCollection({ ...made.collection, variables: scopes.collection });
    await writePersonal(exportCollection, collection, 'newman-collection.json');
  }
  if (exportCookieJar !== undefined) {
    const jar = result.cookieJar ?? (await createCookieJar());
    await writePersonal(
      exportCookieJar,
      `${JSON.stringify(jar.toJSON(), null, 2)}\n`,
      'newman-cookie-jar.json',
    );
  }
}

/** Writes scopes as files; a secret of the plan leaves in none of them, under whatever name a script has put it. */
function createExporter(mask: Redaction) {
  return (
    scope: Environment['scope'],
    read: Environment | undefined,
    values: RunResult['scopes']['globals'],
  ): string =>
    writeEnvironment({
      ...(read ?? createScope(scope)),
      scope,
      values: values.map(({ key, value, type, disabled }) => ({
        key,
        value: mask.text(String(value)) === String(value) ? value : '',
        type: type ?? 'default',
        enabled: disabled !== true,
      })),
    });
}

/**
 * Writes a file, the folders around it made. Newman: where the path is a folder, a file of that name with the time
 * in it.
 * @param mode of a file that others may not read; one that is there already gets it as well
 * @throws {RunFailure} it cannot be written
 */
export async function writeReport(path: string, text: string, name: string, mode?: number): Promise<void> {
  const target = (await isFolder(path)) ? join(path, withTime(name)) : path;
  try {
    await mkdir(dirname(resolve(target)), { recursive: true });
    await writeFile(target, text, { mode: mode ?? 0o666 });
    if (mode !== undefined && (await stat(target)).isFile()) await chmod(target, mode);
  } catch (cause) {
    throw new RunFailure(`${target} cannot be written: ${toReason(cause)}.`, { cause });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

/** The name with the moment in it, as Newman dates its reports. */
export function withTime(name: string): string {
  const stamp = new Date().toISOString().replace(/\D+/g, '-');
  const extension = extname(name);
  return `${basename(name, extension)}-${stamp}0${extension}`;
}
