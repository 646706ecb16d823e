import { createMask, plan, type RunEvent } from '@castellan/engine';
import type { SendOrder } from '../api/sends.ts';
import type { RunEngine } from './engine.ts';
import type { CookieStore } from '../vault/cookies.ts';
import type { ValueStores } from '../vault/current-values.ts';
import { refuseStrange } from '../trust/refuse-strange.ts';
import type { Trust } from '../trust/trust.ts';
import { replaceRequest } from '../workspace/tree.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { History } from './history.ts';
import { keepScopes } from './keep-scopes.ts';
import { readScopes } from './scopes.ts';

/** The end of a Send that broke off, in the words that the page shows. */
interface BrokenOff {
  readonly kind: 'run-finished';
  readonly outcome: 'failed';
  readonly error: { readonly name: string; readonly message: string };
}

type SendEvent = RunEvent | BrokenOff;

export interface Sends {
  /**
   * Sends one request. What comes out is masked; what scripts and answers set is kept.
   * @throws WorkbenchError `not-found`, `untrusted`, before anything is sent
   */
  send(order: SendOrder, signal: AbortSignal): Promise<AsyncIterable<{ id: number; event: SendEvent }>>;
}

interface SendsOptions {
  readonly workspace: Workspace;
  readonly stores: ValueStores;
  readonly trust: Trust;
  readonly cookies: CookieStore;
  readonly history: History;
  readonly engine: RunEngine;
}

export function createSends({ workspace, stores, trust, cookies, history, engine }: SendsOptions): Sends {
  return {
    async send(order, signal) {
      const scopes = readScopes(workspace, stores, order);
      if (order.scripts === 'run') {
        const { collection } = scopes;
        const edited = replaceRequest(collection, order.item);
        await refuseStrange(trust, collection, plan({ collection: edited, items: [order.item.id] }));
      }
      return carryOut(order, scopes, signal);
    },
  };

  async function* carryOut(order: SendOrder, scopes: ReturnType<typeof readScopes>, signal: AbortSignal) {
    const mask = createMask([...stores.vault.values(), ...(await cookies.secrets())]);
    let id = 0;
    try {
      const events = engine.run({
        ...scopes,
        itemId: order.item.id,
        edited: order.item,
        signal,
        scripts: order.scripts,
        ...(order.confirmed === undefined ? {} : { confirmed: order.confirmed }),
        cookieJar: cookies.jar,
        async onEnd(after) {
          await keepScopes(workspace, stores, scopes, after);
          await cookies.save();
          workspace.changed({ kind: 'cookies' });
        },
      });
      for await (const event of events) {
        const masked = mask.json(event);
        history.note(masked, {
          collectionId: order.collectionId,
          environment: scopes.environment?.name,
          item: mask.json(order.item),
        });
        yield { id, event: masked };
        id += 1;
      }
    } catch (cause) {
      const message = cause instanceof Error ? mask.text(cause.message) : 'The request broke off.';
      const event: BrokenOff = { kind: 'run-finished', outcome: 'failed', error: { name: 'Error', message } };
      yield { id, event };
    } finally {
      workspace.changed({ kind: 'history' });
    }
  }
}
