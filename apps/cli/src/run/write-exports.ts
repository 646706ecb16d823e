import { mkdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { writeCollection, writeEnvironment } from '@castellan/collection';
import type { Environment } from '@castellan/collection';
import { createCookieJar, createMask } from '@castellan/engine';
import type { Mask, RunPlan, RunResult } from '@castellan/engine';
import { RunFailure, toReason } from './failure.ts';
import type { RunOptions } from './options.ts';
import { createScope } from './read-plan.ts';

/** Writes what a run left behind, to the files that were asked for. */
export async function writeExports(made: RunPlan, result: RunResult, options: RunOptions): Promise<void> {
  const { scopes } = result;
  const mask = createMask(made.secrets.map(({ value }) => value));
  const toEnvironment = createExporter(mask);
  const { exportEnvironment, exportGlobals, exportCollection, exportCookieJar } = options;
  if (exportEnvironment !== undefined) {
    const environment = toEnvironment('environment', made.environment, scopes.environment);
    await writeReport(exportEnvironment, environment, 'newman-environment.json');
  }
  if (exportGlobals !== undefined) {
    const globals = toEnvironment('globals', made.globals, scopes.globals);
    await writeReport(exportGlobals, globals, 'newman-globals.json');
  }
  if (exportCollection !== undefined) {
    const collection = writeCollection({ ...made.collection, variables: scopes.collection });
    await writeReport(exportCollection, collection, 'newman-collection.json');
  }
  if (exportCookieJar !== undefined) {
    const jar = result.cookieJar ?? (await createCookieJar());
    await writeReport(
      exportCookieJar,
      `${JSON.stringify(jar.toJSON(), null, 2)}\n`,
      'newman-cookie-jar.json',
    );
  }
}

/** Writes scopes as files; a secret leaves in none of them, under whatever name a script has put it. */
function createExporter(mask: Mask) {
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
 * @throws {RunFailure} it cannot be written
 */
export async function writeReport(path: string, text: string, name: string): Promise<void> {
  const target = (await isFolder(path)) ? join(path, withTime(name)) : path;
  try {
    await mkdir(dirname(resolve(target)), { recursive: true });
    await writeFile(target, text);
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
