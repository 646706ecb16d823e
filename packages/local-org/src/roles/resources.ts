import type { Context } from '../handling.ts';
import { invalid } from '../okta-error.ts';
import { orgIdOf } from '../org-identity.ts';
import { toTimestamp } from '../people.ts';
import type { ResourceRecord } from '../store/records.ts';

/** What a resource can be: the place below `/api/v1` and the service and name that its ORN has. */
const kinds: readonly (readonly [place: string, service: string, name: string])[] = [
  ['users', 'directory', 'users'],
  ['groups', 'directory', 'groups'],
  ['devices', 'directory', 'devices'],
  ['realms', 'directory', 'realms'],
  ['apps', 'idp', 'apps'],
  ['idps', 'idp', 'idps'],
  ['policies', 'idp', 'policies'],
  ['authorizationServers', 'idp', 'authorization_servers'],
  ['brands', 'idp', 'customizations'],
  ['workflows', 'workflow', 'workflows'],
];

const OTHER_SERVICES = /^orn:[^:]+:[a-z-]+:[^:]+:.+$/;

/**
 * Reads the address or the name (ORN) of a resource into the place that it is kept as: `/api/v1/groups/{id}/users`.
 * Throws E0000001 for what names nothing, and for users, groups and apps that are not there.
 */
export function readResource(context: Context, reference: string): string {
  const place = toPlace(reference);
  if (place === undefined) throw invalid('resources', `resources: ${reference} is not a resource`);
  const [, kind, id] = /^\/api\/v1\/(users|groups|apps)\/([^/?]+)/.exec(place) ?? [];
  if (kind === undefined || id === undefined) return place;
  const tables = { users: context.store.users, groups: context.store.groups, apps: context.store.apps };
  if (!tables[kind as keyof typeof tables].get(id))
    throw invalid('resources', `resources: ${reference} is not there`);
  return place;
}

function toPlace(reference: string): string | undefined {
  const orn = /^orn:[^:]+:([a-z-]+):[^:]+:([a-z_]+)(?::(.+))?$/.exec(reference);
  if (orn) {
    const [, service, name, rest] = orn;
    const kind = kinds.find((one) => one[1] === service && one[2] === name);
    if (!kind) return OTHER_SERVICES.test(reference) ? reference : undefined;
    const contained = rest?.endsWith(':contained_resources') ?? false;
    const id = rest
      ?.replace(/:contained_resources$/, '')
      .split(':')
      .at(-1);
    return `/api/v1/${kind[0]}${id === undefined ? '' : `/${id}`}${contained ? '/users' : ''}`;
  }
  const path = /(\/api\/v1\/([A-Za-z]+)(?:\/[\w-]+)?(?:\/users)?)(\?filter=.*)?$/.exec(reference);
  if (!path || !kinds.some(([place]) => place === path[2])) return undefined;
  return `${path[1] ?? ''}${path[3] ?? ''}`;
}

/** What Okta calls a resource: `orn:okta:directory:{org}:groups:{id}`. */
function toOrn({ store }: Context, place: string): string {
  if (place.startsWith('orn:')) return place;
  const org = orgIdOf(store);
  const [, kind = '', id, members] = /^\/api\/v1\/([A-Za-z]+)(?:\/([\w-]+))?(\/users)?/.exec(place) ?? [];
  const [, service = 'idp', name = kind] = kinds.find(([one]) => one === kind) ?? [];
  const app = kind === 'apps' && id !== undefined ? store.apps.get(id) : undefined;
  const rest = app ? `:${app.name}:${app.id}` : id === undefined ? '' : `:${id}`;
  return `orn:okta:${service}:${org}:${name}${rest}${members ? ':contained_resources' : ''}`;
}

/** A resource as Okta lists it. */
export function toResourceView(context: Context, resource: ResourceRecord): object {
  const { place } = resource;
  const href = `${context.origin}${place}`;
  const kind = /^\/api\/v1\/(users|groups)\b/.exec(place)?.[1];
  return {
    id: resource.id,
    orn: toOrn(context, place),
    created: toTimestamp(resource.created),
    lastUpdated: toTimestamp(resource.lastUpdated),
    ...(resource.conditions ? { conditions: resource.conditions } : {}),
    _links: place.startsWith('/') ? { self: { href }, ...(kind ? { [kind]: { href } } : {}) } : {},
  };
}
