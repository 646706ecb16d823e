import { createInterface } from 'node:readline/promises';
import { estimate, findConfirmation } from '@castellan/engine';
import type { RunPlan } from '@castellan/engine';
import { callFacts } from '@castellan/okta-api';

/**
 * Asks whoever sits at the terminal to type the name of a guarded org, after naming what the run writes there, what
 * cannot be undone first.
 * @param given what the command line said already
 * @returns what was typed; `undefined` where nothing has to be confirmed or nobody can be asked
 */
export async function confirmWrites(plan: RunPlan, given: string | undefined): Promise<string | undefined> {
  const { guard } = plan;
  if (given !== undefined || guard?.confirm === undefined || !process.stdin.isTTY) return given;
  const asked = findConfirmation(plan, await estimate(plan, { facts: callFacts, share: 1 }));
  if (asked === undefined) return undefined;
  const lines = asked.writes.map(
    ({ title, count, irreversible }) => `  ${count} × ${title}${irreversible ? ' (cannot be undone)' : ''}`,
  );
  process.stderr.write(
    `${guard.host} is guarded as a ${guard.kind} org. This run would send:\n${lines.join('\n')}\n`,
  );
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`Type ${guard.host} to go on: `)).trim();
  } finally {
    terminal.close();
  }
}
