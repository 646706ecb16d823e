import { operations, UserStatus } from '@castellan/okta-api';
import { type ConsolePage, toSearch, type Visit } from '../page.ts';
import { ActionForm, Check, Choice, Field, Fold, Pager, Search, Status, Table, When } from '../parts.tsx';
import { fullName, toProfile } from './profile.ts';

const STATUSES: readonly string[] = UserStatus.options;

/** Directory › People: find somebody, add somebody. */
export const people: ConsolePage = {
  path: '/people',
  title: 'People',

  async show(visit) {
    const status = visit.query.get('status') ?? '';
    const { answer: users, after } = await visit.call(operations.users.listUsers, {
      query: {
        ...toSearch(visit),
        filter: STATUSES.includes(status) ? `status eq "${status}"` : undefined,
      },
    });
    return (
      <>
        <h1>People</h1>
        <AddPerson visit={visit} />
        <Search visit={visit} label="Name, login or mail begins with">
          <Choice
            name="status"
            label="Status"
            value={status}
            options={[['', 'Any'], ...STATUSES.map((one): [string, string] => [one, one])]}
          />
        </Search>
        <Table
          label="People"
          columns={['Name', 'Login', 'Status', 'Created', 'Last sign-in']}
          rows={users}
          empty="Nobody matches. Change the search, or add a person."
          cells={(user) => [
            <a href={`/admin/people/${user.id}`}>{fullName(user)}</a>,
            String(user.profile['login']),
            <Status value={user.status} />,
            <When at={user.created} only="day" />,
            <When at={user.lastLogin} />,
          ]}
        />
        <Pager visit={visit} after={after} />
      </>
    );
  },

  actions: {
    async add(visit) {
      const { form, call } = visit;
      const password = form.text('password');
      const { answer: user } = await call(operations.users.createUser, {
        query: { activate: String(form.isOn('activate')) },
        body: {
          profile: toProfile(form),
          ...(password === '' ? {} : { credentials: { password: { value: password } } }),
        },
      });
      return { done: `Added ${fullName(user)}.`, to: `/people/${user.id}` };
    },
  },
};

function AddPerson({ visit }: { readonly visit: Visit }) {
  const { form } = visit;
  const wasSent = form.text('firstName') !== '';
  return (
    <Fold title="Add person" open={wasSent}>
      <ActionForm visit={visit} action="add" label="Add person" className="fields">
        <Field name="firstName" label="First name" value={form.text('firstName')} required />
        <Field name="lastName" label="Last name" value={form.text('lastName')} required />
        <Field name="login" label="Login" type="email" value={form.text('login')} required />
        <Field name="email" label="Mail" type="email" value={form.text('email')} required />
        <Field
          name="password"
          label="Password"
          type="password"
          hint="Empty: the activation mail lets the person choose one."
        />
        <Check name="activate" label="Activate now" checked={!wasSent || form.isOn('activate')} />
        <button class="primary">Add person</button>
      </ActionForm>
    </Fold>
  );
}
