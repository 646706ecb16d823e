import { operations } from '@castellan/okta-api';
import type { BodyOf } from '../calls.ts';
import { type ConsolePage, type Form, toPage, toSearch, type Visit } from '../page.ts';
import {
  ActionButton,
  ActionForm,
  Choice,
  Field,
  Fold,
  Pager,
  Search,
  Status,
  Table,
  When,
} from '../parts.tsx';
import { fullName } from './profile.ts';

const { apps, groups, users } = operations;

const KINDS = [
  ['BOOKMARK', 'Bookmark'],
  ['OPENID_CONNECT', 'OpenID Connect, web'],
] as const;

/** Applications: those of the org, and the two kinds that need no catalogue. */
export const appList: ConsolePage = {
  path: '/apps',
  title: 'Applications',

  async show(visit) {
    const { answer, after } = await visit.call(apps.listApps, { query: toSearch(visit) });
    const { form } = visit;
    return (
      <>
        <h1>Applications</h1>
        <Fold title="Add application" open={form.text('label') !== ''}>
          <ActionForm visit={visit} action="add" label="Add application" className="fields">
            <Field name="label" label="Name" value={form.text('label')} required />
            <Choice name="kind" label="Kind" value={form.text('kind')} options={KINDS} />
            <Field
              name="url"
              type="url"
              label="Address"
              value={form.text('url')}
              hint="What a bookmark opens, or where sign-ins are sent back to."
              required
            />
            <button class="primary">Add application</button>
          </ActionForm>
        </Fold>
        <Search visit={visit} label="Name begins with" />
        <Table
          label="Applications"
          columns={['Name', 'Sign-on', 'Status', 'Created']}
          rows={answer}
          empty="No application matches. Change the search, or add an application."
          cells={({ id, label, signOnMode, status, created }) => [
            <a href={`/admin/apps/${id}`}>{label}</a>,
            signOnMode,
            <Status value={status} />,
            <When at={created} only="day" />,
          ]}
        />
        <Pager visit={visit} after={after} />
      </>
    );
  },

  actions: {
    async add({ form, call }) {
      const { answer } = await call(apps.createApp, { body: toApp(form) });
      return { done: `Added ${answer.label}.`, to: `/apps/${answer.id}` };
    },
  },
};

function toApp(form: Form): BodyOf<typeof apps.createApp> {
  const label = form.text('label');
  const url = form.text('url');
  if (form.text('kind') === 'OPENID_CONNECT') {
    return {
      name: 'oidc_client',
      label,
      signOnMode: 'OPENID_CONNECT',
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: {
        oauthClient: {
          redirect_uris: [url],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          application_type: 'web',
        },
      },
    };
  }
  return {
    name: 'bookmark',
    label,
    signOnMode: 'BOOKMARK',
    settings: { app: { requestIntegration: false, url } },
  };
}

const appId = ({ params }: Visit) => ({ appId: params['id'] ?? '' });
const ofApp = (visit: Visit) => ({ params: appId(visit) });

/** Applications › one of them: its lifecycle, and to whom it is assigned. */
export const app: ConsolePage = {
  path: '/apps/:id',
  title: 'Application',

  async show(visit) {
    const { answer: shown } = await visit.call(apps.getApp, ofApp(visit));
    return (
      <>
        <p class="crumb">
          <a href="/admin/apps">Applications</a>
        </p>
        <h1>
          {shown.label} <Status value={shown.status} />
        </h1>
        <p>
          {shown.signOnMode} · {shown.name} · <code>{shown.id}</code>
        </p>
        <div class="bar">
          {shown.status === 'ACTIVE' ? (
            <ActionButton visit={visit} action="deactivate">
              Deactivate
            </ActionButton>
          ) : (
            <>
              <ActionButton visit={visit} action="activate">
                Activate
              </ActionButton>
              <ActionButton
                visit={visit}
                action="delete"
                look="danger"
                confirm={`Delete ${shown.label} with its assignments and keys?`}
              >
                Delete
              </ActionButton>
            </>
          )}
        </div>
        <AssignedPeople visit={visit} />
        <AssignedGroups visit={visit} />
      </>
    );
  },

  actions: {
    async activate(visit) {
      await visit.call(apps.activateApp, ofApp(visit));
      return { done: 'Activated the application.' };
    },
    async deactivate(visit) {
      await visit.call(apps.deactivateApp, ofApp(visit));
      return { done: 'Deactivated the application.' };
    },
    async delete(visit) {
      await visit.call(apps.deleteApp, ofApp(visit));
      return { done: 'Deleted the application.', to: '/apps' };
    },
    async assignPerson(visit) {
      const { answer: user } = await visit.call(users.getUser, {
        params: { userId: visit.form.text('login') },
      });
      await visit.call(apps.assignUser, { ...ofApp(visit), body: { id: user.id, scope: 'USER' } });
      return { done: `Assigned to ${fullName(user)}.` };
    },
    async removePerson(visit) {
      await visit.call(apps.removeUser, {
        params: { ...appId(visit), userId: visit.form.text('userId') },
      });
      return { done: 'Removed the person.' };
    },
    async assignGroup(visit) {
      await visit.call(apps.assignGroup, {
        params: { ...appId(visit), groupId: visit.form.text('groupId') },
        body: {},
      });
      return { done: 'Assigned to the group.' };
    },
    async removeGroup(visit) {
      await visit.call(apps.removeGroup, {
        params: { ...appId(visit), groupId: visit.form.text('groupId') },
      });
      return { done: 'Removed the group.' };
    },
  },
};

async function AssignedPeople({ visit }: { readonly visit: Visit }) {
  const { answer, after } = await visit.call(apps.listUsers, {
    ...ofApp(visit),
    query: toPage(visit),
  });
  return (
    <section aria-labelledby="people">
      <h2 id="people">People</h2>
      <ActionForm visit={visit} action="assignPerson" label="Assign to a person" className="bar">
        <Field name="login" label="Login" value={visit.form.text('login')} required />
        <button>Assign to person</button>
      </ActionForm>
      <Table
        label="People"
        columns={['Username', 'Assigned', 'Status', '']}
        rows={answer}
        empty="Assigned to nobody by name."
        cells={({ id, credentials, scope, status }) => [
          <a href={`/admin/people/${id}`}>{credentials?.userName ?? id}</a>,
          scope === 'GROUP' ? 'Through a group' : 'By name',
          <Status value={status} />,
          scope === 'USER' ? (
            <ActionButton
              visit={visit}
              action="removePerson"
              fields={{ userId: id }}
              label={`Remove ${credentials?.userName ?? id}`}
            >
              Remove
            </ActionButton>
          ) : undefined,
        ]}
      />
      <Pager visit={visit} after={after} />
    </section>
  );
}

async function AssignedGroups({ visit }: { readonly visit: Visit }) {
  const { answer } = await visit.call(apps.listGroups, { ...ofApp(visit), query: { limit: '200' } });
  const { answer: all } = await visit.call(groups.listGroups, { query: { limit: '200' } });
  const names = new Map(all.map(({ id, profile }) => [id, profile.name]));
  const assigned = new Set(answer.map(({ id }) => id));
  const others = [...names].filter(([id]) => !assigned.has(id));
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">Groups</h2>
      {others.length === 0 ? undefined : (
        <ActionForm visit={visit} action="assignGroup" label="Assign to a group" className="bar">
          <Choice name="groupId" label="Group" options={others} />
          <button>Assign to group</button>
        </ActionForm>
      )}
      <Table
        label="Groups"
        columns={['Group', 'Priority', '']}
        rows={answer}
        empty="Assigned to no group."
        cells={({ id, priority }) => [
          <a href={`/admin/groups/${id}`}>{names.get(id) ?? id}</a>,
          priority,
          <ActionButton
            visit={visit}
            action="removeGroup"
            fields={{ groupId: id }}
            label={`Remove ${names.get(id) ?? id}`}
          >
            Remove
          </ActionButton>,
        ]}
      />
    </section>
  );
}
