import type { Command } from 'commander';
import type { LocalOrg } from '../local-org.ts';
import { readPort, toWorkspaceFolder } from '../options.ts';

interface StartFlags {
  readonly port: string;
  readonly orgPort: string;
  readonly workspace?: string;
  readonly open: boolean;
}

/** `castellan start`, and `castellan` alone: the workbench with a local org beside it. */
export function addStartCommand(program: Command): void {
  program
    .command('start', { isDefault: true })
    .summary('start the workbench and a local org (what castellan alone does)')
    .description('Starts the workbench and a local org on this machine and opens the browser.')
    .option('--port <number>', 'port of the workbench; 0 takes a free one', '4400')
    .option('--org-port <number>', 'port of the local org; 0 takes a free one', '4401')
    .option('--workspace <folder>', 'folder of collections and environments; ~/Castellan unless told')
    .option('--no-open', 'do not open the browser')
    .action(runStart);
}

async function runStart(flags: StartFlags): Promise<void> {
  const ports = { workbench: readPort(flags.port), org: readPort(flags.orgPort) };
  const { openHome } = await import('../home.ts');
  const { startLocalOrg } = await import('../local-org.ts');
  const { startWorkbenchOver } = await import('../workbench.ts');
  const { waitForStop } = await import('../stop-signal.ts');

  const workspace = toWorkspaceFolder(flags.workspace);
  const home = await openHome(workspace);
  let org: LocalOrg | undefined;
  const workbench = await startWorkbenchOver({
    port: ports.workbench,
    workspace,
    async openLocalOrg(port = ports.org) {
      const { orgData: data, adminPassword: password } = home;
      org = await startLocalOrg({ port, seed: 'sample', data, password });
      return org;
    },
  });
  try {
    process.stdout.write(describe(workbench.url, workspace, org));
    if (flags.open) (await import('../open-browser.ts')).openBrowser(workbench.url);
    await waitForStop();
  } finally {
    await workbench.close();
  }
}

function describe(url: string, workspace: string, org: LocalOrg | undefined): string {
  const lines = [`Workbench   ${url}`];
  if (org !== undefined) {
    const { login, password } = org.administrator;
    lines.push(
      `Local org   ${org.url}`,
      `Admin       ${org.url}/admin (sign in as ${login} with ${password})`,
    );
  }
  return [...lines, `Workspace   ${workspace}`, 'Ctrl-C stops both.', ''].join('\n');
}
