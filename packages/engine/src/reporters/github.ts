import { toFailure } from './record.ts';
import type { Reporter, ReporterContext } from './reporter.ts';

/** Annotations that GitHub Actions shows beside a change, one for each failure. */
export function createGithubReporter({ output }: ReporterContext): Reporter {
  return {
    onEvent(event) {
      const failure = toFailure(event);
      if (failure === undefined) return;
      const { place, error, test, at } = failure;
      const title = [...place.folders, place.itemName].join(' / ');
      output.write(
        `::error title=${escapeProperty(title)}::${escapeData(`${test ?? at}: ${error.message}`)}\n`,
      );
    },
  };
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
