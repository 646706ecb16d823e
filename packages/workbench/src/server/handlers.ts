import type { z } from 'zod';
import { authSchemes, findHost, type AuthScheme } from '@castellan/engine';
import type { ParametersOf, ParsedBodyOf, RawAnswer, RouteDefinition } from '../api/define.ts';
import type { OpenedRequest } from '../api/collections.ts';
import type { Routes } from '../api/routes.ts';
import type { Status, WorkspaceChange } from '../api/workbench.ts';
import { WorkbenchError } from '../errors.ts';
import { codeLanguages, writeRequestCode } from '../code/write-code.ts';
import { toOpenValues } from '../code/open-values.ts';
import type { Imports } from '../imports/imports.ts';
import type { Formats } from '../imports/formats.ts';
import type { LocalOrg } from '../orgs/local-org.ts';
import { findTokenName } from '../orgs/connection.ts';
import { callOrg } from '../orgs/call-org.ts';
import type { DataFiles } from '../runs/data-files.ts';
import type { HiddenAnswers } from '../runs/hidden-answers.ts';
import type { History } from '../runs/history.ts';
import type { Runs } from '../runs/runs.ts';
import type { Sends } from '../runs/sends.ts';
import {
  deleteEnvironment,
  duplicateEnvironment,
  getEnvironment,
  guardEnvironment,
  putSecret,
  ruleSecret,
  saveEnvironment,
  toCollectionValues,
  toView,
} from '../vault/environments.ts';
import type { CookieStore } from '../vault/cookies.ts';
import { withCurrentValues, type ValueStores } from '../vault/current-values.ts';
import type { PreferenceStore } from '../preferences/preferences.ts';
import type { PersonalFile } from '../vault/personal-file.ts';
import type { Collections } from '../workspace/collections.ts';
import { findItem } from '../workspace/tree.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { toEventStream, toValues } from './event-stream.ts';

/** Everything the handlers work on. */
export interface World {
  readonly version: string;
  readonly workspace: Workspace;
  readonly stores: ValueStores;
  readonly cookies: CookieStore;
  readonly history: History;
  readonly preferences: PreferenceStore;
  /** What the page remembers. */
  readonly layout: PersonalFile;
  readonly collections: Collections;
  readonly imports: Imports;
  readonly sends: Sends;
  readonly answers: HiddenAnswers;
  readonly dataFiles: DataFiles;
  readonly runs: Runs;
  readonly formats: Formats;
  readonly localOrg: LocalOrg | undefined;
  readonly fetch: typeof globalThis.fetch;
}

interface Call<Route> {
  readonly path: ParametersOf<Route>;
  readonly body: ParsedBodyOf<Route>;
  readonly request: Request;
}

type ResultOf<Route> =
  Route extends RouteDefinition<string, z.ZodType | undefined, infer Answer>
    ? Answer extends z.ZodType
      ? z.input<Answer>
      : Answer extends RawAnswer
        ? Response
        : void
    : never;

/** One handler for each route; a forgotten one does not compile. */
export type Handlers = {
  readonly [Name in keyof Routes]: (
    call: Call<Routes[Name]>,
  ) => ResultOf<Routes[Name]> | Promise<ResultOf<Routes[Name]>>;
};

/** The packs that a local org serves under `/docs/api/postman/<name>.json`, in the order of Okta's page. */
const PACKS = [
  'authentication',
  'sessions',
  'users',
  'factors',
  'groups',
  'admin-roles',
  'apps',
  'schemas',
  'events',
];

export function createHandlers(world: World): Handlers {
  const { workspace, stores, collections, cookies, history, imports, runs } = world;
  return {
    readStatus: (): Status => ({
      version: world.version,
      workspace: workspace.folder,
      localOrg:
        world.localOrg === undefined
          ? null
          : {
              url: world.localOrg.url,
              adminUrl: world.localOrg.adminUrl,
              isRunning: world.localOrg.isRunning,
            },
      packs: PACKS,
    }),
    followChanges: ({ request }) =>
      toEventStream(toValues<WorkspaceChange>(workspace.onChange, request.signal)),
    listAuthSchemes: () => ({
      schemes: Object.entries<AuthScheme>(authSchemes).map(([type, { label, fields }]) => ({
        type,
        label,
        fields: fields.map(({ choices, ...field }) => ({
          ...field,
          ...(choices === undefined ? {} : { choices: [...choices] }),
        })),
      })),
    }),
    readPreferences: () => world.preferences.get(),
    savePreferences: async ({ body }) => {
      await world.preferences.put(body);
      history.shorten();
      workspace.changed({ kind: 'preferences' });
    },
    readLayout: async () => ({ layout: await world.layout.read() }),
    saveLayout: ({ body }) => world.layout.write(body.layout),
    connectLocalOrg: () => connectLocalOrg(world),
    switchLocalOrg: async ({ body }) => {
      const org = getLocalOrg(world.localOrg);
      await (body.isRunning ? org.start() : org.stop());
      workspace.changed({ kind: 'status' });
    },
    addPacks: () => addPacks(world),

    listCollections: async () => ({
      collections: await collections.list(),
      problems: [...workspace.collections.problems()],
    }),
    createCollection: ({ body }) => collections.create(body.name),
    deleteCollection: ({ path }) => collections.remove(path.collectionId),
    editCollection: ({ path, body }) => collections.edit(path.collectionId, body),
    trustCollection: ({ path, body }) => collections.agree(path.collectionId, body.digest),
    undoEdit: ({ path }) => collections.undo(path.collectionId),
    duplicateCollection: ({ path }) => collections.duplicate(path.collectionId),
    exportEnvironment: ({ path }) => {
      const environment = getEnvironment(workspace, path.environmentId);
      const name = `${environment.name}.postman_${environment.scope}.json`;
      return toDownload(world.formats.writeEnvironment(environment), name);
    },
    exportCollection: ({ path }) => {
      const collection = collections.get(path.collectionId);
      const name = `${collection.name}.postman_collection.json`;
      return toDownload(world.formats.writeCollection(collection), name);
    },
    openLevel: ({ path }) => collections.openLevel(path.collectionId, path.levelId),
    openRequest: ({ path }) => collections.open(path.collectionId, path.itemId),
    saveRequest: ({ path, body }) => {
      if (body.id !== path.itemId)
        throw new WorkbenchError('bad-request', 'The request in the body is another one.');
      return collections.save(path.collectionId, body);
    },

    listEnvironments: () => ({
      environments: workspace.environments.list().map(({ thing }) => toView(thing, stores)),
      collections: Object.fromEntries(
        workspace.collections
          .list()
          .map(({ thing }) => [thing.id, toCollectionValues(thing, stores)] as const)
          .filter(([, values]) => values.length > 0),
      ),
      problems: [...workspace.environments.problems()],
    }),
    createEnvironment: ({ body }) => saveEnvironment(workspace, stores, body),
    saveEnvironment: ({ path, body }) => saveEnvironment(workspace, stores, body, path.environmentId),
    duplicateEnvironment: ({ path }) => duplicateEnvironment(workspace, stores, path.environmentId),
    ruleSecret: ({ path, body }) => ruleSecret(workspace, stores, path, body),
    guardEnvironment: ({ path, body }) => guardEnvironment(workspace, stores, path.environmentId, body.guard),
    deleteEnvironment: ({ path }) => deleteEnvironment(workspace, stores, path.environmentId),

    renewToken: ({ path }) => renewToken(world, path.environmentId),
    callOrg: ({ path, body, request }) =>
      callOrg({
        environment: getEnvironment(workspace, path.environmentId),
        stores,
        call: body,
        fetch: world.fetch,
        signal: request.signal,
      }),
    listCodeLanguages: () => ({ languages: [...codeLanguages] }),
    writeCode: ({ body }) => writeCode(world, body),

    planImport: ({ body }) => imports.plan(body.sources),
    applyImport: ({ path, body }) => imports.apply(path.planId, body),

    confirmSend: async ({ body }) => {
      const confirmation = await world.sends.confirmation(body);
      return confirmation === undefined ? {} : { confirmation };
    },
    send: async ({ body, request }) => toEventStream(await world.sends.send(body, request.signal)),
    readBody: ({ path }) =>
      new Response(new Uint8Array(world.sends.readBody(path.bodyId)), {
        // Whatever a server wrote, it is bytes here, and nothing that a browser would show by itself.
        headers: { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' },
      }),
    revealAnswer: ({ path }) => {
      const { headers, bodyBase64 } = world.answers.reveal(path.answerId);
      return { headers: headers.map(([name, value]): [string, string] => [name, value]), bodyBase64 };
    },
    addDataFile: ({ body }) => world.dataFiles.add(body.name, body.text),
    estimateRun: ({ body, request }) => runs.estimate(body, request.signal),
    startRun: async ({ body }) => ({ id: await runs.start(body) }),
    resumeRun: ({ path, body }) => runs.resume(path.runId, body),
    estimateResume: ({ path, request }) => runs.estimateAgain(path.runId, request.signal),
    listRuns: async () => ({ runs: await runs.list() }),
    readRun: ({ path }) => runs.read(path.runId),
    followRun: ({ path, request }) => {
      const after = Number(request.headers.get('last-event-id') ?? '-1');
      return toEventStream(runs.follow(path.runId, Number.isInteger(after) ? after : -1, request.signal));
    },
    steerRun: ({ path, body }) => runs.steer(path.runId, body.to),
    deleteRun: ({ path }) => runs.remove(path.runId),
    readRunReport: async ({ path }) => {
      const { name, type, text } = await runs.report(path.runId, path.format);
      return toDownload(text, name, type);
    },
    takeRowsLeft: ({ path }) => runs.rowsLeft(path.runId),
    readFailedRows: ({ path }) => {
      const { name, text } = runs.failedRows(path.runId);
      return toDownload(text, name, 'text/csv');
    },
    findCause: ({ path }) => {
      const sent = history.findCause(path.requestId);
      const cause =
        sent === undefined
          ? runs.findCause(path.requestId)
          : { collectionId: sent.collectionId, itemId: sent.itemId };
      return cause === undefined ? {} : { cause };
    },
    searchHistory: ({ body }) => ({ entries: history.search(body.text) }),
    // The page gets JSON: `readonly` ends here.
    readHistoryRequest: ({ path }) => ({ item: history.request(path.entryId) as OpenedRequest['item'] }),
    clearHistory: () => history.clear(),

    listCookies: async () => ({ cookies: await cookies.list() }),
    putCookie: async ({ body }) => {
      await cookies.put(body);
      workspace.changed({ kind: 'cookies' });
    },
    deleteCookie: async ({ body }) => {
      await cookies.remove(body.domain, body.path, body.name);
      workspace.changed({ kind: 'cookies' });
    },
    clearCookies: async () => {
      await cookies.clear();
      workspace.changed({ kind: 'cookies' });
    },
  };
}

function writeCode(
  { collections, workspace }: World,
  { collectionId, item, environmentId, target }: Call<Routes['writeCode']>['body'],
): { code: string; language: string } {
  const collection = collections.get(collectionId);
  // A request that was never saved lies in the collection itself.
  const levels = findItem(collection, item.id)?.parents ?? [collection];
  const environments = workspace.environments.list().map(({ thing }) => thing);
  const chosen = environments.filter(({ scope, id }) => scope === 'globals' || id === environmentId);
  const code = writeRequestCode(item, target, { levels, values: toOpenValues(chosen) });
  const language = codeLanguages.find(({ name }) => name === target)?.language ?? 'text';
  return { code, language };
}

function toDownload(text: string, name: string, type = 'application/json'): Response {
  return new Response(text, {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
    },
  });
}

async function connectLocalOrg({ localOrg, workspace, stores }: World): Promise<{ environmentId: string }> {
  const org = getLocalOrg(localOrg);
  const token = await org.createToken('Castellan');
  const values = [
    { key: 'url', value: org.url, type: 'default' as const, enabled: true },
    { key: 'apikey', value: token, type: 'secret' as const, enabled: true },
    { key: 'email-suffix', value: 'example.com', type: 'default' as const, enabled: true },
  ];
  const existing = workspace.environments.list().find(({ thing }) => thing.name === 'Local org');
  const view = await saveEnvironment(
    workspace,
    stores,
    { name: 'Local org', scope: 'environment', values },
    existing?.thing.id,
  );
  return { environmentId: view.id };
}

/** @throws WorkbenchError `bad-request` when the environment is not that of the local org */
async function renewToken({ localOrg, workspace, stores }: World, environmentId: string): Promise<void> {
  const org = getLocalOrg(localOrg);
  const environment = getEnvironment(workspace, environmentId);
  const host = findHost(withCurrentValues(environment, stores.current).values);
  if (host !== new URL(org.url).host)
    throw new WorkbenchError(
      'bad-request',
      `“${environment.name}” is not for the local org. Make a new token in the admin console of its own org, under Security, API.`,
    );
  const name = findTokenName(environment) ?? 'apikey';
  await putSecret(workspace, stores, environment, { name, value: await org.createToken('Castellan') });
}

async function addPacks({
  localOrg,
  imports,
}: World): Promise<{ collections: { id: string; name: string }[] }> {
  const org = getLocalOrg(localOrg);
  const sources = PACKS.map((name) => ({
    kind: 'link' as const,
    url: new URL(`/docs/api/postman/${name}.json`, org.url).href,
  }));
  const plan = await imports.plan(sources);
  if (plan.entries.length === 0) {
    throw new WorkbenchError(
      'local-org-failed',
      plan.refused[0]?.sentence ?? 'The local org serves no packs.',
    );
  }
  const { collections } = await imports.apply(plan.id, { existing: 'skip' });
  return { collections };
}

function getLocalOrg(localOrg: LocalOrg | undefined): LocalOrg {
  if (localOrg !== undefined) return localOrg;
  throw new WorkbenchError(
    'local-org-absent',
    'This workbench runs without a local org. Add an environment with the address and token of your own.',
  );
}
