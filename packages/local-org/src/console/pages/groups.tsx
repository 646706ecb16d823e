import { operations } from '@castellan/okta-api';
import { type ConsolePage, toPage, toSearch, type Visit } from '../page.ts';
import { ActionButton, ActionForm, Field, Fold, Pager, Search, Table, When } from '../parts.tsx';
import { fullName } from './profile.ts';

const { groups, users } = operations;

/** Directory › Groups. */
export const groupList: ConsolePage = {
  path: '/groups',
  title: 'Groups',

  async show(visit) {
    const { answer, after } = await visit.call(groups.listGroups, { query: toSearch(visit) });
    return (
      <>
        <h1>Groups</h1>
        <Fold title="Add group" open={visit.form.text('name') !== ''}>
          <ActionForm visit={visit} action="add" label="Add group" className="fields">
            <Field name="name" label="Name" value={visit.form.text('name')} required />
            <Field name="description" label="Description" value={visit.form.text('description')} />
            <button class="primary">Add group</button>
          </ActionForm>
        </Fold>
        <Search visit={visit} label="Name begins with" />
        <Table
          label="Groups"
          columns={['Name', 'Description', 'Created', 'Members changed']}
          rows={answer}
          empty="No group matches. Change the search, or add a group."
          cells={({ id, profile, created, lastMembershipUpdated }) => [
            <a href={`/admin/groups/${id}`}>{profile.name}</a>,
            profile.description ?? '',
            <When at={created} only="day" />,
            <When at={lastMembershipUpdated} />,
          ]}
        />
        <Pager visit={visit} after={after} />
      </>
    );
  },

  actions: {
    async add({ form, call }) {
      const profile = { name: form.text('name'), description: form.text('description') || null };
      const { answer } = await call(groups.createGroup, { body: { profile } });
      return { done: `Added the group ${profile.name}.`, to: `/groups/${answer.id}` };
    },
  },
};

const groupId = ({ params }: Visit) => ({ groupId: params['id'] ?? '' });
const ofGroup = (visit: Visit) => ({ params: groupId(visit) });

/** Directory › Groups › one group: its name and who is in it. */
export const group: ConsolePage = {
  path: '/groups/:id',
  title: 'Group',

  async show(visit) {
    const { answer: shown } = await visit.call(groups.getGroup, ofGroup(visit));
    const { answer: members, after } = await visit.call(groups.listMembers, {
      ...ofGroup(visit),
      query: toPage(visit),
    });
    const isOwn = shown.type === 'OKTA_GROUP';
    return (
      <>
        <p class="crumb">
          <a href="/admin/groups">Groups</a>
        </p>
        <h1>{shown.profile.name}</h1>
        <p>
          {isOwn ? 'Group' : 'Built in, so it cannot be changed'} · <code>{shown.id}</code>
        </p>
        {isOwn ? (
          <>
            <Fold title="Rename">
              <ActionForm visit={visit} action="rename" label="Rename" className="fields">
                <Field name="name" label="Name" value={shown.profile.name} required />
                <Field name="description" label="Description" value={shown.profile.description ?? ''} />
                <button class="primary">Save</button>
              </ActionForm>
            </Fold>
            <div class="bar">
              <ActionForm visit={visit} action="add" label="Add a member" className="bar">
                <Field name="login" label="Login" value={visit.form.text('login')} required />
                <button>Add member</button>
              </ActionForm>
              <ActionButton
                visit={visit}
                action="delete"
                look="danger"
                confirm={`Delete the group ${shown.profile.name}? Its members stay, their membership goes.`}
              >
                Delete group
              </ActionButton>
            </div>
          </>
        ) : undefined}
        <h2>Members</h2>
        <Table
          label="Members"
          columns={['Name', 'Login', '']}
          rows={members}
          empty="Nobody is in this group."
          cells={(user) => [
            <a href={`/admin/people/${user.id}`}>{fullName(user)}</a>,
            String(user.profile['login']),
            isOwn ? (
              <ActionButton
                visit={visit}
                action="remove"
                fields={{ userId: user.id }}
                label={`Remove ${fullName(user)}`}
              >
                Remove
              </ActionButton>
            ) : undefined,
          ]}
        />
        <Pager visit={visit} after={after} />
      </>
    );
  },

  actions: {
    async rename(visit) {
      const { form } = visit;
      const profile = { name: form.text('name'), description: form.text('description') || null };
      await visit.call(groups.replaceGroup, { ...ofGroup(visit), body: { profile } });
      return { done: 'Saved the group.' };
    },

    async add(visit) {
      const { answer: user } = await visit.call(users.getUser, {
        params: { userId: visit.form.text('login') },
      });
      await visit.call(groups.addMember, { params: { ...groupId(visit), userId: user.id } });
      return { done: `Added ${fullName(user)}.` };
    },

    async remove(visit) {
      await visit.call(groups.removeMember, {
        params: { ...groupId(visit), userId: visit.form.text('userId') },
      });
      return { done: 'Removed the member.' };
    },

    async delete(visit) {
      await visit.call(groups.deleteGroup, ofGroup(visit));
      return { done: 'Deleted the group.', to: '/groups' };
    },
  },
};
