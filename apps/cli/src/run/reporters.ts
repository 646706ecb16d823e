import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isReporterName, reporters } from '@castellan/engine';
import type { Mask, Output, Reporter, RunPlan } from '@castellan/engine';
import { toReason } from './failure.ts';
import type { NewmanRun } from './newman/newman-run.ts';
import type { ReporterOptions, RunOptions } from './options.ts';
import { withTime, writeReport } from './write-exports.ts';

/** Reporters that write to the terminal and nothing else: `--silent` leaves them out, as Newman does. */
const TALKING = new Set(['cli', 'progress']);

/** What reporters are made for, and how. */
export interface ReporterSetting {
  readonly plan: RunPlan;
  readonly options: RunOptions;
  /** Takes out of what is written what no event says but the plan or the scopes do. */
  readonly mask: Mask;
  /** For reporters of other packages, which hear Newman's events. */
  openNewman(): Promise<NewmanRun>;
  /** Says what a reporter did wrong. */
  warn(message: string): void;
}

/** Makes the reporters that were asked for, each once. What is not there or does not start is named and left out. */
export async function createReporters(setting: ReporterSetting): Promise<Reporter[]> {
  const { reporters: asked = [], silent } = setting.options;
  const names = [...new Set([asked].flat())].filter((name) => silent !== true || !TALKING.has(name));
  const made: Reporter[] = [];
  for (const name of names) {
    const reporter = isReporterName(name) ? createOwn(name, setting) : await createOther(name, setting);
    if (reporter !== undefined) made.push(reporter);
  }
  return made;
}

function createOwn(name: keyof typeof reporters, setting: ReporterSetting): Reporter | undefined {
  const { plan, options, mask } = setting;
  const own = options.reporter?.[name] ?? {};
  const path = own['export'];
  const output = toOutput(options);
  return guard(name, setting, () =>
    reporters[name]({
      plan,
      options: own,
      output: { ...output, write: (text) => output.write(mask.text(text)) },
      writeReport: (file, text) =>
        writeReport(typeof path === 'string' ? path : join('newman', withTime(file)), mask.text(text), file),
    }),
  );
}

/** A reporter of another package, as Newman makes one: it hangs itself on the emitter. */
type NewmanReporter = new (emitter: object, own: ReporterOptions, options: object) => object;

async function createOther(name: string, setting: ReporterSetting): Promise<Reporter | undefined> {
  const Found = await findNewmanReporter(name, setting);
  if (Found === undefined) return undefined;
  const newman = await setting.openNewman();
  const { options } = setting;
  return guard(name, setting, () => {
    newman.attach(
      name,
      (emitter) => new Found(emitter, options.reporter?.[name] ?? {}, newman.options(options)),
    );
    return { onEvent: () => undefined };
  });
}

async function findNewmanReporter(
  name: string,
  { warn }: ReporterSetting,
): Promise<NewmanReporter | undefined> {
  const [, scope = '', rest = name] = /^(@[^/]+\/)(.+)$/.exec(name) ?? [];
  const module = `${scope}newman-reporter-${rest}`;
  const fromHere = createRequire(join(process.cwd(), 'package.json'));
  try {
    fromHere.resolve(module);
  } catch {
    const known = Object.keys(reporters).join(', ');
    warn(
      `there is no reporter "${name}": the built-in ones are ${known}, and no package ${module} is installed here. npm install ${module} adds it.`,
    );
    return undefined;
  }
  try {
    const loaded = fromHere(module) as NewmanReporter | { readonly default: NewmanReporter };
    return typeof loaded === 'function' ? loaded : loaded.default;
  } catch (error) {
    warn(`the reporter "${name}" could not be loaded: ${toReason(error)}`);
    return undefined;
  }
}

/** A reporter that breaks is named and left out; the run goes on. */
function guard(name: string, { warn }: ReporterSetting, make: () => Reporter): Reporter | undefined {
  let isBroken = false;
  const giveUp = (error: unknown): void => {
    isBroken = true;
    warn(`the reporter "${name}" failed and is left out: ${toReason(error)}`);
  };
  try {
    const reporter = make();
    return {
      onEvent(event) {
        if (isBroken) return;
        try {
          reporter.onEvent(event);
        } catch (error) {
          giveUp(error);
        }
      },
      async finish(result) {
        if (isBroken) return;
        try {
          await reporter.finish?.(result);
        } catch (error) {
          giveUp(error);
        }
      },
    };
  } catch (error) {
    giveUp(error);
    return undefined;
  }
}

function toOutput(options: RunOptions): Output {
  const { isTTY: isTerminal = false } = process.stdout;
  return {
    isTerminal,
    hasColor: hasColor(options.color, isTerminal),
    plainSymbols: options.disableUnicode === true,
    verbose: options.verbose === true,
    write: createWriter(),
  };
}

/** Writes in few large pieces, which is most of what printing costs, and at once when the process ends. */
function createWriter(): (text: string) => void {
  let waiting = '';
  const flush = (): void => {
    if (waiting !== '') process.stdout.write(waiting);
    waiting = '';
  };
  process.once('exit', flush);
  return (text) => {
    if (waiting === '') setImmediate(flush);
    waiting += text;
    if (waiting.length > 32_768) flush();
  };
}

/** Asked for, or on a terminal whose person does not object (no-color.org). */
function hasColor(asked: RunOptions['color'], isTerminal: boolean): boolean {
  if (asked === 'on') return true;
  return asked !== 'off' && isTerminal && !process.env['NO_COLOR'];
}
