/** Keys that browsers keep to themselves: a page never hears of them. */
const TAKEN_BY_BROWSERS = ['mod+w', 'mod+t', 'mod+n', 'mod+shift+w', 'mod+shift+t', 'mod+shift+n', 'mod+q'];

/**
 * What was pressed, as shortcuts are written: `mod+shift+k`, `alt+PageDown`. `mod` is Ctrl, or Command on a Mac.
 * @returns `undefined` while only a key such as Ctrl is down
 */
export function toShortcut(event: {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}): string | undefined {
  if (['Control', 'Meta', 'Alt', 'Shift', 'AltGraph'].includes(event.key)) return undefined;
  return [
    event.ctrlKey || event.metaKey ? 'mod' : '',
    event.altKey ? 'alt' : '',
    event.shiftKey ? 'shift' : '',
    event.key.length === 1 ? event.key.toLowerCase() : event.key,
  ]
    .filter((part) => part !== '')
    .join('+');
}

/** Why a key cannot be a shortcut. */
export function refuseShortcut(shortcut: string): string | undefined {
  if (!/^(mod|alt)\+|^(shift\+)?F\d+$/.test(shortcut))
    return `${formatShortcut(shortcut)} is needed for typing and moving. Hold Ctrl, Cmd or Alt, or take a key such as F8.`;
  if (TAKEN_BY_BROWSERS.includes(shortcut))
    return `Browsers keep ${formatShortcut(shortcut)} to themselves. Choose another.`;
  return undefined;
}

/** A shortcut as it is read: `Ctrl Shift K`. */
export function formatShortcut(shortcut: string): string {
  const isMac = globalThis.navigator?.userAgent.includes('Mac') === true;
  const names: Readonly<Record<string, string>> = {
    mod: isMac ? '⌘' : 'Ctrl',
    alt: isMac ? '⌥' : 'Alt',
    shift: isMac ? '⇧' : 'Shift',
    PageDown: 'Page Down',
    PageUp: 'Page Up',
  };
  return shortcut
    .split('+')
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ');
}
