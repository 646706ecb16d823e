import { WorkbenchError } from '../errors.ts';

/** A running local org: where it answers, and what only its owner may do. */
export interface LocalOrgDoor {
  readonly url: string;
  readonly adminUrl?: string;
  createToken(name: string): Promise<{ readonly value: string }>;
  close(): Promise<void>;
}

/**
 * Starts the local org.
 * @param port where it answered before it was stopped; absent at the first start
 */
export type OpenLocalOrg = (port?: number) => Promise<LocalOrgDoor>;

/** The local org beside the workbench, which may be stopped and started again at the same address. */
export interface LocalOrg {
  readonly url: string;
  readonly adminUrl: string;
  readonly isRunning: boolean;
  /** @throws WorkbenchError `local-org-failed` when it is stopped, or could not */
  createToken(name: string): Promise<string>;
  /** @throws WorkbenchError `local-org-failed` */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the local org for the first time. Rejects as `open` does. */
export async function openLocalOrg(open: OpenLocalOrg): Promise<LocalOrg> {
  let door: LocalOrgDoor | undefined = await open();
  const { url, adminUrl = `${url}/admin` } = door;
  let turn: Promise<void> = Promise.resolve();
  /** Starting and stopping take turns. */
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  return {
    url,
    adminUrl,
    get isRunning() {
      return door !== undefined;
    },
    async createToken(name) {
      if (door === undefined)
        throw new WorkbenchError('local-org-failed', 'The local org is stopped. Start it under Org first.');
      const made = await door.createToken(name).catch((cause: unknown) => {
        throw new WorkbenchError(
          'local-org-failed',
          'The local org could not make a token. Start Castellan again.',
          { cause },
        );
      });
      return made.value;
    },
    start: () =>
      inTurn(async () => {
        if (door !== undefined) return;
        door = await open(Number(new URL(url).port)).catch((cause: unknown) => {
          const reason = cause instanceof Error ? cause.message : 'It does not say why.';
          throw new WorkbenchError('local-org-failed', `The local org does not start. ${reason}`, { cause });
        });
      }),
    stop: () =>
      inTurn(async () => {
        const running = door;
        door = undefined;
        await running?.close();
      }),
  };
}
