import type { Ids } from './ids.ts';
import type { UserRecord, UserStatus } from './store/records.ts';
import type { Store } from './store/store.ts';

const PEOPLE: readonly (readonly [first: string, last: string, department: string, status?: UserStatus])[] = [
  ['Ines', 'Okafor', 'Finance'],
  ['Tomas', 'Lindqvist', 'Engineering'],
  ['Maya', 'Castellanos', 'Engineering'],
  ['Jonas', 'Weber', 'Sales', 'STAGED'],
  ['Aiko', 'Tanabe', 'Engineering'],
  ['Priya', 'Raman', 'Finance'],
  ['Noah', 'Bennett', 'Sales'],
  ['Zofia', 'Nowak', 'Support'],
  ['Luca', 'Ferri', 'Support', 'SUSPENDED'],
  ['Amara', 'Diallo', 'Engineering'],
  ['Owen', 'Hughes', 'Sales'],
  ['Leila', 'Haddad', 'Finance', 'PROVISIONED'],
  ['Mateo', 'Rojas', 'Engineering'],
  ['Freya', 'Dahl', 'Support'],
  ['Samir', 'Kapoor', 'Sales', 'DEPROVISIONED'],
  ['Chloe', 'Martin', 'Engineering', 'STAGED'],
];

/** Some invented people and a group for each of their departments, so that a first look finds something. */
export function seedSample(store: Store, ids: Ids, now: number, administrator: UserRecord): void {
  const groups = new Map<string, string>();
  for (const department of new Set(PEOPLE.map(([, , name]) => name))) {
    const group = store.groups.put({
      id: ids.next('group'),
      type: 'OKTA_GROUP',
      created: now,
      lastUpdated: now,
      lastMembershipUpdated: now,
      profile: { name: department, description: `Everybody in ${department}` },
    });
    groups.set(department, group.id);
  }
  for (const [firstName, lastName, department, status = 'ACTIVE'] of PEOPLE) {
    const login = `${firstName}.${lastName}@example.com`.toLowerCase();
    const user = store.users.put({
      ...inStatus(status, now),
      id: ids.next('user'),
      typeId: administrator.typeId,
      profile: { firstName, lastName, login, email: login, department, mobilePhone: null, secondEmail: null },
      provider: { type: 'OKTA', name: 'OKTA' },
    });
    const groupId = groups.get(department);
    if (groupId === undefined) continue;
    store.memberships.put({
      id: `${groupId}/${user.id}`,
      groupId,
      userId: user.id,
      byHand: true,
      ruleIds: [],
    });
  }
}

type Moments = Pick<
  UserRecord,
  'status' | 'created' | 'activated' | 'statusChanged' | 'lastLogin' | 'lastUpdated' | 'passwordChanged'
>;

function inStatus(status: UserStatus, now: number): Moments {
  const activated = status === 'STAGED' ? null : now;
  return {
    status,
    created: now,
    activated,
    statusChanged: activated,
    lastLogin: null,
    lastUpdated: now,
    passwordChanged: null,
  };
}
