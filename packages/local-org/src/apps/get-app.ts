import { type CatalogEntry, findCatalogEntry } from '@castellan/okta-api';
import type { Context } from '../handling.ts';
import { invalid, notFound } from '../okta-error.ts';
import type { AppRecord } from '../store/records.ts';

/** An app by its id. Throws E0000007 (AppInstance). */
export function getApp({ store }: Context, id: string): AppRecord {
  const app = store.apps.get(id);
  if (!app) throw notFound(id, 'AppInstance');
  return app;
}

/** An app that is an OAuth client. Throws E0000007 (AppInstance), E0000001 for any other app. */
export function getClientApp(context: Context, id: string): AppRecord {
  const app = getApp(context, id);
  if (!app.credentials.oauthClient) throw invalid('appId', 'appId: The app is not an OAuth client');
  return app;
}

/** What the catalogue says of an app; nothing of a custom one. */
export function entryOf(app: Pick<AppRecord, 'name' | 'isCustom'>): CatalogEntry | undefined {
  return app.isCustom ? undefined : findCatalogEntry(app.name);
}
