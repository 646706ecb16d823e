import type { DataRow } from '@castellan/collection';
import type { RowOutcome, RunEvent } from '@castellan/engine';
import { z } from 'zod';
import type { RunAnswer, RunLine } from '../api/runs.ts';
import { toCell } from './data-files.ts';
import { toRowLine } from './journal-rows.ts';
import { findRequestId } from './request-id.ts';

/** Puts the events of a run together into lines: one for each row, with what its requests were answered. */
export interface LineMaker {
  add(event: RunEvent): RunLine[];
}

interface RowSoFar {
  answers: RunAnswer[];
  passed: number;
  failed: string[];
  outcome?: RowOutcome;
  isOver: boolean;
}

interface LineOptions {
  readonly requestsPerRow: number;
  /** What tells a row from the others. */
  readonly labelOf: (row: number) => string;
  /** It is not the first attempt. */
  readonly isResumed: boolean;
  /** Rows that an earlier attempt has finished. */
  readonly ended: ReadonlyMap<number, unknown>;
  /** Whether a page was told of such a row already. */
  readonly isTold: (row: number) => boolean;
}

export function createLineMaker({
  requestsPerRow,
  labelOf,
  isResumed,
  ended,
  isTold,
}: LineOptions): LineMaker {
  const rows = new Map<number, RowSoFar>();
  const rowOf = (row: number): RowSoFar => {
    const known = rows.get(row) ?? { answers: [], passed: 0, failed: [], isOver: false };
    rows.set(row, known);
    return known;
  };
  return { add };

  function add(event: RunEvent): RunLine[] {
    switch (event.kind) {
      case 'run-started':
        if (isResumed) return [{ kind: 'resumed', at: event.at }];
        return [{ kind: 'started', at: event.at, rows: event.iterations, requestsPerRow }];
      case 'response-received':
        if (event.source === 'item') rowOf(event.iteration).answers.push(toAnswer(event));
        return [];
      case 'request-failed':
        if (event.source === 'item') rowOf(event.iteration).answers.push(toFailure(event));
        return [];
      case 'assertion': {
        const row = rowOf(event.iteration);
        if (event.assertion.passed) row.passed += 1;
        else row.failed.push(`${event.assertion.name}: ${event.assertion.error?.message ?? ''}`);
        return [];
      }
      case 'row-finished':
        if (ended.has(event.row))
          return isTold(event.row) ? [] : [toRowLine(event, event.at, labelOf(event.row))];
        rowOf(event.row).outcome = event;
        return finish(event.row, event.at);
      case 'iteration-finished':
        rowOf(event.iteration).isOver = true;
        return finish(event.iteration, event.at);
      case 'pace':
        return [{ kind: 'pace', at: event.at, progress: event.progress, buckets: event.pace.buckets }];
      case 'run-paused':
        return [{ kind: 'state', at: event.at, state: 'paused' }];
      case 'run-resumed':
        return [{ kind: 'state', at: event.at, state: 'running' }];
      case 'run-stopping':
        return [{ kind: 'state', at: event.at, state: 'stopping' }];
      case 'run-finished':
        return [
          ...[...rows.keys()].flatMap((row) => finish(row, event.at, true)),
          {
            kind: 'finished',
            at: event.at,
            state: event.outcome,
            summary: event.summary,
            ...(event.error === undefined ? {} : { error: event.error.message }),
          },
        ];
      default:
        return [];
    }
  }

  /** A row is told once its requests and its outcome are both there; they come in either order. */
  function finish(number: number, at: number, isLast = false): RunLine[] {
    const row = rows.get(number);
    if (row?.outcome === undefined || (!row.isOver && !isLast)) return [];
    rows.delete(number);
    const { answers, passed, failed, outcome } = row;
    return [{ ...toRowLine(outcome, at, labelOf(number)), answers, passed, failed }];
  }
}

function toAnswer(event: Extract<RunEvent, { kind: 'response-received' }>): RunAnswer {
  const requestId = findRequestId(event.response.headers);
  const refusal = event.response.code < 400 ? {} : readRefusal(event.response.bodyBase64);
  return {
    itemId: event.itemId,
    itemName: event.itemName,
    method: event.request.method,
    code: event.response.code,
    time: event.response.time,
    ...refusal,
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function toFailure(event: Extract<RunEvent, { kind: 'request-failed' }>): RunAnswer {
  return {
    itemId: event.itemId,
    itemName: event.itemName,
    method: event.request?.method ?? '',
    failure: event.failure.sentence,
  };
}

/** Okta's error, as its answers have it; what is none gives nothing. */
const OktaError = z.object({
  errorCode: z.string(),
  errorSummary: z.string().optional(),
  errorCauses: z.array(z.object({ errorSummary: z.string() })).optional(),
});

function readRefusal(base64: string): Pick<RunAnswer, 'errorCode' | 'summary'> {
  const read = OktaError.safeParse(parseJson(Buffer.from(base64, 'base64').toString('utf8')));
  if (!read.success) return {};
  const { errorCode, errorSummary, errorCauses = [] } = read.data;
  const words = [errorSummary ?? '', ...errorCauses.map((cause) => cause.errorSummary)].filter(Boolean);
  return { errorCode, ...(words.length === 0 ? {} : { summary: words.join(' ') }) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Columns that name a person or thing, before the first of the others. */
const NAMING = ['login', 'email', 'username', 'name', 'id'];

/** The value by which a person knows a row. */
export function toLabel(row: DataRow | undefined): string {
  if (row === undefined) return '';
  const keys = Object.keys(row);
  const key = NAMING.map((name) => keys.find((own) => own.toLowerCase() === name)).find(Boolean) ?? keys[0];
  return key === undefined ? '' : toCell(row[key]);
}
