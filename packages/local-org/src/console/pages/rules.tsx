import { operations } from '@castellan/okta-api';
import type { ConsolePage, Done, Visit } from '../page.ts';
import { ActionButton, ActionForm, Choice, Field, Fold, Status, Table } from '../parts.tsx';

const { groups } = operations;

const ofRule = ({ form }: Visit) => ({ params: { ruleId: form.text('ruleId') } });

/** Directory › Group rules. */
export const rules: ConsolePage = {
  path: '/rules',
  title: 'Group rules',

  async show(visit) {
    const { answer } = await visit.call(groups.listRules, { query: { limit: '200' } });
    const { answer: all } = await visit.call(groups.listGroups, {
      query: { filter: 'type eq "OKTA_GROUP"', limit: '200' },
    });
    const names = new Map(all.map(({ id, profile }) => [id, profile.name]));
    const { form } = visit;
    return (
      <>
        <h1>Group rules</h1>
        <p>
          People for whom a rule’s expression is true are put into its group, and taken out when it no longer
          is.
        </p>
        <Fold title="Add rule" open={form.text('expression') !== ''}>
          {names.size === 0 ? (
            <p class="empty">A rule puts people into a group, and there is none yet: add a group first.</p>
          ) : (
            <ActionForm visit={visit} action="add" label="Add rule" className="fields">
              <Field name="name" label="Name" value={form.text('name')} required />
              <Field
                name="expression"
                label="Expression"
                value={form.text('expression')}
                hint='For example user.department == "Engineering"'
                required
              />
              <Choice name="groupId" label="Group" value={form.text('groupId')} options={[...names]} />
              <button class="primary">Add rule</button>
            </ActionForm>
          )}
        </Fold>
        <Table
          label="Group rules"
          columns={['Name', 'Expression', 'Groups', 'Status', '']}
          rows={answer}
          empty="There are no rules yet."
          cells={({ id, name, status, conditions, actions }) => [
            name,
            <code>{conditions.expression.value}</code>,
            actions.assignUserToGroups.groupIds.map((one) => names.get(one) ?? one).join(', '),
            <Status value={status} />,
            status === 'ACTIVE' ? (
              <ActionButton
                visit={visit}
                action="deactivate"
                fields={{ ruleId: id }}
                label={`Deactivate ${name}`}
              >
                Deactivate
              </ActionButton>
            ) : (
              <>
                <ActionButton
                  visit={visit}
                  action="activate"
                  fields={{ ruleId: id }}
                  label={`Activate ${name}`}
                >
                  Activate
                </ActionButton>
                <ActionButton
                  visit={visit}
                  action="delete"
                  fields={{ ruleId: id }}
                  look="danger"
                  label={`Delete ${name}`}
                  confirm={`Delete the rule ${name}?`}
                >
                  Delete
                </ActionButton>
              </>
            ),
          ]}
        />
      </>
    );
  },

  actions: {
    async add({ form, call }) {
      const { answer } = await call(groups.createRule, {
        body: {
          type: 'group_rule',
          name: form.text('name'),
          conditions: { expression: { type: 'urn:okta:expression:1.0', value: form.text('expression') } },
          actions: { assignUserToGroups: { groupIds: [form.text('groupId')] } },
        },
      });
      return { done: `Added the rule ${answer.name}. It counts once it is activated.` };
    },
    activate: change(groups.activateRule, 'Activated the rule.'),
    deactivate: change(groups.deactivateRule, 'Deactivated the rule.'),
    delete: change(groups.deleteRule, 'Deleted the rule.'),
  },
};

function change(
  operation: typeof groups.activateRule | typeof groups.deactivateRule | typeof groups.deleteRule,
  done: string,
) {
  return async (visit: Visit): Promise<Done> => {
    await visit.call(operation, ofRule(visit));
    return { done };
  };
}
