import { operations } from '@castellan/okta-api';
import type { ConsolePage, Visit } from '../page.ts';
import { Field, Search, Status, Table, When } from '../parts.tsx';

const PAGE_SIZE = '100';

/** Reports › System Log: the newest events first, with search; the page's script keeps it up to date. */
export const log: ConsolePage = {
  path: '/log',
  title: 'System Log',

  async show(visit) {
    return (
      <>
        <h1>System Log</h1>
        <Search visit={visit} label="Words">
          <Field
            name="filter"
            label="Filter"
            value={visit.query.get('filter') ?? ''}
            hint='For example eventType eq "user.lifecycle.create"'
          />
        </Search>
        <p class="bar">
          <button type="button" id="follow" aria-pressed="false">
            Follow
          </button>
        </p>
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
      heading={1}
      cells={(event) => [
        <When at={event.published} />,
        <>
          {event.displayMessage}
          <small>
            <code>{event.eventType}</code>
          </small>
        </>,
        event.actor?.displayName,
        (event.target ?? []).map(({ displayName }) => displayName).join(', '),
        <>
          <Status value={event.outcome?.result ?? 'UNKNOWN'} />
          {event.outcome?.reason ? <small>{event.outcome.reason}</small> : undefined}
        </>,
      ]}
    />
  );
}
