import { localOperations, type LocalClock, type Message } from '@castellan/okta-api';
import { routes } from '../apis/index.ts';
import { answerPush } from '../factors/pushes.ts';
import type { Context, HandlersOf } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { cutPage } from '../paging.ts';
import type { Route, RouteHandler } from '../routes.ts';
import { factorTypes, keyOf } from '../factors/factor-types.ts';
import { changeSettings, getSettings, type SettingsChanges } from '../settings.ts';
import type { MessageRecord } from '../store/records.ts';
import { SeedError } from '../seed-file.ts';
import type { Controls } from './controls.ts';
import type { Copies } from './copies.ts';
import type { SnapshotNote } from './snapshots.ts';

const MESSAGE_PAGING = { defaultLimit: 50, maxLimit: 200 };

/** The routes under `/api/local/v1`, over the controls of one org. */
export function localRoutes(controls: Controls): readonly Route[] {
  const handlers = createHandlers(controls);
  return Object.entries(localOperations).map(([name, operation]) => ({
    name,
    operation,
    // `createHandlers` is checked against the definitions.
    handler: handlers[name as keyof typeof handlers] as RouteHandler,
  }));
}

function createHandlers(controls: Controls) {
  const { clock, faults } = controls;
  return {
    getSummary: (_, context) => summarise(context),

    listMessages: ({ query }, { store, now }) =>
      cutPage(
        [...store.messages.values()]
          .filter(({ userId }) => query.userId === undefined || userId === query.userId)
          .filter(({ channel }) => query.channel === undefined || channel === query.channel)
          .toReversed(),
        {
          limit: query.limit,
          after: query.after,
          paging: MESSAGE_PAGING,
          cursorOf: ({ id }) => id,
          sorted: true,
          view: (message) => toMessageView(message, now),
          query: [
            ['userId', query.userId],
            ['channel', query.channel],
          ],
        },
      ),

    removeMessages(_, { store }) {
      for (const { id } of store.messages.values()) store.messages.delete(id);
    },

    answerPush({ params, body }, { store, now }) {
      answerPush(store, { messageId: params.messageId, state: body.state, now });
    },

    getSettings: (_, { store }) => toSettingsView(getSettings(store)),

    updateSettings({ body }, { store }) {
      const unknown = body.signOnPolicy?.mfaGroupIds?.find((id) => store.groups.get(id) === undefined);
      if (unknown !== undefined) throw invalid('mfaGroupIds', `mfaGroupIds: There is no group ${unknown}`);
      for (const part of ['factors', 'requiredFactors'] as const) {
        const odd = body.signOnPolicy?.[part]?.find(
          (key) => !factorTypes.some((type) => keyOf(type) === key),
        );
        if (odd !== undefined)
          throw invalid(
            part,
            `${part}: There is no factor ${odd}. There are ${factorTypes.map(keyOf).join(', ')}.`,
          );
      }
      // Parts that a body leaves out are absent, never `undefined`.
      return toSettingsView(changeSettings(store, body as SettingsChanges));
    },

    getClock: () => toClockView(controls),

    freezeClock({ body }) {
      clock.freeze(body?.at === undefined ? undefined : Date.parse(body.at));
      return toClockView(controls);
    },

    advanceClock({ body }) {
      clock.advance(body.milliseconds);
      return toClockView(controls);
    },

    resetClock() {
      clock.reset();
      return toClockView(controls);
    },

    listFaults: () => faults.list(),

    addFault({ body }) {
      const isKnown = routes.some(({ name, operation }) => `${operation.api}/${name}` === body.operation);
      if (body.operation !== '*' && !isKnown)
        throw invalid('operation', `operation: There is no operation ${body.operation}`);
      return faults.add(body);
    },

    removeFault({ params }) {
      if (!faults.remove(params.faultId)) throw notFound(params.faultId, 'Fault');
    },

    removeFaults: () => faults.clear(),

    async seed({ body }) {
      try {
        return await controls.seed(body.text);
      } catch (thrown) {
        throw thrown instanceof SeedError ? invalid('seed', thrown.message) : thrown;
      }
    },

    reset: () => controls.reset(),

    listSnapshots: () => controls.snapshots.list().map(toSnapshotView),

    takeSnapshot: async ({ body }) => toSnapshotView(await controls.snapshots.take(body.name)),

    async restoreSnapshot({ params }) {
      if (!(await controls.snapshots.restore(params.name))) throw notFound(params.name, 'Snapshot');
    },

    removeSnapshot({ params }) {
      if (!controls.snapshots.remove(params.name)) throw notFound(params.name, 'Snapshot');
    },

    listCopies: () => controls.copies?.list() ?? [],

    openCopy: () => getCopies(controls).open(),

    async closeCopy({ params }) {
      if (!(await getCopies(controls).close(params.copyId))) throw notFound(params.copyId, 'Copy');
    },

    getLimits: () => controls.limits,

    replaceLimits({ body }) {
      controls.limits = body;
      return body;
    },
  } satisfies HandlersOf<typeof localOperations>;
}

function summarise({ store }: Context): object {
  const usersByStatus: Record<string, number> = {};
  for (const { status } of store.users.values()) usersByStatus[status] = (usersByStatus[status] ?? 0) + 1;
  return {
    users: store.users.size,
    usersByStatus,
    groups: store.groups.size,
    rules: store.groupRules.size,
    apps: store.apps.size,
    tokens: store.apiTokens.size,
    messages: store.messages.size,
  };
}

function toMessageView(message: MessageRecord, now: number): Message {
  const { expires, factorId: _, transactionId: __, code, link, state, ...rest } = message;
  const isLate = state === 'waiting' && expires !== undefined && expires <= now;
  return {
    ...rest,
    created: new Date(message.created).toISOString(),
    ...(code === undefined ? {} : { code }),
    ...(link === undefined ? {} : { link }),
    ...(expires === undefined ? {} : { expires: new Date(expires).toISOString() }),
    ...(state === undefined ? {} : { state: isLate ? 'timeout' : state }),
  };
}

function toSettingsView({ features, passwordPolicy, signOnPolicy }: ReturnType<typeof getSettings>): object {
  return { features, passwordPolicy, signOnPolicy };
}

function getCopies({ copies }: Controls): Copies {
  if (copies !== undefined) return copies;
  throw new OktaError('E0000060', { causes: ['An org without an address of its own has no copies.'] });
}

function toSnapshotView({ taken, ...rest }: SnapshotNote): object {
  return { ...rest, taken: new Date(taken).toISOString() };
}

function toClockView({ clock }: Controls): LocalClock {
  return { now: new Date(clock.now()).toISOString(), frozen: clock.isFrozen(), offset: clock.offset() };
}
