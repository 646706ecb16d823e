import type { Script } from '@castellan/collection';
import { isSafe } from '../api-facts.ts';
import type { FailureCode, ReceivedResponse, RowOutcome, RunEvent } from '../events.ts';
import type { Step } from '../plan.ts';

/** Says what became of a row by what happened in it. */
export interface Judge {
  hear(event: RunEvent): void;
  read(): Pick<RowOutcome, 'verdict' | 'reason' | 'requests'>;
}

/** The last execution of one item in the row. */
interface LastTry {
  readonly name: string;
  readonly step: Step | undefined;
  code?: number;
  status?: string;
  /** The beginning of a refusal's body: APIs say there why. */
  why?: string;
  passed: number;
}

/** Failures before anything left: the write did not take effect. */
const NOTHING_LEFT: readonly FailureCode[] = [
  'unresolved-variable',
  'invalid-address',
  'host-not-found',
  'connection-refused',
  'certificate',
  'file-not-readable',
  'auth',
];

/**
 * @param steps the plan's, by item id, for what their tests expect
 * @param earlierFailure why an earlier attempt at the row had failed already
 */
export function createJudge(steps: ReadonlyMap<string, Step>, earlierFailure?: string): Judge {
  const tries = new Map<string, LastTry>();
  let failure = earlierFailure;
  let doubt: string | undefined;
  let requests = 0;
  return {
    hear(event) {
      // What reads whether a row is done is no part of it.
      if ('itemId' in event && !steps.has(event.itemId)) return;
      switch (event.kind) {
        case 'item-started':
          tries.set(event.itemId, { name: event.itemName, step: steps.get(event.itemId), passed: 0 });
          break;
        case 'response-received': {
          if (event.source !== 'item') break;
          requests += 1;
          const last = tries.get(event.itemId);
          if (last !== undefined) Object.assign(last, toAnswered(event.response));
          break;
        }
        case 'request-failed': {
          const sentence = `${event.itemName}: ${event.failure.sentence}`;
          const isWrite = event.request !== undefined && !isSafe(event.request.method);
          if (event.failure.code === 'in-doubt') doubt ??= sentence;
          else if (isWrite && !NOTHING_LEFT.includes(event.failure.code)) doubt ??= sentence;
          else failure ??= sentence;
          break;
        }
        case 'assertion': {
          const last = tries.get(event.itemId);
          if (event.assertion.error !== undefined)
            failure ??= `${event.itemName}: ${event.assertion.name}: ${event.assertion.error.message}`;
          else if (!event.assertion.skipped && last !== undefined) last.passed += 1;
          break;
        }
        case 'script-finished':
          if (event.error !== undefined)
            failure ??= `${event.itemName}: ${event.error.name} in its ${event.listen} script: ${event.error.message}`;
          break;
        default:
      }
    },
    read() {
      const reason = doubt ?? failure ?? explainRefusal([...tries.values()]);
      const verdict = doubt !== undefined ? 'in-doubt' : reason === undefined ? 'done' : 'failed';
      return { verdict, requests, ...(reason === undefined ? {} : { reason }) };
    },
  };
}

/** As much of a refusal as fits into a report's line. */
const SHOWN_REFUSAL = 300;

function toAnswered({
  code,
  status,
  bodyBase64,
}: ReceivedResponse): Pick<LastTry, 'code' | 'status' | 'why'> {
  if (code < 400) return { code, status };
  const text = Buffer.from(bodyBase64.slice(0, 4 * SHOWN_REFUSAL), 'base64').toString('utf8');
  return { code, status, why: text.replace(/\s+/g, ' ').trim().slice(0, SHOWN_REFUSAL) };
}

function explainRefusal(tries: readonly LastTry[]): string | undefined {
  const refused = tries.find(({ code, status, passed, step }) => {
    if (code === undefined || code < 400) return false;
    return passed === 0 || !expects(step?.test ?? [], code, status ?? '');
  });
  const why = refused?.why ? `: ${refused.why}` : '';
  return (
    refused && `${refused.name} was answered with ${refused.code} ${refused.status ?? ''}`.trimEnd() + why
  );
}

/** What `pm.response.to.be` calls answers of 400 and above. */
const WORDS: readonly (readonly [RegExp, (code: number) => boolean])[] = [
  [/\bbadRequest\b/, (code) => code === 400],
  [/\bunauthori[sz]ed\b/, (code) => code === 401],
  [/\bforbidden\b/, (code) => code === 403],
  [/\bnotFound\b/, (code) => code === 404],
  [/\brateLimited\b/, (code) => code === 429],
  [/\bclientError\b/, (code) => code < 500],
  [/\bserverError\b/, (code) => code >= 500],
  [/\.be\.(an\.|a\.)?error\b/, () => true],
];

/**
 * Whether scripts whose assertions passed meant this answer: they name its code or status, or the kind it is of. An
 * assertion about something else (that the answer was quick) passes for a refusal too and proves nothing.
 */
function expects(scripts: readonly Script[], code: number, status: string): boolean {
  const source = scripts.map((script) => withoutComments(script.source)).join('\n');
  if (new RegExp(`(^|[^\\w.])${code}(?![\\w.])`).test(source)) return true;
  if (status !== '' && [`'${status}'`, `"${status}"`, `\`${status}\``].some((text) => source.includes(text)))
    return true;
  return WORDS.some(([word, fits]) => word.test(source) && fits(code));
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}
