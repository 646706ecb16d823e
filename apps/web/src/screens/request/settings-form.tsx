import type { Item, Tab } from '../../state/store.ts';
import { editItem } from '../../state/tabs.ts';

type Settings = NonNullable<Item['settings']>;

/** Postman's `protocolProfileBehavior`: the switches by their names, and what they are when nobody says. */
const SWITCHES = [
  {
    name: 'followRedirects',
    label: 'Follow redirects',
    meaning: 'An answer of the 300s is followed to where it points.',
    standard: true,
  },
  {
    name: 'followOriginalHttpMethod',
    label: 'Keep the method on redirects',
    meaning: 'Otherwise a POST is followed as a GET, as browsers do.',
    standard: false,
  },
  {
    name: 'followAuthorizationHeader',
    label: 'Keep the Authorization header on redirects',
    meaning: 'Also when the redirect leads to another host.',
    standard: false,
  },
  {
    name: 'removeRefererHeaderOnRedirect',
    label: 'Leave out the Referer header on redirects',
    meaning: '',
    standard: false,
  },
  {
    name: 'strictSSL',
    label: 'Check the certificate',
    meaning: 'Off accepts every certificate; do that for your own test servers only.',
    standard: true,
  },
  {
    name: 'disableUrlEncoding',
    label: 'Send the address as it is typed',
    meaning: 'Nothing is percent-encoded.',
    standard: false,
  },
  {
    name: 'disableCookies',
    label: 'Send no cookies',
    meaning: 'And keep none of those that the answer sets.',
    standard: false,
  },
  {
    name: 'disableBodyPruning',
    label: 'Send a body with GET and HEAD',
    meaning: 'Otherwise it is left out.',
    standard: false,
  },
] as const;

/** How this one request is sent, where that differs from the others. */
export function SettingsForm({ tab }: { tab: Tab }) {
  const settings = tab.item.settings ?? {};
  const change = (name: string, value: Settings[string] | undefined) =>
    editItem(tab.id, (now) => {
      const { settings: before = {}, ...item } = now;
      const { [name]: _gone, ...rest } = before;
      const next = value === undefined ? rest : { ...rest, [name]: value };
      return Object.keys(next).length === 0 ? item : { ...item, settings: next };
    });
  const most = settings['maxRedirects'];
  return (
    <div className="flex flex-col gap-3.5 p-4 text-[12.5px]">
      {SWITCHES.map(({ name, label, meaning, standard }) => (
        <label key={name} className="grid grid-cols-[20px_1fr] gap-x-2">
          <input
            type="checkbox"
            className="mt-0.5 size-4 accent-[var(--accent)]"
            checked={typeof settings[name] === 'boolean' ? settings[name] : standard}
            onChange={(event) =>
              change(name, event.target.checked === standard ? undefined : event.target.checked)
            }
          />
          <span>
            {label}
            {meaning !== '' && <span className="block text-ink-3">{meaning}</span>}
          </span>
        </label>
      ))}
      <label className="flex items-center gap-2">
        Redirects at most
        <input
          type="number"
          min={0}
          className="h-7 w-20 rounded-md border border-line-strong bg-raised px-2"
          placeholder="10"
          value={typeof most === 'number' ? most : ''}
          onChange={(event) =>
            change('maxRedirects', event.target.value === '' ? undefined : Number(event.target.value))
          }
        />
      </label>
    </div>
  );
}
