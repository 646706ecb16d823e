import { editItem, type Item, type Tab } from '../../state/store.ts';
import type { KnownVariable } from '../../state/variables.ts';
import { VariableInput } from './variable-input.tsx';

type Auth = NonNullable<Item['request']['auth']>;

/** Schemes by Postman's names, with the fields a person fills in. */
const SCHEMES: Readonly<
  Record<string, { label: string; fields: readonly (readonly [name: string, label: string])[] }>
> = {
  noauth: { label: 'No auth', fields: [] },
  apikey: {
    label: 'API key',
    fields: [
      ['key', 'Header or parameter'],
      ['value', 'Value'],
      ['in', 'Where (header or query)'],
    ],
  },
  bearer: { label: 'Bearer token', fields: [['token', 'Token']] },
  basic: {
    label: 'Basic auth',
    fields: [
      ['username', 'User name'],
      ['password', 'Password'],
    ],
  },
  digest: {
    label: 'Digest auth',
    fields: [
      ['username', 'User name'],
      ['password', 'Password'],
    ],
  },
  oauth2: { label: 'OAuth 2.0', fields: [['accessToken', 'Access token']] },
};

export function AuthForm({ tab, variables }: { tab: Tab; variables: ReadonlyMap<string, KnownVariable> }) {
  const { auth } = tab.item.request;
  const inherited = tab.levels.findLast((level) => level.auth !== undefined);
  const change = (next: Auth | undefined) =>
    editItem(tab.id, (now) => {
      const { auth: _before, ...request } = now.request;
      return { ...now, request: next === undefined ? request : { ...request, auth: next } };
    });
  const scheme = auth === undefined ? undefined : SCHEMES[auth.type];
  return (
    <div className="flex max-w-xl flex-col gap-3 p-4 text-[12.5px]">
      <label className="grid grid-cols-[150px_1fr] items-center gap-3">
        <span className="text-ink-2">Auth</span>
        <select
          className="h-8 rounded-md border border-line-strong bg-raised px-2"
          value={auth?.type ?? ''}
          onChange={(event) =>
            change(event.target.value === '' ? undefined : { type: event.target.value, parameters: {} })
          }
        >
          <option value="">Inherit</option>
          {auth !== undefined && scheme === undefined && <option value={auth.type}>{auth.type}</option>}
          {Object.entries(SCHEMES).map(([type, { label }]) => (
            <option key={type} value={type}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {auth === undefined && (
        <p className="text-ink-2">
          {inherited?.auth === undefined
            ? 'Nothing around this request has an auth. Okta’s packs put the token into the Authorization header: see Headers.'
            : `${SCHEMES[inherited.auth.type]?.label ?? inherited.auth.type}, from “${inherited.name}”.`}
        </p>
      )}
      {auth !== undefined &&
        scheme?.fields.map(([name, label]) => (
          <div key={name} className="grid grid-cols-[150px_1fr] items-center gap-3">
            <span className="text-ink-2">{label}</span>
            <div className="h-8 rounded-md border border-line-strong bg-raised">
              <VariableInput
                label={label}
                value={String(auth.parameters[name] ?? '')}
                variables={variables}
                onChange={(value) => change({ ...auth, parameters: { ...auth.parameters, [name]: value } })}
              />
            </div>
          </div>
        ))}
      {auth !== undefined && auth.type !== 'noauth' && (
        <p className="text-ink-3">
          Write a secret as a variable, such as {'{{apikey}}'}: then the workspace holds its name only.
        </p>
      )}
    </div>
  );
}
