import { reporters, type Reporter, type RunPlan } from '@castellan/engine';

type ReportFormat = 'html' | 'junit' | 'json';
export const REPORT_FORMATS: readonly ReportFormat[] = ['html', 'junit', 'json'];

/** The engine's reporters, writing to `write` instead of to files. */
export function createReports(
  planned: RunPlan,
  write: (format: ReportFormat, text: string) => Promise<void>,
): Reporter[] {
  return REPORT_FORMATS.map((format) =>
    reporters[format]({
      plan: planned,
      options: {},
      output: {
        isTerminal: false,
        hasColor: false,
        plainSymbols: false,
        verbose: false,
        write: () => undefined,
      },
      writeReport: (_, text) => write(format, text),
    }),
  );
}

/** How a report's file ends, and what it is. */
export function describeReport(format: string): { readonly end: string; readonly type: string } {
  if (format === 'html') return { end: 'html', type: 'text/html' };
  if (format === 'junit') return { end: 'xml', type: 'application/xml' };
  return { end: 'json', type: 'application/json' };
}
