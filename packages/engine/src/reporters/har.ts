import { writeHar, type Exchange } from '@castellan/collection';
import type { HeaderLine } from '../headers.ts';
import { hideProofs } from './proofs.ts';
import type { ReporterContext, Reporter } from './reporter.ts';

/** An HTTP archive of everything that was sent: redirects, what scripts sent and rounds of auth included. */
export function createHarReporter(context: ReporterContext): Reporter {
  const exchanges: Exchange[] = [];
  return {
    onEvent(event) {
      if (event.kind === 'response-received') {
        const { request, response, at, itemName } = event;
        exchanges.push({
          startedAt: at - response.time,
          request: withoutProofs(request),
          response: withoutProofs(response),
          comment: itemName,
        });
      }
      if (event.kind === 'request-failed' && event.request !== undefined) {
        const { request, failure, at, itemName } = event;
        exchanges.push({
          startedAt: at,
          request: withoutProofs(request),
          failure: failure.sentence,
          comment: itemName,
        });
      }
    },
    async finish() {
      await context.writeReport('newman-run-report.har', writeHar(exchanges, '1'));
    },
  };
}

function withoutProofs<T extends { readonly headers: readonly HeaderLine[] }>(message: T): T {
  return { ...message, headers: hideProofs(message.headers) };
}
