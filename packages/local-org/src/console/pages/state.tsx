import { localOperations } from '@castellan/okta-api';
import type { ConsolePage, Visit } from '../page.ts';
import { ActionButton, ActionForm, Field, Table, When } from '../parts.tsx';

const { listSnapshots, takeSnapshot, restoreSnapshot, removeSnapshot, reset, seed } = localOperations;
const { listCopies, openCopy, closeCopy } = localOperations;

const EXAMPLE =
  'groups:\n  - profile: { name: Engineering }\nusers:\n  - profile: { login: ada@example.com, email: ada@example.com, firstName: Ada, lastName: Example }\n    groups: [Engineering]';

/** State and copies: seed the org, keep a state to go back to, put a copy beside it. */
export const state: ConsolePage = {
  path: '/state',
  title: 'State and copies',

  async show(visit) {
    return (
      <>
        <h1>State and copies</h1>
        <Snapshots visit={visit} />
        <Copies visit={visit} />
        <section aria-labelledby="seed">
          <h2 id="seed">Seed</h2>
          <ActionForm visit={visit} action="seed" label="Seed" className="fields">
            <label class="wide">
              People, groups, rules and attributes, in YAML or JSON
              <textarea name="text" rows={8} required placeholder={EXAMPLE}>
                {visit.form.text('text')}
              </textarea>
            </label>
            <button class="primary">Put into the org</button>
          </ActionForm>
          <div class="bar">
            <ActionButton
              visit={visit}
              action="reset"
              look="danger"
              confirm="Make the org what it was at its first start? Everything since then goes, snapshots stay."
            >
              Reset the org
            </ActionButton>
          </div>
        </section>
      </>
    );
  },

  actions: {
    async take({ form, call }) {
      const { answer } = await call(takeSnapshot, { body: { name: form.text('name') } });
      return { done: `Kept this state as ${answer.name}.` };
    },
    async restore({ form, call }) {
      await call(restoreSnapshot, { params: { name: form.text('name') } });
      return { done: 'The org is what it was at the snapshot.' };
    },
    async forget({ form, call }) {
      await call(removeSnapshot, { params: { name: form.text('name') } });
      return { done: 'Forgot the snapshot.' };
    },
    async openCopy({ call }) {
      const { answer } = await call(openCopy);
      return { done: `A copy answers at ${answer.url}.` };
    },
    async closeCopy({ form, call }) {
      await call(closeCopy, { params: { copyId: form.text('copyId') } });
      return { done: 'Closed the copy.' };
    },
    async seed({ form, call }) {
      const { answer } = await call(seed, { body: { text: form.text('text') } });
      const made = Object.entries(answer.made).filter(([, count]) => count > 0);
      return { done: `Made ${made.map(([kind, count]) => `${count} ${kind}`).join(', ') || 'nothing new'}.` };
    },
    async reset({ call }) {
      await call(reset);
      return { done: 'The org is what it was at its first start.' };
    },
  },
};

async function Snapshots({ visit }: { readonly visit: Visit }) {
  const { answer } = await visit.call(listSnapshots);
  return (
    <section aria-labelledby="snapshots">
      <h2 id="snapshots">
        Snapshots <span class="count">{answer.length}</span>
      </h2>
      <p>Kept while the org runs. To keep one in a file, use castellan org snapshot.</p>
      <ActionForm visit={visit} action="take" label="Take a snapshot" className="bar">
        <Field name="name" label="Name" value={visit.form.text('name')} required />
        <button>Take snapshot</button>
      </ActionForm>
      <Table
        label="Snapshots"
        columns={['Name', 'Taken', 'Size', '']}
        rows={answer}
        empty="There is no state to go back to yet."
        cells={({ name, taken, bytes }) => [
          name,
          <When at={taken} />,
          <>{Math.ceil(bytes / 1024).toLocaleString('en-GB')} KB</>,
          <>
            <ActionButton
              visit={visit}
              action="restore"
              fields={{ name }}
              label={`Go back to ${name}`}
              confirm={`Go back to ${name}? What happened since then goes.`}
            >
              Go back
            </ActionButton>{' '}
            <ActionButton
              visit={visit}
              action="forget"
              fields={{ name }}
              look="danger"
              label={`Forget ${name}`}
            >
              Forget
            </ActionButton>
          </>,
        ]}
      />
    </section>
  );
}

async function Copies({ visit }: { readonly visit: Visit }) {
  const { answer } = await visit.call(listCopies);
  return (
    <section aria-labelledby="copies">
      <h2 id="copies">
        Copies <span class="count">{answer.length}</span>
      </h2>
      <p>A copy begins as the org is now and goes its own way: try a change there first.</p>
      <div class="bar">
        <ActionButton visit={visit} action="openCopy">
          Open a copy
        </ActionButton>
      </div>
      <Table
        label="Copies"
        columns={['Address', '']}
        rows={answer}
        empty="No copy stands beside this org."
        cells={({ id, url }) => [
          <a href={`${url}/admin`}>{url}</a>,
          <ActionButton
            visit={visit}
            action="closeCopy"
            fields={{ copyId: id }}
            look="danger"
            label={`Close ${url}`}
            confirm={`Close the copy at ${url} and forget what it holds?`}
          >
            Close
          </ActionButton>,
        ]}
      />
    </section>
  );
}
