import { localOperations, operations } from '@castellan/okta-api';
import type { ConsolePage } from '../page.ts';
import { Status, Table, When } from '../parts.tsx';

/** What the org holds, and what happened last. */
export const dashboard: ConsolePage = {
  path: '/',
  title: 'Dashboard',

  async show({ call }) {
    const { answer: summary } = await call(localOperations.getSummary);
    const { answer: events } = await call(operations.logs.listLogEvents, {
      query: { sortOrder: 'DESCENDING', limit: '10' },
    });
    const counts = [
      ['People', summary.users, '/people'],
      ['Groups', summary.groups, '/groups'],
      ['Group rules', summary.rules, '/rules'],
      ['Applications', summary.apps, '/apps'],
      ['API tokens', summary.tokens, '/tokens'],
      ['Messages', summary.messages, '/messages'],
    ] as const;
    return (
      <>
        <h1>Dashboard</h1>
        <div class="cards">
          {counts.map(([name, count, link]) => (
            <a class="card" href={`/admin${link}`}>
              <small>{name}</small>
              <b>{count.toLocaleString('en-GB')}</b>
            </a>
          ))}
        </div>
        <h2>People by status</h2>
        <Table
          label="People by status"
          columns={['Status', 'People']}
          rows={Object.entries(summary.usersByStatus)}
          empty="There is nobody yet."
          cells={([status, count]) => [
            <a href={`/admin/people?status=${status}`}>
              <Status value={status} />
            </a>,
            count.toLocaleString('en-GB'),
          ]}
        />
        <h2>What happened last</h2>
        <Table
          label="What happened last"
          columns={['When', 'Event', 'Actor']}
          rows={events}
          empty="Nothing has happened in the last seven days."
          heading={1}
          cells={(event) => [<When at={event.published} />, event.displayMessage, event.actor?.displayName]}
        />
        <p>
          <a href="/admin/log">All of the System Log</a>
        </p>
      </>
    );
  },
};
