import { createWriteStream } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { once } from 'node:events';
import { writeCsvLine } from '@castellan/collection';
import type { Json } from '@castellan/collection';
import type { Reporter, RunEvent, RunPlan, RunResult } from '@castellan/engine';
import { jsonpath } from 'json-p3';
import { CommandFailure, ExitCode } from '../../exit-codes.ts';
import type { RunFlags } from './flags.ts';

/** Writes what became of the rows: `--results` as they end, `--failed-rows` when the run is over. */
export function createRowFiles(plan: RunPlan, flags: RunFlags): Reporter {
  const results = flags.results === undefined ? undefined : createResults(flags.results, flags.column);
  const failed = new Map<number, string>();
  const ended = new Set<number>();
  return {
    onEvent(event) {
      results?.onEvent(event);
      if (flags.failedRows === undefined || event.kind !== 'row-finished') return;
      if (event.verdict !== 'not-reached') ended.add(event.row);
      if (event.verdict === 'failed') failed.set(event.row, event.reason ?? '');
    },
    async finish(result) {
      await results?.finish();
      if (flags.failedRows === undefined) return;
      await writeFailedRows(flags.failedRows, plan, toLeft);
      tellOfDoubt(result, flags.failedRows);
    },
  };

  /** Why a row is to be run again; `undefined` for one that is done, or in doubt. */
  function toLeft(row: number): string | undefined {
    return failed.get(row) ?? (ended.has(row) ? undefined : 'not reached');
  }
}

function tellOfDoubt({ summary }: RunResult, path: string): void {
  const { inDoubt } = summary.rows;
  if (inDoubt === 0) return;
  process.stderr.write(
    `castellan: ${inDoubt} ${inDoubt === 1 ? 'row is' : 'rows are'} in doubt and not in ${path}: sending them again could do a thing twice.\n`,
  );
}

const ADDED = ['castellan_row', 'castellan_reason'] as const;

/** The rows in the shape they came in, with number and reason; only their owner may read them, as they may hold passwords. */
async function writeFailedRows(
  path: string,
  plan: RunPlan,
  toReason: (row: number) => string | undefined,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w', 0o600);
  try {
    const asJson = /\.(jsonl|ndjson|json)$/i.test(path);
    let names: string[] | undefined;
    let row = 0;
    for await (const data of plan.rows.rows()) {
      const reason = toReason(row);
      row += 1;
      if (reason === undefined) continue;
      const whole: Record<string, Json> = { ...data, [ADDED[0]]: row, [ADDED[1]]: reason };
      if (asJson) {
        await file.write(`${JSON.stringify(whole)}\n`);
        continue;
      }
      if (names === undefined) {
        names = Object.keys(whole);
        await file.write(writeCsvLine(names));
      }
      await file.write(writeCsvLine(names.map((name) => whole[name] ?? '')));
    }
  } finally {
    await file.close();
  }
}

type Outcome = Extract<RunEvent, { kind: 'row-finished' }>;

interface Results {
  onEvent(event: RunEvent): void;
  finish(): Promise<void>;
}

/** One line for each row, in the order of the rows. */
function createResults(path: string, columns: RunFlags['column']): Results {
  const queries = columns.map(([name, text]) => ({ name, query: compile(text) }));
  const asJson = !/\.csv$/i.test(path);
  const picked = new Map<number, Record<string, Json>>();
  /** Rows of this run whose answers have not all been told of. */
  const open = new Set<number>();
  const outcomes = new Map<number, Outcome>();
  let file: WriteStream | undefined;
  return {
    onEvent(event) {
      switch (event.kind) {
        case 'row-started':
          open.add(event.row);
          break;
        case 'response-received':
          if (event.source === 'item') pick(event.iteration, event.response);
          break;
        // Answers come in the order of the rows, ends of rows when they happen: a line needs both.
        case 'iteration-finished':
          open.delete(event.iteration);
          write(event.iteration);
          break;
        case 'row-finished':
          outcomes.set(event.row, event);
          write(event.row);
          break;
        default:
      }
    },
    async finish() {
      start();
      file?.end();
      if (file !== undefined) await once(file, 'finish');
    },
  };

  function pick(row: number, { code, bodyBase64 }: { code: number; bodyBase64: string }): void {
    const values = picked.get(row) ?? {};
    picked.set(row, { ...values, code });
    if (queries.length === 0) return;
    const json = parse(Buffer.from(bodyBase64, 'base64').toString('utf8'));
    if (json === undefined) return;
    for (const { name, query } of queries) {
      // What a query gives of JSON is JSON.
      const found = query.query(json as never).values() as Json[];
      if (found.length > 0) values[name] = found.length === 1 ? (found[0] ?? null) : found;
    }
    picked.set(row, { ...values, code });
  }

  function write(row: number): void {
    const event = outcomes.get(row);
    if (event === undefined || open.has(row)) return;
    outcomes.delete(row);
    const values = picked.get(event.row) ?? {};
    picked.delete(event.row);
    const line: Record<string, Json> = {
      row: event.row + 1,
      verdict: event.verdict,
      code: values['code'] ?? null,
      reason: event.reason ?? null,
      ...Object.fromEntries(queries.map(({ name }) => [name, values[name] ?? null])),
    };
    start();
    file?.write(asJson ? `${JSON.stringify(line)}\n` : writeCsvLine(Object.values(line)));
  }

  function start(): void {
    if (file !== undefined) return;
    file = createWriteStream(path, { mode: 0o600 });
    if (!asJson)
      file.write(writeCsvLine(['row', 'verdict', 'code', 'reason', ...queries.map(({ name }) => name)]));
  }
}

function compile(text: string) {
  try {
    return jsonpath.compile(text);
  } catch (cause) {
    throw new CommandFailure(
      `“${text}” is no JSONPath. Write one such as $.profile.login.`,
      ExitCode.failed,
      { cause },
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
