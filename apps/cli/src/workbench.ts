import { fileURLToPath } from 'node:url';
import { repairFacts } from '@castellan/okta-api';
import { createEngine, createFormats, type RunningWorkbench, startWorkbench } from '@castellan/workbench';
import type { LocalOrg } from './local-org.ts';
import { asCommand } from './refusals.ts';
import { version } from './version.ts';

interface WorkbenchOptions {
  readonly port: number;
  readonly workspace: string;
  /** @param port where it answered before; absent at the first start */
  openLocalOrg(port?: number): Promise<LocalOrg>;
}

/**
 * Starts the workbench with a local org beside it.
 * @throws CommandFailure a port is taken, or the workspace is in use or cannot be used
 */
export async function startWorkbenchOver(options: WorkbenchOptions): Promise<RunningWorkbench> {
  return asCommand(
    startWorkbench({
      port: options.port,
      workspace: options.workspace,
      webAssets: fileURLToPath(new URL('web', import.meta.url)),
      version,
      formats: createFormats(),
      facts: repairFacts,
      engine: createEngine(),
      async openLocalOrg(port) {
        const { org, url, close } = await options.openLocalOrg(port);
        return { url, adminUrl: `${url}/admin`, createToken: (name) => org.createToken(name), close };
      },
    }),
  );
}
