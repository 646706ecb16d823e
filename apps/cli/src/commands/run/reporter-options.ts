import camelCase from 'lodash/camelCase.js';
import type { ReporterOptions } from '../../run/options.ts';
import { CommandFailure } from '../../exit-codes.ts';

export interface SplitArguments {
  readonly operands: readonly string[];
  readonly reporter: Readonly<Record<string, ReporterOptions>>;
}

/**
 * Takes the options of reporters out of what commander left: any `--reporter-<words>`, with a value unless it reads
 * as a yes or no. Newman: those that name none of the reporters are for all, and count more.
 * @throws {CommandFailure} an option that there is not
 */
export function splitReporterOptions(args: readonly string[], reporters: readonly string[]): SplitArguments {
  const own = new Map(reporters.map((name) => [name, new Map<string, string | boolean>()]));
  const common = new Map<string, string | boolean>();
  const operands: string[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    const [, name, written] = /^--reporter-([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name !== undefined) {
      const next = args[index + 1];
      const takesNext =
        written === undefined && !isSwitch(name) && next !== undefined && !next.startsWith('-');
      if (takesNext) index += 1;
      const reporter = reporters.find((one) => name === one || name.startsWith(`${one}-`));
      const rest = reporter === undefined ? name : name.slice(reporter.length + 1);
      (own.get(reporter ?? '') ?? common).set(camelCase(rest), written ?? (takesNext ? next : true));
    } else if (arg.startsWith('-') && arg !== '-') {
      throw new CommandFailure(`There is no option ${arg}. See castellan run --help.`);
    } else operands.push(arg);
  }
  const reporter = [...own].map(([name, options]) => [name, Object.fromEntries([...options, ...common])]);
  return { operands, reporter: Object.fromEntries(reporter) as SplitArguments['reporter'] };
}

function isSwitch(name: string): boolean {
  return /(^|-)(no|show|silent)(-|$)/.test(name);
}
