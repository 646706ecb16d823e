import { useQuery } from '@tanstack/react-query';
import type { Preferences } from '@castellan/workbench/api';
import { call, preferencesQuery, queries } from '../api.ts';

export type Theme = Preferences['theme'];

/** How the person wants the workbench; `undefined` until the server said. */
export const usePreferences = (): Preferences | undefined => useQuery(preferencesQuery).data;

export const readPreferences = (): Preferences | undefined => queries.getQueryData(preferencesQuery.queryKey);

/**
 * Changes some of them here at once and then at the server. Rejects with the server's sentence when it refuses, and
 * everything is as before.
 */
export async function changePreferences(part: Partial<Preferences>): Promise<void> {
  const before = readPreferences() ?? (await queries.fetchQuery(preferencesQuery));
  const preferences = { ...before, ...part };
  show(preferences);
  try {
    await call('PUT /api/preferences', { body: preferences });
  } catch (cause) {
    show(before);
    throw cause;
  }
}

function show(preferences: Preferences): void {
  queries.setQueryData(preferencesQuery.queryKey, preferences);
  applyPreferences();
}

/** Draws the page in the chosen theme, or in the system's, and its code in the chosen size. */
export function applyPreferences(): void {
  const preferences = readPreferences();
  if (preferences === undefined) return;
  const { theme, codeSize } = preferences;
  // What the page begins with next time, before it has asked: see public/theme.js.
  localStorage.setItem('castellan-theme', theme);
  const isDark =
    theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  document.documentElement.style.setProperty('--text-code', `${codeSize}px`);
}
