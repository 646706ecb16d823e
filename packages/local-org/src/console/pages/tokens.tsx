import { operations } from '@castellan/okta-api';
import type { ConsolePage } from '../page.ts';
import { ActionButton, Table, When } from '../parts.tsx';

const { tokens, users } = operations;

/** Security › API › Tokens. Its dialogs are in the page; the script sends what they ask for. */
export const tokenList: ConsolePage = {
  path: '/tokens',
  title: 'API tokens',

  async show(visit) {
    const { call, now } = visit;
    const { answer } = await call(tokens.listTokens);
    const owners = new Map<string, string>();
    for (const { userId } of answer) {
      if (owners.has(userId)) continue;
      const { answer: owner } = await call(users.getUser, { params: { userId } });
      owners.set(userId, String(owner.profile['login']));
    }
    return (
      <>
        <h1>API</h1>
        <p>
          Tokens act with the rights of the administrator who made them and expire after 30 days without use.
        </p>
        <h2>
          Tokens <span class="count">{answer.length}</span>
        </h2>
        <button class="primary" id="create">
          Create token
        </button>
        <Table
          label="Tokens"
          columns={['Name', 'Made by', 'Created', 'Last change', 'Expires', '']}
          rows={answer}
          empty="There are no tokens yet. A client that calls the org’s API needs one: press Create token."
          cells={({ id, name, userId, created, lastUpdated, expiresAt }) => [
            name,
            owners.get(userId),
            <When at={created} only="day" />,
            <When at={lastUpdated} only="day" />,
            Date.parse(expiresAt) < now ? 'Expired' : <When at={expiresAt} only="day" />,
            <ActionButton
              visit={visit}
              action="revoke"
              fields={{ tokenId: id }}
              look="danger"
              label={`Revoke ${name}`}
              confirm={`Revoke “${name}”? Whatever uses it stops working at once.`}
            >
              Revoke
            </ActionButton>,
          ]}
        />
        <Dialogs />
      </>
    );
  },

  actions: {
    async revoke({ form, call }) {
      await call(tokens.revokeToken, { params: { apiTokenId: form.text('tokenId') } });
      return { done: 'Revoked the token.' };
    },
  },
};

function Dialogs() {
  return (
    <>
      <dialog id="name-dialog" aria-labelledby="name-title">
        <form method="dialog">
          <h2 id="name-title">Create token</h2>
          <label>
            Name <input id="token-name" maxlength={255} required autocomplete="off" />
          </label>
          <p class="problem" id="name-problem" role="alert" />
          <div class="buttons">
            <button type="button" id="name-cancel">
              Cancel
            </button>
            <button class="primary">Create token</button>
          </div>
        </form>
      </dialog>
      <dialog id="value-dialog" aria-labelledby="value-title">
        <form method="dialog">
          <h2 id="value-title">Token created</h2>
          <p>Copy the value now. Once this dialog is closed it cannot be seen again.</p>
          <p class="value">
            <code id="token-value" data-testid="token-value" />
            <button type="button" id="copy">
              Copy
            </button>
          </p>
          <div class="buttons">
            <button class="primary">OK, got it</button>
          </div>
        </form>
      </dialog>
    </>
  );
}
