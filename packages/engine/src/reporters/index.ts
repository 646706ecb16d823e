import { createCliReporter } from './cli.ts';
import { createGithubReporter } from './github.ts';
import { createHarReporter } from './har.ts';
import { createHtmlReporter } from './html.ts';
import { createJsonReporter } from './json.ts';
import { createJunitReporter } from './junit.ts';
import { createProgressReporter } from './progress.ts';
import type { CreateReporter } from './reporter.ts';

export type ReporterName = 'cli' | 'json' | 'junit' | 'html' | 'progress' | 'github' | 'har';

/** Every reporter by the name that `--reporters` takes. */
export const reporters = {
  cli: createCliReporter,
  json: createJsonReporter,
  junit: createJunitReporter,
  html: createHtmlReporter,
  progress: createProgressReporter,
  github: createGithubReporter,
  har: createHarReporter,
} satisfies Record<ReporterName, CreateReporter>;

/** Whether there is a reporter of that name. */
export function isReporterName(name: string): name is ReporterName {
  return Object.hasOwn(reporters, name);
}
