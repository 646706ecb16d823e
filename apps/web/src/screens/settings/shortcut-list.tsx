import { useState } from 'react';
import { ACTION_NAMES, actions, shortcutOf, type ActionName } from '../../actions.ts';
import { changePreferences } from '../../state/preferences.ts';
import { formatShortcut, refuseShortcut, toShortcut } from '../../state/shortcuts.ts';
import { attempt } from '../../state/store.ts';
import { Button } from '../../ui/button.tsx';

type Changed = Readonly<Record<string, string | null>>;

/** Every action with its key: press another, take it away, or go back to what it was. */
export function ShortcutList({ changed }: { changed: Changed }) {
  const [editing, setEditing] = useState<ActionName | null>(null);
  const set = (next: Changed) => void attempt(() => changePreferences({ shortcuts: next }));
  const reset = (name: ActionName) => {
    const { [name]: _gone, ...rest } = changed;
    set(rest);
  };
  return (
    <>
      <div className="flex items-center gap-2 px-4 py-2 text-sm text-ink-2">
        <p>Choose a key, then press another.</p>
        <Button className="ml-auto" disabled={Object.keys(changed).length === 0} onClick={() => set({})}>
          Reset all
        </Button>
      </div>
      <ul className="pb-2 text-[12.5px]">
        {ACTION_NAMES.map((name) => {
          const shortcut = shortcutOf(name, changed);
          const { label } = actions[name];
          const isChanged = Object.hasOwn(changed, name);
          return (
            <li key={name} className="border-t border-line px-4 py-1">
              <div className="flex items-center gap-2">
                <span className="min-w-0 flex-1 truncate">{label}</span>
                <Button
                  aria-label={`Key of ${label}: ${shortcut === undefined ? 'none' : formatShortcut(shortcut)}`}
                  className="w-44"
                  onClick={() => setEditing(editing === name ? null : name)}
                >
                  {shortcut === undefined ? '—' : formatShortcut(shortcut)}
                </Button>
                <Button
                  look="ghost"
                  aria-label={`No key for ${label}`}
                  disabled={shortcut === undefined}
                  onClick={() => set({ ...changed, [name]: null })}
                >
                  None
                </Button>
                <Button
                  look="ghost"
                  aria-label={`Reset ${label}`}
                  disabled={!isChanged}
                  onClick={() => reset(name)}
                >
                  Reset
                </Button>
              </div>
              {editing === name && (
                <Capture
                  name={name}
                  changed={changed}
                  onSet={(next) => {
                    setEditing(null);
                    set(next);
                  }}
                  onCancel={() => setEditing(null)}
                />
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

interface CaptureProps {
  readonly name: ActionName;
  readonly changed: Changed;
  readonly onSet: (changed: Changed) => void;
  readonly onCancel: () => void;
}

/** Waits for the keys of an action, and says when another one has them. */
function Capture({ name, changed, onSet, onCancel }: CaptureProps) {
  const [pressed, setPressed] = useState<string>();
  const problem = pressed === undefined ? undefined : refuseShortcut(pressed);
  const holder = ACTION_NAMES.find((other) => other !== name && shortcutOf(other, changed) === pressed);
  return (
    <div className="mt-1 flex items-center gap-2 rounded-md bg-sunken px-2 py-1.5">
      <input
        readOnly
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person asked to press a key here
        autoFocus
        data-takes-keys
        aria-label={`New key of ${actions[name].label}`}
        placeholder="Press the keys"
        className="h-7 w-40 rounded-md border border-accent bg-raised px-2 text-center"
        value={pressed === undefined ? '' : formatShortcut(pressed)}
        onKeyDown={(event) => {
          if (event.key === 'Tab') return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === 'Escape') {
            onCancel();
            return;
          }
          const shortcut = toShortcut(event);
          if (shortcut === undefined) return;
          setPressed(shortcut);
          const isFree = ACTION_NAMES.every(
            (other) => other === name || shortcutOf(other, changed) !== shortcut,
          );
          if (refuseShortcut(shortcut) === undefined && isFree) onSet({ ...changed, [name]: shortcut });
        }}
      />
      {problem !== undefined && (
        <span role="alert" className="text-sm text-bad">
          {problem}
        </span>
      )}
      {problem === undefined && pressed !== undefined && holder !== undefined && (
        <>
          <span role="alert" className="text-sm text-bad">
            “{actions[holder].label}” has {formatShortcut(pressed)}.
          </span>
          <Button onClick={() => onSet({ ...changed, [name]: pressed, [holder]: null })}>Take it</Button>
        </>
      )}
      <Button look="ghost" className="ml-auto" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  );
}
