import { operations } from '@castellan/okta-api';
import { Refusal, type Call } from '../calls.ts';
import type { ConsolePage, Done, Visit } from '../page.ts';
import { ActionButton, ActionForm, Choice, Field, Fold, Status, Table, When } from '../parts.tsx';
import { fullName } from './profile.ts';

const { users, groups, factors } = operations;

type User = Awaited<ReturnType<typeof readUser>>;

/** Directory › People › one person. */
export const person: ConsolePage = {
  path: '/people/:id',
  title: 'Person',

  async show(visit) {
    const user = await readUser(visit);
    return (
      <>
        <p class="crumb">
          <a href="/admin/people">People</a>
        </p>
        <h1>
          {fullName(user)} <Status value={user.status} />
        </h1>
        <p>
          {String(user.profile['login'])} · <code>{user.id}</code>
        </p>
        <Lifecycle visit={visit} user={user} />
        <Moments user={user} />
        <Profile visit={visit} user={user} />
        <Groups
          visit={visit}
          user={user}
          rows={await listGroups(visit)}
          all={await listAllGroups(visit.call)}
        />
        <Factors visit={visit} rows={(await visit.call(factors.listFactors, ofUser(visit))).answer} />
        <Apps rows={(await visit.call(users.listAppLinks, ofUser(visit))).answer} />
      </>
    );
  },

  actions: {
    activate: move(users.activateUser, 'Activated', { sendEmail: 'true' }),
    reactivate: move(users.reactivateUser, 'Sent a new activation mail to', { sendEmail: 'true' }),
    deactivate: move(users.deactivateUser, 'Deactivated', {}),
    suspend: move(users.suspendUser, 'Suspended', {}),
    unsuspend: move(users.unsuspendUser, 'Lifted the suspension of', {}),
    unlock: move(users.unlockUser, 'Unlocked', {}),
    resetPassword: move(users.resetPassword, 'Sent a mail to reset the password to', { sendEmail: 'true' }),
    expirePassword: move(users.expirePassword, 'Expired the password of', {}),
    resetFactors: move(users.resetFactors, 'Reset the factors of', {}),

    async signOut(visit) {
      await visit.call(users.deleteUserSessions, ofUser(visit));
      return { done: 'Ended every session.' };
    },

    async delete(visit) {
      const user = await readUser(visit);
      await visit.call(users.deleteUser, ofUser(visit));
      return { done: `Deleted ${fullName(user)}.`, to: '/people' };
    },

    async save(visit) {
      const names = visit.form.all('attribute');
      const profile = Object.fromEntries(
        names.map((name) => [name, visit.form.text(`profile.${name}`) || null]),
      );
      await visit.call(users.updateUser, { ...ofUser(visit), body: { profile } });
      return { done: 'Saved the profile.' };
    },

    async setPassword(visit) {
      const value = visit.form.text('password');
      if (value === '') throw new Refusal('Type the new password.');
      await visit.call(users.updateUser, {
        ...ofUser(visit),
        body: { credentials: { password: { value } } },
      });
      return { done: 'Set the password.' };
    },

    async join(visit) {
      const groupId = visit.form.text('groupId');
      await visit.call(groups.addMember, { params: { groupId, ...userId(visit) } });
      return { done: 'Added to the group.' };
    },

    async leave(visit) {
      const groupId = visit.form.text('groupId');
      await visit.call(groups.removeMember, { params: { groupId, ...userId(visit) } });
      return { done: 'Removed from the group.' };
    },

    async resetFactor(visit) {
      const factorId = visit.form.text('factorId');
      await visit.call(factors.deleteFactor, { params: { factorId, ...userId(visit) } });
      return { done: 'Reset the factor.' };
    },
  },
};

const userId = ({ params }: Visit) => ({ userId: params['id'] ?? '' });
const ofUser = (visit: Visit) => ({ params: userId(visit) });
const readUser = async (visit: Visit) => (await visit.call(users.getUser, ofUser(visit))).answer;
const listGroups = async (visit: Visit) => (await visit.call(users.listUserGroups, ofUser(visit))).answer;

/** The first groups of the org, to choose from. */
const listAllGroups = async (call: Call) =>
  (await call(groups.listGroups, { query: { filter: 'type eq "OKTA_GROUP"', limit: '200' } })).answer;

type Lifecycle =
  | typeof users.activateUser
  | typeof users.reactivateUser
  | typeof users.deactivateUser
  | typeof users.suspendUser
  | typeof users.unsuspendUser
  | typeof users.unlockUser
  | typeof users.resetPassword
  | typeof users.expirePassword
  | typeof users.resetFactors;

function move(operation: Lifecycle, words: string, query: Readonly<Record<string, string>>) {
  return async (visit: Visit): Promise<Done> => {
    await visit.call(operation, { ...ofUser(visit), query });
    return { done: `${words} ${fullName(await readUser(visit))}.` };
  };
}

/** Action, the link by which the org offers it, and what it is called. */
const LIFECYCLE = [
  ['activate', 'activate', 'Activate'],
  ['reactivate', 'reactivate', 'Send the activation mail again'],
  ['unlock', 'unlock', 'Unlock'],
  ['unsuspend', 'unsuspend', 'Unsuspend'],
  ['suspend', 'suspend', 'Suspend'],
  ['resetPassword', 'resetPassword', 'Reset password'],
  ['expirePassword', 'expirePassword', 'Expire password'],
  ['resetFactors', 'resetFactors', 'Reset factors'],
] as const;

/** Only what the org allows in this status, as the links of the user say. */
function Lifecycle({ visit, user }: { readonly visit: Visit; readonly user: User }) {
  const links = user._links ?? {};
  const name = fullName(user);
  return (
    <div class="bar">
      {LIFECYCLE.filter(([, link]) => link in links).map(([action, , text]) => (
        <ActionButton visit={visit} action={action}>
          {text}
        </ActionButton>
      ))}
      <ActionButton visit={visit} action="signOut">
        End sessions
      </ActionButton>
      {user.status === 'DEPROVISIONED' ? (
        <ActionButton visit={visit} action="delete" look="danger" confirm={`Delete ${name} for good?`}>
          Delete
        </ActionButton>
      ) : (
        <ActionButton
          visit={visit}
          action="deactivate"
          look="danger"
          confirm={`Deactivate ${name}? Apps and groups of apps are lost.`}
        >
          Deactivate
        </ActionButton>
      )}
    </div>
  );
}

function Moments({ user }: { readonly user: User }) {
  const moments = [
    ['Created', user.created],
    ['Activated', user.activated],
    ['Last sign-in', user.lastLogin],
    ['Password changed', user.passwordChanged],
    ['Last change', user.lastUpdated],
  ] as const;
  return (
    <dl class="facts">
      {moments.map(([name, at]) => (
        <div>
          <dt>{name}</dt>
          <dd>
            <When at={at} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Attributes that the console leaves to the API: lists and numbers have no field here. */
const isText = (value: unknown): value is string | null => value === null || typeof value === 'string';

function Profile({ visit, user }: { readonly visit: Visit; readonly user: User }) {
  const attributes = Object.entries(user.profile).filter((pair): pair is [string, string | null] =>
    isText(pair[1]),
  );
  return (
    <section aria-labelledby="profile">
      <h2 id="profile">Profile</h2>
      <ActionForm visit={visit} action="save" label="Profile" className="fields">
        {attributes.map(([name, value]) => (
          <>
            <input type="hidden" name="attribute" value={name} />
            <Field
              name={`profile.${name}`}
              label={name}
              value={visit.form.text(`profile.${name}`) || (value ?? '')}
            />
          </>
        ))}
        <button class="primary">Save profile</button>
      </ActionForm>
      <Fold title="Set a password">
        <ActionForm visit={visit} action="setPassword" label="Set a password" className="fields">
          <Field name="password" label="New password" type="password" required />
          <button class="primary">Set password</button>
        </ActionForm>
      </Fold>
    </section>
  );
}

type Groups = Awaited<ReturnType<typeof listGroups>>;

function Groups({
  visit,
  user,
  rows,
  all,
}: {
  readonly visit: Visit;
  readonly user: User;
  readonly rows: Groups;
  readonly all: Groups;
}) {
  const ids = new Set(rows.map(({ id }) => id));
  const others = all.filter(({ id }) => !ids.has(id));
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">
        Groups <span class="count">{rows.length}</span>
      </h2>
      {others.length === 0 ? undefined : (
        <ActionForm visit={visit} action="join" label="Add to a group" className="bar">
          <Choice
            name="groupId"
            label="Group"
            options={others.map(({ id, profile }): [string, string] => [id, profile.name])}
          />
          <button>Add to group</button>
        </ActionForm>
      )}
      <Table
        label="Groups"
        columns={['Name', 'Kind', '']}
        rows={rows}
        empty="In no group."
        cells={({ id, type, profile }) => [
          <a href={`/admin/groups/${id}`}>{profile.name}</a>,
          type === 'OKTA_GROUP' ? 'Group' : type === 'BUILT_IN' ? 'Built in' : 'Of an app',
          type === 'OKTA_GROUP' ? (
            <ActionButton
              visit={visit}
              action="leave"
              fields={{ groupId: id }}
              label={`Remove ${fullName(user)} from ${profile.name}`}
            >
              Remove
            </ActionButton>
          ) : undefined,
        ]}
      />
    </section>
  );
}

interface FactorRow {
  readonly id: string;
  readonly factorType: string;
  readonly provider: string;
  readonly status: string;
}

function Factors({ visit, rows }: { readonly visit: Visit; readonly rows: readonly FactorRow[] }) {
  return (
    <section aria-labelledby="factors">
      <h2 id="factors">
        Factors <span class="count">{rows.length}</span>
      </h2>
      <Table
        label="Factors"
        columns={['Factor', 'Provider', 'Status', '']}
        rows={rows}
        empty="No factor is enrolled. People enrol when they sign in, or through the Factors API."
        cells={({ id, factorType, provider, status }) => [
          factorType,
          provider,
          <Status value={status} />,
          <ActionButton
            visit={visit}
            action="resetFactor"
            fields={{ factorId: id }}
            look="danger"
            label={`Reset ${factorType} of ${provider}`}
            confirm="Reset this factor? It has to be enrolled again."
          >
            Reset
          </ActionButton>,
        ]}
      />
    </section>
  );
}

function Apps({ rows }: { readonly rows: Awaited<ReturnType<typeof listLinks>> }) {
  return (
    <section aria-labelledby="apps">
      <h2 id="apps">
        Applications <span class="count">{rows.length}</span>
      </h2>
      <Table
        label="Applications"
        columns={['Name', 'Kind']}
        rows={rows}
        empty="No application is assigned."
        cells={({ appInstanceId, label, appName }) => [
          <a href={`/admin/apps/${appInstanceId}`}>{label}</a>,
          appName,
        ]}
      />
    </section>
  );
}

const listLinks = async (visit: Visit) => (await visit.call(users.listAppLinks, ofUser(visit))).answer;
