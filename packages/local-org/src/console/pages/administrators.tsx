import { operations, roleLabels } from '@castellan/okta-api';
import type { Call } from '../calls.ts';
import { type ConsolePage, toPage } from '../page.ts';
import { ActionButton, ActionForm, Choice, Field, Pager, Table } from '../parts.tsx';
import { fullName } from './profile.ts';

const { users } = operations;
const { listAssignedUsers, listUserRoles, assignUserRole, unassignUserRole } = operations['admin-roles'];

/** Security › Administrators: who may administer the org, and as what. */
export const administrators: ConsolePage = {
  path: '/administrators',
  title: 'Administrators',

  async show(visit) {
    const { form, call } = visit;
    const { answer, after } = await call(listAssignedUsers, { query: toPage(visit) });
    const rows = await Promise.all(answer.value.map(({ id }) => readAdministrator(call, id)));
    return (
      <>
        <h1>Administrators</h1>
        <p>API tokens have the rights of the administrator who made them.</p>
        <ActionForm visit={visit} action="assign" label="Give a role" className="bar">
          <Field name="login" label="Login" value={form.text('login')} required />
          <Choice
            name="type"
            label="Role"
            value={form.text('type') || 'READ_ONLY_ADMIN'}
            options={Object.entries(roleLabels)}
          />
          <button class="primary">Give role</button>
        </ActionForm>
        <Table
          label="Administrators"
          columns={['Name', 'Roles']}
          rows={rows}
          empty="Nobody was given a role."
          cells={({ user, roles }) => [
            <>
              <a href={`/admin/people/${user.id}`}>{fullName(user)}</a>
              <small>{String(user.profile['login'])}</small>
            </>,
            roles.map(({ id, label }) => (
              <div class="bar">
                {label}
                <ActionButton
                  visit={visit}
                  action="unassign"
                  fields={{ userId: user.id, roleId: id }}
                  look="danger"
                  label={`Take ${label} from ${fullName(user)}`}
                  confirm={`Take the role ${label} from ${fullName(user)}?`}
                >
                  Take away
                </ActionButton>
              </div>
            )),
          ]}
        />
        <Pager visit={visit} after={after} />
      </>
    );
  },

  actions: {
    async assign({ form, call }) {
      const { answer: user } = await call(users.getUser, { params: { userId: form.text('login') } });
      const type = form.text('type') as 'READ_ONLY_ADMIN'; // the org refuses any other text than a role's
      const { answer } = await call(assignUserRole, { params: { userId: user.id }, body: { type } });
      return { done: `${fullName(user)} is ${answer.label} now.` };
    },
    async unassign({ form, call }) {
      const params = { userId: form.text('userId'), roleId: form.text('roleId') };
      await call(unassignUserRole, { params });
      return { done: 'Took the role away.' };
    },
  },
};

async function readAdministrator(call: Call, userId: string) {
  const params = { userId };
  const [{ answer: user }, { answer: roles }] = await Promise.all([
    call(users.getUser, { params }),
    call(listUserRoles, { params }),
  ]);
  return { user, roles };
}
