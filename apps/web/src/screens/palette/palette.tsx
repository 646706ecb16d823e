import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import type { OutlineItem } from '@castellan/workbench/api';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { ACTION_NAMES, actions, shortcutOf } from '../../actions.ts';
import { collectionsQuery, environmentsQuery } from '../../api.ts';
import { usePreferences } from '../../state/preferences.ts';
import { formatShortcut } from '../../state/shortcuts.ts';
import { openPath } from '../../state/links.ts';
import { chooseEnvironment, showDialog } from '../../state/store.ts';
import { openTab } from '../../state/tabs.ts';
import { Method } from '../../ui/method.tsx';
import { useOrgOffers } from './org-offers.ts';

interface Offer {
  readonly key: string;
  readonly label: string;
  readonly place: string;
  readonly method?: string;
  readonly shortcut?: string | undefined;
  readonly perform: () => void;
}

const MOST_SHOWN = 12;
/** Every request, environment, screen and action by a few letters of its name, and what the chosen org has. */
export function Palette() {
  const collections = useQuery(collectionsQuery).data?.collections;
  const environments = useQuery(environmentsQuery).data?.environments;
  const shortcuts = usePreferences()?.shortcuts;
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState(0);
  const offers = useMemo(() => {
    const all: Offer[] = ACTION_NAMES.map((key) => ({
      key,
      place: 'Action',
      label: actions[key].label,
      shortcut: shortcutOf(key, shortcuts),
      perform: actions[key].perform,
    }));
    for (const { id, name, scope } of environments ?? []) {
      if (scope === 'environment') {
        all.push({
          key: id,
          label: name,
          place: 'Use this environment',
          perform: () => chooseEnvironment(id),
        });
      }
    }
    for (const { id, name, items } of collections ?? []) all.push(...toOffers(items, id, name));
    return all;
  }, [collections, environments, shortcuts]);
  const ofOrg = useOrgOffers(wanted);
  const shown = useMemo(() => {
    const own = rank(offers, wanted).slice(0, MOST_SHOWN);
    const others = ofOrg.map(({ path, ...offer }): Offer => ({
      ...offer,
      perform: () => void openPath(path, collections ?? []),
    }));
    return [...own, ...others];
  }, [offers, wanted, ofOrg, collections]);

  const perform = (offer: Offer | undefined) => {
    if (offer === undefined) return;
    showDialog(null);
    offer.perform();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((chosen + 1) % Math.max(1, shown.length));
    else if (event.key === 'ArrowUp') setChosen((chosen + shown.length - 1) % Math.max(1, shown.length));
    else if (event.key === 'Enter') perform(shown[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && showDialog(null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-30 bg-[rgb(10_14_24/0.3)]" />
        <Dialog.Popup className="fixed top-[10vh] left-1/2 z-40 w-[620px] max-w-[94vw] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-[var(--shadow-pop)]">
          <Dialog.Title className="sr-only">Search</Dialog.Title>
          <input
            role="combobox"
            aria-label="Search requests, people, environments and commands"
            aria-expanded
            aria-controls="palette-offers"
            aria-activedescendant={shown.length === 0 ? undefined : `offer-${chosen}`}
            placeholder="Search requests, people, groups, apps, environments and commands"
            className="h-11 w-full border-b border-line bg-transparent px-4 text-lg outline-none"
            value={wanted}
            onChange={(event) => {
              setWanted(event.target.value);
              setChosen(0);
            }}
            onKeyDown={onKeyDown}
          />
          <div
            id="palette-offers"
            role="listbox"
            aria-label="Results"
            className="max-h-[60vh] overflow-auto p-1.5"
          >
            {shown.map((offer, index) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox above has the keys
              <div
                key={offer.key}
                id={`offer-${index}`}
                role="option"
                aria-selected={index === chosen}
                tabIndex={-1}
                className={`flex h-8 items-center gap-2 rounded-md px-2.5 text-[12.5px] ${index === chosen ? 'bg-active' : ''}`}
                onMouseMove={() => setChosen(index)}
                onClick={() => perform(offer)}
              >
                {offer.method !== undefined && <Method method={offer.method} className="w-8.5" />}
                <span className="truncate">{offer.label}</span>
                <span className="ml-auto truncate pl-4 text-ink-3">
                  {offer.shortcut === undefined ? offer.place : formatShortcut(offer.shortcut)}
                </span>
              </div>
            ))}
          </div>
          {shown.length === 0 && (
            <p role="status" className="px-4 pb-3 text-sm text-ink-2">
              Nothing has this name.
            </p>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function toOffers(items: readonly OutlineItem[], collectionId: string, place: string): Offer[] {
  return items.flatMap((item) =>
    item.kind === 'folder'
      ? toOffers(item.items, collectionId, `${place} / ${item.name}`)
      : [
          {
            key: `${collectionId}/${item.id}`,
            label: item.name,
            place,
            method: item.method,
            perform: () => void openTab(collectionId, item.id),
          },
        ],
  );
}

/** Every word must be there; a name that begins with the text comes first. */
function rank(offers: readonly Offer[], wanted: string): Offer[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const [first = ''] = words;
  return offers
    .filter(({ label, place }) => words.every((word) => `${label} ${place}`.toLowerCase().includes(word)))
    .sort(
      (a, b) =>
        Number(!a.label.toLowerCase().startsWith(first)) - Number(!b.label.toLowerCase().startsWith(first)),
    );
}
