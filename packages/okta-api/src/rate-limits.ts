import type { Method } from './method.ts';

/** Calls a minute that an org of each plan may make; null where Okta counts nothing. */
interface PerMinute {
  readonly integrator: number;
  readonly oneApp: number;
  readonly enterprise: number;
  readonly workforce: number;
}

/**
 * Which requests a bucket counts. `exact`: as many segments as the path, `{}` standing for any one of them;
 * `prefix`: the path and everything below it.
 */
interface BucketMatch {
  readonly kind: 'exact' | 'prefix';
  readonly path: string;
  /** Absent: every method. */
  readonly methods?: readonly Method[];
}

export interface Bucket {
  readonly matches: readonly BucketMatch[];
  /** Absent: the calls are not counted. */
  readonly perMinute?: PerMinute;
}

const perMinute = (integrator: number, oneApp: number, enterprise: number, workforce: number): PerMinute => ({
  integrator,
  oneApp,
  enterprise,
  workforce,
});

/** Source: rl-global-mgmt (management buckets) and its removed end-user sister page (authn, sessions). */
export const buckets = {
  authn: {
    matches: [{ kind: 'prefix', path: '/api/v1/authn' }],
    perMinute: perMinute(100, 600, 600, 500),
  },
  'authn-verify': {
    matches: [{ kind: 'exact', path: '/api/v1/authn/factors/{}/verify' }],
    perMinute: perMinute(100, 600, 600, 500),
  },
  sessions: {
    matches: [{ kind: 'prefix', path: '/api/v1/sessions' }],
    perMinute: perMinute(100, 600, 600, 750),
  },
  'users-list': {
    matches: [{ kind: 'exact', path: '/api/v1/users', methods: ['GET', 'POST'] }],
    perMinute: perMinute(100, 600, 600, 600),
  },
  'user-get': {
    matches: [{ kind: 'exact', path: '/api/v1/users/{}', methods: ['GET'] }],
    perMinute: perMinute(100, 1000, 1000, 2000),
  },
  'user-write': {
    matches: [{ kind: 'exact', path: '/api/v1/users/{}', methods: ['POST', 'PUT', 'DELETE'] }],
    perMinute: perMinute(100, 600, 600, 600),
  },
  'groups-any': {
    matches: [{ kind: 'prefix', path: '/api/v1/groups' }],
    perMinute: perMinute(100, 600, 600, 500),
  },
  'group-id': {
    matches: [{ kind: 'exact', path: '/api/v1/groups/{}' }],
    perMinute: perMinute(100, 600, 600, 1000),
  },
  'apps-any': {
    matches: [{ kind: 'prefix', path: '/api/v1/apps' }],
    perMinute: perMinute(20, 100, 100, 100),
  },
  'app-id': {
    matches: [{ kind: 'exact', path: '/api/v1/apps/{}' }],
    perMinute: perMinute(100, 600, 600, 500),
  },
  logs: {
    matches: [{ kind: 'prefix', path: '/api/v1/logs' }],
    perMinute: perMinute(20, 50, 50, 120),
  },
  events: {
    matches: [{ kind: 'prefix', path: '/api/v1/events' }],
    perMinute: perMinute(20, 50, 50, 100),
  },
  clients: {
    matches: [{ kind: 'prefix', path: '/oauth2/v1/clients' }],
    perMinute: perMinute(25, 100, 100, 100),
  },
  other: {
    matches: [{ kind: 'prefix', path: '/api/v1' }],
    perMinute: perMinute(100, 600, 600, 1200),
  },
  /** Pages and static answers: Okta lists no limit for them. */
  none: { matches: [{ kind: 'prefix', path: '' }] },
} as const satisfies Record<string, Bucket>;

/** Rate-limit buckets of an org, by the name of what they count. */
export type BucketId = keyof typeof buckets;

/** The share of a bucket that one API token may use unless its owner changes it. Source: rl2-token-oauth. */
export const TOKEN_SHARE = 0.5;

/** Requests in flight at once. Source: rl2-concurrency. */
export const CONCURRENT_REQUESTS: PerMinute = perMinute(35, 75, 75, 75);

/**
 * The bucket that counts a request: an exact path wins over a prefix, the longer prefix over the shorter
 * (source: rate-limits#match-requests). Paths begin at the org's root, without query.
 *
 * `/api/v1/groups/rules` is a list, not a group: Okta counts it with the other group calls.
 */
export function findBucket(method: Method | (string & {}), path: string): BucketId {
  const segments = path.split('/').filter((segment) => segment !== '');
  let best: { readonly id: BucketId; readonly weight: number } = { id: 'none', weight: -1 };
  for (const [id, bucket] of entries) {
    for (const match of bucket.matches) {
      const weight = weigh(match, method, segments);
      if (weight > best.weight) best = { id, weight };
    }
  }
  return best.id;
}

// Object.entries widens the keys of a literal whose keys are exactly BucketId.
const entries = Object.entries(buckets) as readonly (readonly [BucketId, Bucket])[];

const EXACT_OVER_PREFIX = 1000;

/** How specific a match is; -1 when it is none. */
function weigh(match: BucketMatch, method: string, segments: readonly string[]): number {
  if (match.methods && !match.methods.some((one) => one === method)) return -1;
  const wanted = match.path.split('/').filter((segment) => segment !== '');
  if (match.kind === 'exact' ? wanted.length !== segments.length : wanted.length > segments.length) return -1;
  const fits = wanted.every((segment, index) => fitsSegment(segment, segments[index]));
  if (!fits) return -1;
  return wanted.length + (match.kind === 'exact' ? EXACT_OVER_PREFIX : 0);
}

function fitsSegment(wanted: string, actual: string | undefined): boolean {
  return wanted === '{}' ? actual !== 'rules' : wanted === actual;
}
