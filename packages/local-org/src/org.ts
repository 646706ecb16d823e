import { randomBytes } from 'node:crypto';
import { routes } from './apis/index.ts';
import { hashToken } from './authenticate.ts';
import { createIds, type Ids } from './ids.ts';
import { hashPassword } from './passwords.ts';
import { answer } from './pipeline.ts';
import { createMeter } from './quota.ts';
import { createRouter } from './routes.ts';
import { seedEmpty } from './seed.ts';
import type { UserRecord } from './store/records.ts';
import { createStore, type Store } from './store/store.ts';

/** How rate limits are counted: not at all, or by the table of one of Okta's plans. */
export type Plan = 'off' | 'integrator' | 'enterprise';

export interface OrgOptions {
  /** The address the org answers at; ids in `_links` are built on the request's own origin when absent. */
  readonly origin?: string;
  /** `empty`: one administrator, the group Everyone, the default user type. `sample`: some invented people too. */
  readonly seed?: 'empty' | 'sample';
  /** A token value that is valid from the start and owned by the administrator. */
  readonly token?: string;
  readonly plan?: Plan;
  /** Folder of the store's log; nothing is kept when absent. */
  readonly data?: string;
  /** Who may sign in to the admin console; without a password nobody can. */
  readonly admin?: { readonly login?: string; readonly password?: string };
  /** Served under `/docs/api/postman/{name}.json`: the text of a collection by its name. */
  readonly packs?: Readonly<Record<string, string>>;
  readonly host?: OrgHost;
}

/** Time and chance, passed in so that tests own them. */
export interface OrgHost {
  now(): number;
  random(bytes: number): Uint8Array;
}

/** A running org without a port: `fetch` answers like the server does. */
export interface Org {
  fetch(request: Request): Promise<Response>;
  /** Makes an API token for the administrator, as the admin console does. The value is not kept. */
  createToken(name: string): Promise<{ readonly id: string; readonly value: string }>;
  /** Settles what is not on disk yet. */
  close(): Promise<void>;
}

const PACKS = /^\/docs\/api\/postman\/([^/]+)\.json$/;

/** An org in memory. Throws when an option asks for something that it cannot do. */
export async function createOrg(options: OrgOptions = {}): Promise<Org> {
  if (options.data !== undefined) throw new Error('The local org cannot keep its data in a folder yet.');
  if (options.seed === 'sample')
    throw new Error('The local org has no sample people yet; use the empty seed.');
  const host = options.host ?? { now: Date.now, random: randomBytes };
  const ids = createIds(host);
  const store = createStore();
  const password = options.admin?.password;
  const administrator = seedEmpty(store, ids, host.now(), {
    login: options.admin?.login ?? 'admin@example.com',
    password: password === undefined ? undefined : await hashPassword(password),
  });
  const tokens = { store, ids, host, owner: administrator };
  if (options.token !== undefined) addToken(tokens, 'Start', options.token);
  const parts = {
    router: createRouter(routes),
    store,
    ids,
    host,
    meter: createMeter(options.plan ?? 'off'),
    origin: options.origin,
    settled: () => Promise.resolve(),
  };
  return {
    async fetch(request) {
      const name = PACKS.exec(new URL(request.url).pathname)?.[1];
      const pack = name === undefined ? undefined : options.packs?.[name];
      if (pack !== undefined && request.method === 'GET')
        return new Response(pack, { headers: { 'content-type': 'application/json' } });
      return answer(parts, request);
    },
    createToken: (name) => {
      const value = `00${ids.secret(40)}`;
      return Promise.resolve({ id: addToken(tokens, name, value), value });
    },
    close: () => Promise.resolve(),
  };
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
