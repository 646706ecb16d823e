import type {
  Auth,
  Collection,
  DataRow,
  Environment,
  Folder,
  Item,
  Json,
  RequestItem,
  RequestSettings,
  Script,
} from '@castellan/collection';
import { isSafe } from './api-facts.ts';
import { toRowSource } from './rows/row-source.ts';
import type { RowSource } from './rows/row-source.ts';
import { readGuard, type OrgGuard } from './guard/org-guard.ts';
import { findSecrets, type BoundSecret } from './secrets/bound-secret.ts';

/** What is asked of a run. Absent settings are Postman's. */
export interface RunSettings {
  /** Milliseconds for one request; 0 is none. */
  readonly requestTimeout?: number;
  /** Milliseconds for one script; 0 is none. */
  readonly scriptTimeout?: number;
  /** Milliseconds for the whole run; 0 is none. */
  readonly runTimeout?: number;
  /** Milliseconds between requests. */
  readonly delay?: number;
  /** Bytes of one script's memory. */
  readonly scriptMemory?: number;
  /** Ends the run at the first failure; with `folder` failed assertions are none. */
  readonly bail?: 'failure' | 'folder' | false;
  readonly followRedirects?: boolean;
  /** Accepts every certificate. */
  readonly insecure?: boolean;
  /** Refuses a request that still holds a variable without a value, before anything leaves. */
  readonly refuseUnresolved?: boolean;
  /**
   * Rows under way side by side, each from the variables and cookies of the start. Absent: one after another, each
   * from what the one before it left, as Postman does.
   */
  readonly lanes?: number;
  /** The run has failed when a row is not done: an answer of 400 and above that no test expected fails its row. */
  readonly strict?: boolean;
  /** The share of each rate limit that a paced run may use, 0 to 1; 0.8 when absent. */
  readonly capacity?: number;
  /** Sends writes whose answer was lost again without knowing whether they took effect. */
  readonly repeatWrites?: boolean;
  /** `skip`: no script of the collection runs, only its requests are sent. */
  readonly scripts?: 'run' | 'skip';
  /** Stops a run whose scripts send it round in circles: item executions in one iteration. */
  readonly maxExecutions?: number;
}

/** One request of a plan with everything that the folders around it give it. */
export interface Step {
  readonly item: RequestItem;
  /** Names of the folders around the item, from the outside in. */
  readonly folders: readonly string[];
  readonly auth?: Auth;
  readonly settings: RequestSettings;
  readonly prerequest: readonly Script[];
  readonly test: readonly Script[];
}

/** Everything a run will do, as data: print it, count it, then carry it out with `run`. */
export interface RunPlan {
  readonly name: string;
  readonly collection: Collection;
  readonly steps: readonly Step[];
  readonly iterations: number;
  readonly rows: RowSource;
  /** A request that reads whether the write of a row took effect; it is no step. */
  readonly check?: Step;
  readonly environment?: Environment;
  readonly globals?: Environment;
  /** Values that scripts, reports and other hosts than their own never get. */
  readonly secrets: readonly BoundSecret[];
  /** What the environment's org is protected by. */
  readonly guard?: OrgGuard;
  readonly settings: RunSettings;
}

export interface PlanOptions {
  readonly collection: Collection;
  /** Ids or names of requests and folders to run; all when absent. */
  readonly items?: readonly string[];
  readonly environment?: Environment;
  readonly globals?: Environment;
  readonly data?: readonly DataRow[] | RowSource;
  readonly iterationCount?: number;
  /** Id or name of the request that checks a row; else the one whose settings have `rowCheck: true`, if any. */
  readonly check?: string;
  /** Those that are known; else the values of type `secret` of the environment and the globals. */
  readonly secrets?: readonly BoundSecret[];
  readonly settings?: RunSettings;
}

/** A run that cannot be planned: the message is for the person who asked for it. */
export class PlanError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PlanError';
  }
}

/**
 * Decides what a run does, without doing any of it.
 * @throws {PlanError} a request or folder asked for is not in the collection
 * @throws {GuardError} the environment's guard cannot be read
 */
export function plan(options: PlanOptions): RunPlan {
  const { collection, items, data } = options;
  const rows = data === undefined || Array.isArray(data) ? toRowSource(data ?? []) : (data as RowSource);
  const withScripts = options.settings?.scripts !== 'skip';
  const check = findCheck(collection, options.check);
  const guard = readGuard(options.environment);
  return {
    name: collection.name,
    collection,
    steps: selectSteps(collection, items)
      .filter(({ item }) => item !== check?.item)
      .map((step) => (withScripts ? step : { ...step, prerequest: [], test: [] })),
    iterations: options.iterationCount ?? Math.max(1, rows.count),
    rows,
    ...(check === undefined ? {} : { check }),
    ...(options.environment === undefined ? {} : { environment: options.environment }),
    ...(options.globals === undefined ? {} : { globals: options.globals }),
    secrets: options.secrets ?? [options.environment, options.globals].flatMap(findSecrets),
    ...(guard === undefined ? {} : { guard }),
    settings: options.settings ?? {},
  };
}

function findCheck(collection: Collection, wanted: string | undefined): Step | undefined {
  const steps = toSteps(collection, () => true);
  const found =
    wanted === undefined
      ? steps.find(({ item }) => item.settings?.['rowCheck'] === true)
      : (steps.find(({ item }) => item.id === wanted) ?? steps.find(({ item }) => item.name === wanted));
  if (found === undefined && wanted !== undefined)
    throw new PlanError(`There is no request “${wanted}” to check rows with.`);
  if (found !== undefined && !isSafe(found.item.request.method))
    throw new PlanError(`“${found.item.name}” is to check rows and would change something. Use a GET.`);
  return found;
}

function selectSteps(collection: Collection, wanted: readonly string[] | undefined): Step[] {
  if (wanted === undefined || wanted.length === 0) return toSteps(collection, () => true);
  const found = new Set<string>();
  const steps = toSteps(collection, (path) =>
    path.some(({ id, name }) => {
      const match = wanted.find((want) => want === id || want === name);
      if (match !== undefined) found.add(match);
      return match !== undefined;
    }),
  );
  const missing = wanted.find((want) => !found.has(want) && !isFolderOf(collection.items, want));
  if (missing !== undefined) throw new PlanError(`Unable to find a folder or request: ${missing}`);
  return steps;
}

/** An empty folder gives no steps and is there all the same. */
function isFolderOf(items: readonly Item[], want: string): boolean {
  return items.some(
    (item) =>
      item.kind === 'folder' && (item.id === want || item.name === want || isFolderOf(item.items, want)),
  );
}

function toSteps(collection: Collection, isWanted: (path: readonly Item[]) => boolean): Step[] {
  const steps: Step[] = [];
  walk(collection.items, []);
  return steps;

  function walk(items: readonly Item[], folders: readonly Folder[]): void {
    for (const item of items) {
      if (item.kind === 'folder') walk(item.items, [...folders, item]);
      else if (isWanted([...folders, item])) steps.push(toStep(collection, folders, item));
    }
  }
}

function toStep(collection: Collection, folders: readonly Folder[], item: RequestItem): Step {
  const around = [collection, ...folders];
  const auth = findAuth([...around.map((level) => level.auth), item.request.auth]);
  const scripts = [...around, item]
    .flatMap((level) => level.scripts)
    .filter((script) => script.disabled !== true);
  const levels = [...around, item].map((level) => level.settings ?? {});
  return {
    item,
    folders: folders.map(({ name }) => name),
    ...(auth === undefined ? {} : { auth }),
    settings: Object.assign({}, ...levels) as Record<string, Json>, // each level is a RequestSettings
    prerequest: scripts.filter(({ listen }) => listen === 'prerequest'),
    test: scripts.filter(({ listen }) => listen === 'test'),
  };
}

/** The innermost one counts; Postman: one that says only `noauth` counts too. */
function findAuth(levels: readonly (Auth | undefined)[]): Auth | undefined {
  return levels.findLast((auth) => auth !== undefined);
}
