import type { Environment } from '@castellan/collection';
import { findHost, GuardError, readGuard, withGuard, type GuardRules } from '@castellan/engine';
import { WorkbenchError } from '../errors.ts';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$|\.localhost$/;
const PREVIEW = /(^|\.)oktapreview\.com$/;

/** Which kind of org an environment is for, by its address. */
export function classifyOrg(environment: Environment): GuardRules['kind'] | 'none' {
  const host = findHost(environment.values.filter(({ enabled }) => enabled));
  if (host === undefined) return 'none';
  const { hostname } = new URL(`http://${host}`);
  if (LOOPBACK.test(hostname)) return 'local';
  return PREVIEW.test(hostname) ? 'preview' : 'production';
}

/** What guards an environment's org in the workbench. */
export interface EnvironmentGuard {
  readonly rules?: GuardRules;
  /** Whether a person chose the rules. */
  readonly isChosen: boolean;
  /** Why the rules in the file cannot be read. */
  readonly fault?: string;
}

/**
 * The guard of an environment: the one in its file, or, for a production org that nobody has chosen one for, a typed
 * confirmation of what cannot be undone.
 */
export function findGuard(environment: Environment): EnvironmentGuard {
  try {
    const own = readGuard(environment);
    if (own !== undefined) {
      const { host: _, ...rules } = own;
      return { rules, isChosen: true };
    }
  } catch (cause) {
    if (cause instanceof GuardError) return { isChosen: true, fault: cause.message };
    throw cause;
  }
  if (environment.scope === 'globals' || classifyOrg(environment) !== 'production')
    return { isChosen: false };
  return { rules: { kind: 'production', confirm: 'irreversible' }, isChosen: false };
}

/**
 * The environment as a run gets it, its guard in place.
 * @throws WorkbenchError `bad-request` the guard in its file cannot be read
 */
export function guarded(environment: Environment): Environment {
  const { rules, isChosen, fault } = findGuard(environment);
  if (fault !== undefined) throw new WorkbenchError('bad-request', fault);
  return isChosen || rules === undefined ? environment : withGuard(environment, rules);
}
