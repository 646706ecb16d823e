import { expect, it } from 'vitest';
import { formatShortcut, refuseShortcut, toShortcut } from './shortcuts.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>> = {},
) => toShortcut({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

it('writes what was pressed, and waits while only Ctrl is down', () => {
  expect(press('K', { ctrlKey: true, shiftKey: true })).toBe('mod+shift+k');
  expect(press('PageDown', { altKey: true })).toBe('alt+PageDown');
  expect(press('s', { metaKey: true })).toBe('mod+s');
  expect(press('Control', { ctrlKey: true })).toBeUndefined();
});

it('refuses keys that are needed for typing, and those that browsers keep', () => {
  expect(refuseShortcut('k')).toContain('K is needed for typing');
  expect(refuseShortcut('shift+ArrowDown')).toContain('needed for typing');
  expect(refuseShortcut('mod+w')).toContain('Browsers keep Ctrl W');
  expect(refuseShortcut('mod+shift+k')).toBeUndefined();
  expect(refuseShortcut('F8')).toBeUndefined();
});

it('reads a shortcut aloud', () => {
  expect(formatShortcut('mod+shift+k')).toBe('Ctrl Shift K');
  expect(formatShortcut('alt+PageDown')).toBe('Alt Page Down');
});
