import { plan, readBody, type Mask, type ReceivedResponse, type RunEvent } from '@castellan/engine';
import type { Confirmation } from '../api/runs.ts';
import type { SendEvent, SendOrder } from '../api/sends.ts';
import type { RunEngine } from './engine.ts';
import type { PreferenceStore } from '../preferences/preferences.ts';
import type { CookieStore } from '../vault/cookies.ts';
import type { ValueStores } from '../vault/current-values.ts';
import { refuseStrange } from '../trust/refuse-strange.ts';
import type { Trust } from '../trust/trust.ts';
import { replaceRequest } from '../workspace/tree.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { createBodies } from './bodies.ts';
import { confirmationOf } from './estimate.ts';
import type { HiddenAnswers } from './hidden-answers.ts';
import type { History } from './history.ts';
import { keepScopes } from './keep-scopes.ts';
import { planFor } from './plan-run.ts';
import { readScopes } from './scopes.ts';

export interface Sends {
  /**
   * Sends one request. What comes out is masked; what scripts and answers set is kept.
   * @throws WorkbenchError `not-found`, `untrusted`, before anything is sent
   */
  send(order: SendOrder, signal: AbortSignal): Promise<AsyncIterable<{ id: number; event: SendEvent }>>;
  /** What the guard of the org wants confirmed before this is sent; nothing is sent. */
  confirmation(order: SendOrder): Promise<Confirmation | undefined>;
  /**
   * The bytes of a body that its event only names, masked.
   * @throws WorkbenchError `not-found`
   */
  readBody(bodyId: string): Uint8Array;
}

interface SendsOptions {
  readonly workspace: Workspace;
  readonly stores: ValueStores;
  readonly trust: Trust;
  readonly cookies: CookieStore;
  readonly preferences: PreferenceStore;
  readonly history: History;
  readonly answers: HiddenAnswers;
  readonly mask: Mask;
  readonly engine: RunEngine;
}

/** Bytes up to which a body travels in its event: below it, asking once more costs more than base64. */
const MOST_WITHIN = 64 * 1024;

export function createSends(options: SendsOptions): Sends {
  const { workspace, stores, trust, cookies, preferences, history, answers, mask, engine } = options;
  const bodies = createBodies();
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
    confirmation(order) {
      const { collection, ...scopes } = readScopes(workspace, stores, order);
      const edited = replaceRequest(collection, order.item);
      return confirmationOf(planFor({ ...scopes, collection: edited, items: [order.item.id] }));
    },
    readBody: bodies.read,
  };

  async function* carryOut(
    order: SendOrder,
    scopes: ReturnType<typeof readScopes>,
    signal: AbortSignal,
  ): AsyncGenerator<{ id: number; event: SendEvent }> {
    mask.add(stores.vault.values());
    mask.learn(await cookies.secrets());
    let id = 0;
    let came: ReceivedResponse | undefined;
    try {
      const events = engine.run({
        ...scopes,
        itemId: order.item.id,
        edited: order.item,
        signal,
        scripts: order.scripts,
        preferences: preferences.get(),
        ...(order.confirmed === undefined ? {} : { confirmed: order.confirmed }),
        mask,
        onAnswer(answer) {
          came = answer;
        },
        cookieJar: cookies.jar,
        async onEnd(after) {
          await keepScopes(workspace, stores, scopes, after, mask);
          if (await cookies.save()) workspace.changed({ kind: 'cookies' });
        },
      });
      for await (const event of events) {
        const masked = mask.json(event);
        const body = bodyOf(masked);
        history.note(masked, body, {
          collectionId: order.collectionId,
          environment: scopes.environment?.name,
          item: mask.json(order.item),
        });
        yield { id, event: withBody(masked, body, came) };
        id += 1;
      }
    } catch (cause) {
      const message = cause instanceof Error ? mask.text(cause.message) : 'The request broke off.';
      yield { id, event: { kind: 'run-finished', outcome: 'failed', error: { name: 'Error', message } } };
    } finally {
      workspace.changed({ kind: 'history' });
    }
  }

  /** @param came the answer to the item as it came */
  function withBody(event: RunEvent, body: Uint8Array, came: ReceivedResponse | undefined): SendEvent {
    if (event.kind !== 'response-received') return event;
    // One by one: to copy all would make base64 of the body.
    const { code, status, httpVersion, headers, size, time, timeline } = event.response;
    const answerId =
      event.source === 'item' && came !== undefined ? answers.keep(came, { headers, body }) : undefined;
    const isWithin = body.byteLength <= MOST_WITHIN;
    const response = {
      code,
      status,
      httpVersion,
      headers,
      size,
      time,
      timeline,
      bodyBase64: isWithin ? Buffer.from(body).toString('base64') : '',
      ...(isWithin ? {} : { bodyId: bodies.keep(body) }),
      ...(answerId === undefined ? {} : { answerId }),
    };
    return { ...event, response };
  }
}

const NOTHING = new Uint8Array();

/** The body of an event's answer: megabytes need not be text in between. */
const bodyOf = (event: RunEvent): Uint8Array =>
  event.kind === 'response-received' ? readBody(event.response) : NOTHING;
