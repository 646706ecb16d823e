import { localOperations, type Message } from '@castellan/okta-api';
import type { ConsolePage, Visit } from '../page.ts';
import { ActionButton, Choice, Pager, Status, Table, When } from '../parts.tsx';

const CHANNELS = [
  ['', 'Everything'],
  ['email', 'Mails'],
  ['sms', 'Texts'],
  ['call', 'Calls'],
  ['push', 'Pushes'],
] as const;

/** Reports › Messages: every mail, text, call and push that the org "sent". */
export const messages: ConsolePage = {
  path: '/messages',
  title: 'Messages',

  async show(visit) {
    const read = (name: string) => visit.query.get(name) ?? undefined;
    const query = { channel: read('channel'), after: read('after'), userId: read('userId') };
    const { answer, after } = await visit.call(localOperations.listMessages, { query });
    return (
      <>
        <h1>Messages</h1>
        <p>
          A local org sends nothing to anybody: what it would have sent is here, with codes and links that
          work.
        </p>
        <div class="bar">
          <form class="bar">
            <Choice name="channel" label="Show" value={query.channel} options={CHANNELS} />
            <button>Show</button>
          </form>
          {answer.length === 0 ? undefined : (
            <ActionButton
              visit={visit}
              action="empty"
              confirm="Empty the outbox? Codes and links go on working."
            >
              Empty
            </ActionButton>
          )}
        </div>
        <Table
          label="Messages"
          columns={['When', 'To', 'Message', 'Code or link', 'Works until']}
          rows={answer}
          empty="Nothing was sent yet. Activating a person or resetting a password sends a mail."
          heading={2}
          cells={(message) => [
            <When at={message.created} />,
            <>
              <a href={`/admin/people/${message.userId}`}>{message.to}</a>
              <small>{CHANNELS.find(([channel]) => channel === message.channel)?.[1]}</small>
            </>,
            <>
              {message.subject}
              <small>{message.text}</small>
            </>,
            <Handle visit={visit} message={message} />,
            message.expires === undefined ? '' : <When at={message.expires} />,
          ]}
        />
        <Pager visit={visit} after={after} />
      </>
    );
  },

  actions: {
    approve: answer('approved'),
    reject: answer('rejected'),
    async empty({ call }) {
      await call(localOperations.removeMessages);
      return { done: 'Emptied the outbox.' };
    },
  },
};

function answer(state: 'approved' | 'rejected') {
  return async ({ form, call }: Visit) => {
    await call(localOperations.answerPush, {
      params: { messageId: form.text('messageId') },
      body: { state },
    });
    return { done: state === 'approved' ? 'Approved the push.' : 'Rejected the push.' };
  };
}

/** What the person who got the message would use. */
function Handle({ visit, message }: { readonly visit: Visit; readonly message: Message }) {
  return (
    <>
      {message.code === undefined ? undefined : <code class="code">{message.code}</code>}
      {message.link === undefined ? undefined : (
        <a href={message.link} rel="noreferrer">
          Open the link
        </a>
      )}
      {message.state === undefined ? undefined : <Status value={message.state} />}
      {message.state === 'waiting' ? (
        <div class="bar">
          <ActionButton visit={visit} action="approve" fields={{ messageId: message.id }}>
            Approve
          </ActionButton>
          <ActionButton visit={visit} action="reject" fields={{ messageId: message.id }} look="danger">
            Reject
          </ActionButton>
        </div>
      ) : undefined}
    </>
  );
}
