import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { RepairFacts } from '@castellan/collection';
import { createMask } from '@castellan/engine';
import { serve } from '@hono/node-server';
import { WorkbenchError } from './errors.ts';
import { createImports } from './imports/imports.ts';
import type { Formats } from './imports/formats.ts';
import { openLocalOrg, type LocalOrg, type OpenLocalOrg } from './orgs/local-org.ts';
import type { RunEngine } from './runs/engine.ts';
import { createHiddenAnswers } from './runs/hidden-answers.ts';
import { openHistory } from './runs/history.ts';
import { createDataFiles } from './runs/data-files.ts';
import { openJournalList } from './runs/journal-list.ts';
import { openRunShelf } from './runs/run-shelf.ts';
import { openRuns } from './runs/runs.ts';
import { createSends } from './runs/sends.ts';
import { openCookies } from './vault/cookies.ts';
import { openCurrentValues } from './vault/current-values.ts';
import { openHomeFile, openPersonalFile } from './vault/personal-file.ts';
import { openPreferences } from './preferences/preferences.ts';
import { createApp } from './server/app.ts';
import { createSession } from './server/guard.ts';
import { createHandlers } from './server/handlers.ts';
import { findKeySources } from './vault/key-sources.ts';
import { findHome, openVault } from './vault/vault.ts';
import { createTrust } from './trust/trust.ts';
import { createCollections } from './workspace/collections.ts';
import { openWorkspace } from './workspace/workspace.ts';
import { mkdir } from 'node:fs/promises';

export interface WorkbenchOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Folder with the person's files; made when it is not there. */
  readonly workspace: string;
  /** Folder of the built web app. */
  readonly webAssets: string;
  readonly version: string;
  readonly formats: Formats;
  /** What is known of the API that old collections are about. */
  readonly facts: RepairFacts;
  readonly engine: RunEngine;
  /** Called once the workspace is this process's own, because the org's data is kept by it. */
  readonly openLocalOrg?: OpenLocalOrg;
  /** Folder for secrets; `$CASTELLAN_HOME` or the XDG folder when absent. */
  readonly home?: string;
  readonly fetch?: typeof globalThis.fetch;
}

export interface RunningWorkbench {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts the loopback server behind the web app.
 * @throws WorkbenchError `workspace-locked`, `workspace-unusable`, `vault-unreadable`, `port-in-use`; each
 *   message is a sentence to print, and nothing is left running or locked
 */
export async function startWorkbench(options: WorkbenchOptions): Promise<RunningWorkbench> {
  await mkdir(options.workspace, { recursive: true }).catch((cause: unknown) => {
    throw new WorkbenchError(
      'workspace-unusable',
      `The workspace ${options.workspace} cannot be made or used as a folder. Choose another with --workspace.`,
      { cause },
    );
  });
  const home = options.home ?? findHome(process.env);
  const vault = await openVault(home, options.workspace, await findKeySources(process.env));
  const { formats } = options;
  const workspace = await openWorkspace(options.workspace, formats, vault);
  let localOrg: LocalOrg | undefined;
  try {
    if (options.openLocalOrg !== undefined) localOrg = await openLocalOrg(options.openLocalOrg);
    const personal = (kind: string) => openPersonalFile(home, kind, options.workspace);
    const stores = { vault, current: await openCurrentValues(await personal('current-values')) };
    const trust = createTrust(await personal('trust'));
    const cookies = await openCookies(await personal('cookies'));
    const preferences = await openPreferences(await openHomeFile(home, 'preferences'));
    const history = await openHistory(await personal('history'), () => preferences.get().historyLength);
    const answers = createHiddenAnswers();
    // One for everything: a token that one answer brought may stand in any later one.
    const mask = createMask();
    const sends = createSends({
      workspace,
      stores,
      trust,
      cookies,
      preferences,
      history,
      answers,
      mask,
      engine: options.engine,
    });
    const dataFiles = createDataFiles();
    const journals = openJournalList(home);
    const shelf = await openRunShelf(home, options.workspace, journals);
    const runs = await openRuns({
      workspace,
      stores,
      preferences,
      trust,
      dataFiles,
      shelf,
      journals,
      mask,
    });
    const imports = createImports({
      workspace,
      vault,
      trust,
      formats,
      facts: options.facts,
      fetch: options.fetch ?? globalThis.fetch,
    });
    const handlers = createHandlers({
      version: options.version,
      workspace,
      stores,
      cookies,
      history,
      preferences,
      layout: await personal('layout'),
      collections: createCollections(workspace, trust),
      imports,
      sends,
      answers,
      dataFiles,
      runs,
      formats,
      localOrg,
      fetch: options.fetch ?? globalThis.fetch,
    });
    const secret = randomBytes(32).toString('base64url');
    const { server, port } = await listen(options.port, (taken) =>
      createApp({ handlers, session: createSession(secret, taken), webAssets: options.webAssets }),
    );
    const url = `http://127.0.0.1:${port}`;
    await workspace.announce(url);
    return {
      url,
      port,
      async close() {
        await runs.close();
        await history.close();
        await options.engine.close?.();
        server.closeAllConnections();
        await new Promise<void>((resolve) => server.close(() => resolve()));
        await localOrg?.stop();
        await workspace.close();
      },
    };
  } catch (cause) {
    await localOrg?.stop();
    await workspace.close();
    throw cause;
  }
}

type Handle = (request: Request) => Promise<Response>;

/** The app needs to know the port that was taken, so it is made once the server listens. */
async function listen(port: number, createHandle: (port: number) => Handle) {
  let handle: Handle = async () => new Response(null, { status: 503 });
  return new Promise<{ server: ReturnType<typeof createServer>; port: number }>((resolve, reject) => {
    const server = serve(
      { fetch: (request) => handle(request), port, hostname: '127.0.0.1', createServer },
      (info) => {
        handle = createHandle(info.port);
        // `createServer` above made a plain HTTP server.
        resolve({ server: server as ReturnType<typeof createServer>, port: info.port });
      },
    );
    server.on('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE'
          ? new WorkbenchError(
              'port-in-use',
              `Port ${port} is in use by another program. Choose another with --port, or 0 for any free one.`,
            )
          : cause,
      );
    });
  });
}
