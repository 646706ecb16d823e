import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { routes } from './apis/index.ts';
import { hashToken } from './authenticate.ts';
import { answerAsProvider } from './authn/identity-providers.ts';
import { stepUpRoutes } from './authn/step-up-routes.ts';
import { createClock } from './clock.ts';
import { createConsole } from './console/console.ts';
import { answerPush } from './factors/pushes.ts';
import { fromRequest, toResponse } from './exchange.ts';
import { createFaults } from './faults.ts';
import type { Caller } from './handling.ts';
import { createIds, type Ids } from './ids.ts';
import { createLinkPages } from './link-pages/link-pages.tsx';
import type { Controls } from './local/controls.ts';
import { createCopies } from './local/copies.ts';
import { createSnapshots } from './local/snapshots.ts';
import { createLateIndex } from './store/late-index.ts';
import { localRoutes } from './local/handlers.ts';
import type { OrgHost, OrgOptions } from './org-options.ts';
import { hashPassword } from './passwords.ts';
import { toListener } from './node-http.ts';
import { answer } from './pipeline.ts';
import { createMeter } from './quota.ts';
import { createRouter } from './routes.ts';
import { seedSample } from './seed-sample.ts';
import { makeSuperAdmin, putAdministrator, seedEmpty } from './seed.ts';
import { readSeed, type SeedReport } from './seed-file.ts';
import { createSessionSweep } from './session-expiry.ts';
import { sow } from './sow.ts';
import { changeSettings } from './settings.ts';
import type { MessageRecord, UserRecord } from './store/records.ts';
import { HEADER } from './store/changes.ts';
import { openData } from './store/data.ts';
import { createRecentTexts } from './store/recent-texts.ts';
import { type Store, toLoginKey } from './store/store.ts';

/** A running org without a port: `fetch` answers like the server does. */
export interface Org {
  /** @throws ConnectionCut where a fault cuts the connection */
  fetch(request: Request): Promise<Response>;
  /** Answers the requests of a Node server like `fetch`, without its objects around every one. */
  readonly listener: RequestListener;
  /**
   * Makes an API token, as the admin console does, with the rights of its owner: the administrator unless another
   * user is named by id. The value is not kept.
   */
  createToken(name: string, ownerId?: string): Promise<{ readonly id: string; readonly value: string }>;
  /** Every mail, SMS, call and push that the org "sent", in order; codes and links in them work. */
  messages(): readonly MessageRecord[];
  /**
   * What the person does on the phone with a push of the outbox: approves or rejects it.
   * @throws OktaError E0000007 for a message that is no push, E0000107 for one that was answered or has ended
   */
  answerPush(messageId: string, state: 'approved' | 'rejected'): Promise<void>;
  /**
   * Puts what a seed file says into the org: whole, or with its first fault not at all.
   * @param text YAML or JSON, as docs/local-org.md describes it
   * @throws SeedError the file cannot be read, or the org refuses something in it
   */
  seed(text: string): Promise<SeedReport>;
  /** Makes the org what it was when it was opened on an empty folder. */
  reset(): Promise<void>;
  /** Everything that the org holds, as a file that `restore` reads. It has no password and no token in clear. */
  snapshot(): Promise<Uint8Array>;
  /**
   * Makes the org what it was at a snapshot. The start token and the administrator of this org hold after it.
   * @throws StoreError the bytes are no whole snapshot; nothing changed
   */
  restore(snapshot: Uint8Array): Promise<void>;
  /** Settles what is not on disk yet, and gives the data folder back. */
  close(): Promise<void>;
}

const ADMINISTRATOR = 'admin@example.com';

/** Nearly every request; its address is taken apart once, further in. */
const API = /^https?:\/\/[^/]*\/+api\//;

const PACKS = /^\/docs\/api\/postman\/([^/]+)\.json$/;

/**
 * Opens an org: what its data folder holds, or a new one.
 * @throws StoreError the data folder cannot be used, or holds something else than the data of a local org
 */
export async function createOrg(options: OrgOptions = {}): Promise<Org> {
  const machine: OrgHost = { now: Date.now, random: createRandom(), wait: setTimeout, ...options.host };
  const data = await openData(options.data);
  const { store, settled } = data;
  const clock = createClock(machine, store);
  const host: OrgHost = { ...machine, now: clock.now };
  const ids = createIds(host);
  const making = { store, ids, host };
  let administrator = await prepare(making, options);
  await settled();
  const createToken = async (name: string, ownerId = administrator.id) => {
    const value = `00${ids.secret(40)}`;
    const id = addToken(making, ownerId, name, value);
    await settled();
    return { id, value };
  };
  /** Puts something in the place of everything. What was asked for at the start holds after it as well. */
  const begin = async (content: Buffer | undefined): Promise<void> => {
    data.replace(content ?? EMPTY);
    administrator = await prepare(making, options);
    await data.rewrite();
  };
  const seed = async (text: string): Promise<SeedReport> => {
    const read = readSeed(text);
    const soil = { ...making, administrator, origin: parts.origin ?? '' };
    const report = await data.atomically(() => sow(read, soil));
    await settled();
    // A seed touches most rows several times.
    await data.compact();
    return report;
  };
  const snapshot = async (): Promise<Uint8Array> => {
    await settled();
    return data.snapshot();
  };
  const reset = (): Promise<void> => begin(undefined);
  const restore = (bytes: Uint8Array): Promise<void> => begin(Buffer.from(bytes));
  const { openCopy } = options;
  const controls: Controls = {
    clock,
    faults: createFaults(machine.random),
    limits: { plan: options.plan ?? 'off', indexDelay: 0 },
    snapshots: createSnapshots({ now: machine.now, snapshot, restore }),
    copies: openCopy && createCopies(async () => openCopy(await snapshot())),
    seed,
    reset,
  };
  const lateIndex = createLateIndex(() => controls.limits.indexDelay, clock.now);
  data.watch(lateIndex.listener);
  const parts = {
    router: createRouter([...routes, ...stepUpRoutes, ...localRoutes(controls)]),
    store,
    ids,
    host,
    meter: createMeter(() => controls.limits.plan),
    faults: controls.faults,
    sweepSessions: createSessionSweep(store),
    lateIndex,
    texts: createRecentTexts(TEXTS_KEPT),
    origin: options.origin,
    settled,
  };
  const answerFetch = async (request: Request, as?: Caller): Promise<Response> =>
    toResponse(await answer(parts, fromRequest(request), as));
  const linkPages = createLinkPages(answerFetch, async (token, state) => {
    answerAsProvider(store, { token, state, now: host.now() });
    await settled();
  });
  const console = createConsole({
    store,
    ids,
    clock,
    machineNow: machine.now,
    administratorId: () => administrator.id,
    answerAs: (caller, request) => answerFetch(request, caller),
    createToken,
  });
  const fetch: Org['fetch'] = async (request) => {
    if (API.test(request.url)) return answerFetch(request);
    const name = PACKS.exec(new URL(request.url).pathname)?.[1];
    const pack = name === undefined ? undefined : options.packs?.[name];
    if (pack !== undefined && request.method === 'GET')
      return new Response(pack, { headers: { 'content-type': 'application/json' } });
    return (await console.answer(request)) ?? (await linkPages.answer(request)) ?? answerFetch(request);
  };
  return {
    fetch,
    listener: toListener({ api: async (incoming) => answer(parts, incoming), fetch }),
    createToken,
    messages: () => [...store.messages.values()],
    async answerPush(messageId, state) {
      answerPush(store, { messageId, state, now: host.now() });
      await settled();
    },
    seed,
    reset,
    snapshot,
    restore,
    async close() {
      await controls.copies?.closeAll();
      await data.close();
    },
  };
}

/** Users whose answer is kept as it was written: some megabytes. */
const TEXTS_KEPT = 1000;

/** A snapshot of nothing. */
const EMPTY = Buffer.from(HEADER);

const POOL_SIZE = 8192;

/** The machine's random bytes out of a supply: to ask for a few of them costs as much as to ask for many. */
function createRandom(): OrgHost['random'] {
  let pool = randomBytes(POOL_SIZE);
  let taken = 0;
  return (count) => {
    if (count > POOL_SIZE) return randomBytes(count);
    if (taken + count > POOL_SIZE) {
      pool = randomBytes(POOL_SIZE);
      taken = 0;
    }
    taken += count;
    return pool.subarray(taken - count, taken);
  };
}

interface Making {
  readonly store: Store;
  readonly ids: Ids;
  readonly host: OrgHost;
}

/** Sees to what the options ask for, in a new store and in one that holds something; returns the administrator. */
async function prepare(making: Making, options: OrgOptions): Promise<UserRecord> {
  const { store } = making;
  const administrator = await findOrSeed(making, options);
  if (options.settings) changeSettings(store, options.settings);
  const { token } = options;
  if (token !== undefined && store.apiTokens.by('hash', hashToken(token)).length === 0)
    addToken(making, administrator.id, 'Start', token);
  return administrator;
}

/** The org's administrator: the one who is there, with the password that was asked for, or a new one. */
async function findOrSeed({ store, ids, host }: Making, options: OrgOptions): Promise<UserRecord> {
  const { login = ADMINISTRATOR, password } = options.admin ?? {};
  const hash = password === undefined ? undefined : await hashPassword(password);
  const [there] = store.users.by('login', toLoginKey(login));
  if (there !== undefined) {
    // Orgs of before roles counted have no super administrator.
    if (![...store.roleAssignments.values()].some((role) => role.type === 'SUPER_ADMIN'))
      makeSuperAdmin(store, ids, host.now(), there.id);
    return hash === undefined ? there : store.users.put({ ...there, password: hash });
  }
  // A restored org may have been another administrator's.
  const [type] = store.userTypes.values();
  if (type !== undefined) {
    const place = { id: ids.next('user'), typeId: type.id, now: host.now() };
    return putAdministrator(store, ids, place, { login, password: hash });
  }
  const administrator = seedEmpty(store, ids, host.now(), { login, password: hash });
  if (options.seed === 'sample') seedSample(store, ids, host.now(), administrator);
  return administrator;
}

function addToken({ store, ids, host }: Making, ownerId: string, name: string, value: string): string {
  const now = host.now();
  const record = store.apiTokens.put({
    id: ids.next('apiToken'),
    name,
    userId: ownerId,
    hash: hashToken(value),
    created: now,
    lastUpdated: now,
    lastUsed: now,
    network: { connection: 'ANYWHERE', include: [], exclude: [] },
  });
  return record.id;
}
