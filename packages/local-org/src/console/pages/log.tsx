import { operations } from '@castellan/okta-api';
import type { ConsolePage, Visit } from '../page.ts';
import { Field, Status, Table, When } from '../parts.tsx';

const PAGE_SIZE = '100';

/** Reports › System Log: the newest events first, with search; the page's script keeps it up to date. */
export const log: ConsolePage = {
  path: '/log',
  title: 'System Log',

  async show(visit) {
    const read = (name: string) => visit.query.get(name) ?? '';
    return (
      <>
        <h1>System Log</h1>
        <search>
          <form class="bar">
            <Field name="q" type="search" label="Words" value={read('q')} />
            <Field
              name="filter"
              label="Filter"
              value={read('filter')}
              hint='For example eventType eq "user.lifecycle.create"'
            />
            <button>Search</button>
            <button type="button" id="follow" aria-pressed="false">
              Follow
            </button>
          </form>
        </search>
        <div id="log-rows">
          <Events visit={visit} />
        </div>
      </>
    );
  },
};

async function Events({ visit }: { readonly visit: Visit }) {
  const { answer } = await visit.call(operations.logs.listLogEvents, {
    query: {
      q: visit.query.get('q') ?? undefined,
      filter: visit.query.get('filter') ?? undefined,
      sortOrder: 'DESCENDING',
      limit: PAGE_SIZE,
    },
  });
  return (
    <Table
      label="System Log"
      columns={['When', 'Event', 'Actor', 'Target', 'Outcome']}
      rows={answer}
      empty="No event matches in the last seven days."
      row={(event) => (
        <tr>
          <td>
            <When at={event.published} />
          </td>
          <th scope="row">
            {event.displayMessage}
            <small>
              <code>{event.eventType}</code>
            </small>
          </th>
          <td>{event.actor?.displayName}</td>
          <td>{(event.target ?? []).map(({ displayName }) => displayName).join(', ')}</td>
          <td>
            <Status value={event.outcome?.result ?? 'UNKNOWN'} />
            {event.outcome?.reason ? <small>{event.outcome.reason}</small> : undefined}
          </td>
        </tr>
      )}
    />
  );
}
