import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { routes } from './apis/index.ts';
import { hashToken } from './authenticate.ts';
import { createClock } from './clock.ts';
import { createConsole } from './console/console.ts';
import { answerPush } from './factors/pushes.ts';
import { createFaults } from './faults.ts';
import { createIds, type Ids } from './ids.ts';
import type { Controls } from './local/controls.ts';
import { localRoutes } from './local/handlers.ts';
import { hashPassword } from './passwords.ts';
import { answer } from './pipeline.ts';
import { createMeter } from './quota.ts';
import { createRouter } from './routes.ts';
import { seedSample } from './seed-sample.ts';
import { makeSuperAdmin, seedEmpty } from './seed.ts';
import { changeSettings, type SettingsChanges } from './settings.ts';
import type { MessageRecord, UserRecord } from './store/records.ts';
import { type Journal, openJournal } from './store/journal.ts';
import { createStore, type Store, toLoginKey } from './store/store.ts';
import type { Stored, Table } from './store/table.ts';

/** How rate limits are counted: not at all, or by the table of one of Okta's plans. */
export type Plan = 'off' | 'integrator' | 'enterprise';

/** Okta's two engines: Identity Engine orgs show realms, group owners and the link to reset factors. */
export type Edition = 'classic' | 'oie';

export interface OrgOptions {
  /** `oie` unless said otherwise: new orgs are Identity Engine orgs. */
  readonly edition?: Edition;
  /** The address the org answers at; ids in `_links` are built on the request's own origin when absent. */
  readonly origin?: string;
  /** `empty`: one administrator, the group Everyone, the default user type. `sample`: some invented people too. */
  readonly seed?: 'empty' | 'sample';
  /** A token value that is valid from the start and owned by the administrator. */
  readonly token?: string;
  readonly plan?: Plan;
  /** Password and sign-on policy where they are not to be Okta's defaults. */
  readonly settings?: SettingsChanges;
  /** Folder of the store's log; nothing is kept when absent. */
  readonly data?: string;
  /** Who may sign in to the admin console; without a password nobody can. */
  readonly admin?: { readonly login?: string; readonly password?: string };
  /** Served under `/docs/api/postman/{name}.json`: the text of a collection by its name. */
  readonly packs?: Readonly<Record<string, string>>;
  /** Whatever is absent is the machine's. */
  readonly host?: Partial<OrgHost>;
}

/** Time and chance, passed in so that tests own them. */
export interface OrgHost {
  /** Epoch milliseconds. */
  now(): number;
  random(bytes: number): Uint8Array;
  wait(milliseconds: number): Promise<void>;
}

/** A running org without a port: `fetch` answers like the server does. */
export interface Org {
  /** @throws ConnectionCut where a fault cuts the connection */
  fetch(request: Request): Promise<Response>;
  /** Makes an API token for the administrator, as the admin console does. The value is not kept. */
  createToken(name: string): Promise<{ readonly id: string; readonly value: string }>;
  /** Every mail, SMS, call and push that the org "sent", in order; codes and links in them work. */
  messages(): readonly MessageRecord[];
  /**
   * What the person does on the phone with a push of the outbox: approves or rejects it.
   * @throws OktaError E0000007 for a message that is no push, E0000107 for one that was answered or has ended
   */
  answerPush(messageId: string, state: 'approved' | 'rejected'): Promise<void>;
  /** Settles what is not on disk yet. */
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
  const journal = options.data === undefined ? undefined : await openJournal(options.data);
  const store = openStore(journal);
  const clock = createClock(machine, store);
  const host: OrgHost = { ...machine, now: clock.now };
  const ids = createIds(host);
  const controls: Controls = {
    clock,
    faults: createFaults(machine.random),
    limits: { plan: options.plan ?? 'off', indexDelay: 0 },
  };
  const administrator = await findOrSeed(store, ids, host, options);
  if (options.settings) changeSettings(store, options.settings);
  const tokens = { store, ids, host, owner: administrator };
  const { token } = options;
  if (token !== undefined && store.apiTokens.by('hash', hashToken(token)).length === 0)
    addToken(tokens, 'Start', token);
  await journal?.settle();
  const createToken = async (name: string) => {
    const value = `00${ids.secret(40)}`;
    const id = addToken(tokens, name, value);
    await journal?.settle();
    return { id, value };
  };
  const settled = async (): Promise<void> => journal?.settle();
  const console = createConsole({
    store,
    ids,
    host: machine,
    administratorId: administrator.id,
    createToken,
    settled,
  });
  const parts = {
    router: createRouter([...routes, ...localRoutes(controls)]),
    store,
    ids,
    host,
    meter: createMeter(() => controls.limits.plan),
    faults: controls.faults,
    origin: options.origin,
    settled,
    edition: options.edition ?? 'oie',
  };
  return {
    async fetch(request) {
      if (API.test(request.url)) return answer(parts, request);
      const name = PACKS.exec(new URL(request.url).pathname)?.[1];
      const pack = name === undefined ? undefined : options.packs?.[name];
      if (pack !== undefined && request.method === 'GET')
        return new Response(pack, { headers: { 'content-type': 'application/json' } });
      return (await console.answer(request)) ?? answer(parts, request);
    },
    createToken,
    messages: () => [...store.messages.values()],
    async answerPush(messageId, state) {
      answerPush(store, { messageId, state, now: host.now() });
      await settled();
    },
    close: async () => journal?.close(),
  };
}

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

/** The store with what the journal holds; from then on every change goes into the journal. */
function openStore(journal: Journal | undefined): Store {
  let isOpen = false;
  const store = createStore((table, id, row) => {
    if (isOpen) journal?.append({ table, id, ...(row === undefined ? {} : { row }) });
  });
  for (const { table, row } of journal?.rows ?? []) {
    // The journal's checksums say that this store wrote the row, into the table of that name.
    const target = (store as unknown as Readonly<Record<string, Table<Stored> | undefined>>)[table];
    if (row !== undefined) target?.put(row);
  }
  isOpen = true;
  return store;
}

/** The org's administrator: the one who is there, with the password that was asked for, or a new one. */
async function findOrSeed(store: Store, ids: Ids, host: OrgHost, options: OrgOptions): Promise<UserRecord> {
  const { login = ADMINISTRATOR, password } = options.admin ?? {};
  const hash = password === undefined ? undefined : await hashPassword(password);
  const [there] = store.users.by('login', toLoginKey(login));
  if (there !== undefined) {
    // Orgs of before roles counted have no super administrator.
    if (![...store.roleAssignments.values()].some((role) => role.type === 'SUPER_ADMIN'))
      makeSuperAdmin(store, ids, host.now(), there.id);
    return hash === undefined ? there : store.users.put({ ...there, password: hash });
  }
  const administrator = seedEmpty(store, ids, host.now(), { login, password: hash });
  if (options.seed === 'sample') seedSample(store, ids, host.now(), administrator);
  return administrator;
}

interface TokenMaking {
  readonly store: Store;
  readonly ids: Ids;
  readonly host: OrgHost;
  readonly owner: UserRecord;
}

function addToken({ store, ids, host, owner }: TokenMaking, name: string, value: string): string {
  const now = host.now();
  const record = store.apiTokens.put({
    id: ids.next('apiToken'),
    name,
    userId: owner.id,
    hash: hashToken(value),
    created: now,
    lastUpdated: now,
    lastUsed: now,
    network: { connection: 'ANYWHERE', include: [], exclude: [] },
  });
  return record.id;
}
