import type { Environment, Json } from '@castellan/collection';
import { z } from 'zod';
import { isIrreversible, isSafe, type ApiFacts } from '../api-facts.ts';
import { RefusedRequest } from '../failures.ts';
import { findHost } from '../secrets/bound-secret.ts';
import type { WireRequest } from '../transport.ts';

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time is written as 08:30');

/** What an environment's org is protected by. It lies in the environment's file, so that a team shares it. */
export interface GuardRules {
  readonly kind: 'local' | 'preview' | 'production';
  /** Nothing is written at all. */
  readonly readOnly?: boolean | undefined;
  /** What has to be confirmed by typing the org's host: any write, or those that cannot be undone. */
  readonly confirm?: 'writes' | 'irreversible' | undefined;
  /** Writes that one run may make. */
  readonly writeBudget?: number | undefined;
  /** When writes may be made, by the clock of this machine. */
  readonly hours?: { readonly from: string; readonly to: string } | undefined;
}

export const guardRules: z.ZodType<GuardRules> = z.object({
  kind: z.enum(['local', 'preview', 'production']),
  readOnly: z.boolean().optional(),
  confirm: z.enum(['writes', 'irreversible']).optional(),
  writeBudget: z.number().int().min(0).optional(),
  hours: z.object({ from: Clock, to: Clock }).optional(),
});

/** The rules of one org. */
export interface OrgGuard extends GuardRules {
  /** With its port where the address names one. */
  readonly host: string;
}

/** An environment's guard cannot be read; the message says why. */
export class GuardError extends Error {
  override readonly name = 'GuardError';
}

const KEY = 'castellan';

/**
 * The guard that an environment's file asks for.
 * @throws GuardError the file has rules that cannot be read: a guard with a fault in it must not be none
 */
export function readGuard(environment: Environment | undefined): OrgGuard | undefined {
  const own = environment?.extra?.[KEY];
  if (environment === undefined || typeof own !== 'object' || own === null || Array.isArray(own))
    return undefined;
  if (own['guard'] === undefined) return undefined;
  const read = guardRules.safeParse(own['guard']);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new GuardError(
      `The guard of the environment “${environment.name}” cannot be read: ${issue?.path.join('.')}: ${issue?.message}. Correct it in the environment’s settings.`,
    );
  }
  const host = findHost(environment.values);
  if (host === undefined)
    throw new GuardError(
      `The environment “${environment.name}” has a guard but names no org. Give it a variable url with the org’s address.`,
    );
  return { ...read.data, host };
}

/** The environment with these rules, or without any. */
export function withGuard(environment: Environment, rules: GuardRules | undefined): Environment {
  const { [KEY]: own, ...extra } = environment.extra ?? {};
  const { guard: _, ...rest } = typeof own === 'object' && own !== null && !Array.isArray(own) ? own : {};
  // Rules are plain data; what is absent has no place in a file.
  const guard = JSON.parse(JSON.stringify(rules ?? null)) as Json;
  const kept = guard === null ? rest : { ...rest, guard };
  return { ...environment, extra: Object.keys(kept).length === 0 ? extra : { ...extra, [KEY]: kept } };
}

/** Lets the requests of one run pass, or stops them. */
export interface Gate {
  /** @throws RefusedRequest the guard forbids it */
  admit(request: WireRequest): void;
}

interface GateOptions {
  readonly guard: OrgGuard;
  /** What somebody typed to confirm the run's writes. */
  readonly confirmed?: string | undefined;
  readonly facts?: ApiFacts | undefined;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The gate of one run: what was written counts against its budget, repeats of the same request do not. */
export function createGate({ guard, confirmed, facts, now }: GateOptions): Gate {
  const { host } = guard;
  let written = 0;
  return {
    admit({ address, method }) {
      if (address.host !== host || isSafe(method)) return;
      const path = address.href.replace(/^[^:]+:\/\/[^/]+/, '').replace(/[?#].*$/, '');
      const known = facts?.describe(method, path);
      const what = known === undefined ? `${method} ${path}` : `“${known.title}”`;
      if (guard.readOnly === true)
        throw refuse(
          `${what} was not sent: ${host} is read-only in this environment. Switch that off in the environment’s guard, or choose another environment.`,
        );
      if (guard.hours !== undefined && !isWithin(guard.hours, now()))
        throw refuse(
          `${what} was not sent: ${host} may be written to from ${guard.hours.from} to ${guard.hours.to} only. Wait, or change the hours in the environment’s guard.`,
        );
      const isFinal = isIrreversible(method, known);
      const asks = guard.confirm === 'writes' || (guard.confirm === 'irreversible' && isFinal);
      if (asks && confirmed !== host)
        throw refuse(
          `${what} was not sent: it ${isFinal ? 'cannot be undone' : 'writes'}, and ${host} is guarded as a ${guard.kind} org. Confirm it by the org’s host; on the command line with --yes-production ${host}.`,
          'unconfirmed',
        );
      if (guard.writeBudget !== undefined && written >= guard.writeBudget)
        throw refuse(
          `${what} was not sent: this run has made the ${guard.writeBudget} writes that it may make to ${host}. Raise the budget in the environment’s guard, or run fewer rows.`,
        );
      written += 1;
    },
  };
}

function refuse(sentence: string, code: 'guarded' | 'unconfirmed' = 'guarded'): RefusedRequest {
  return new RefusedRequest(code, sentence, sentence);
}

/** Whether a moment lies within the hours of this machine's day; hours may go over midnight. */
function isWithin({ from, to }: { readonly from: string; readonly to: string }, moment: number): boolean {
  const date = new Date(moment);
  const now = `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
  return from <= to ? now >= from && now < to : now >= from || now < to;
}
