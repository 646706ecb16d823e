import { createHash } from 'node:crypto';
import type { Context } from '../handling.ts';
import { toTimestamp } from '../people.ts';
import type { AppRecord, ClientSecretRecord } from '../store/records.ts';

const LENGTH = 64;

/** Gives a client a secret: this one, or a new one. */
export function addSecret(
  { store, ids, now }: Context,
  app: AppRecord,
  value: string | undefined,
  status: ClientSecretRecord['status'] = 'ACTIVE',
): ClientSecretRecord {
  return store.clientSecrets.put({
    id: ids.next('clientSecret'),
    appId: app.id,
    created: now,
    lastUpdated: now,
    status,
    value: value ?? ids.secret(LENGTH),
  });
}

/** The secret that an app shows when it is created and updated. */
export function firstActiveSecret({ store }: Context, app: AppRecord): ClientSecretRecord | undefined {
  return store.clientSecrets.by('app', app.id).find((one) => one.status === 'ACTIVE');
}

/** A secret as Okta answers it; its links say what can be done with it now. */
export function toSecretView({ origin }: Context, secret: ClientSecretRecord): object {
  const self = `${origin}/api/v1/apps/${secret.appId}/credentials/secrets/${secret.id}`;
  const link = (path: string, method: string) => ({ href: `${self}${path}`, hints: { allow: [method] } });
  return {
    id: secret.id,
    created: toTimestamp(secret.created),
    lastUpdated: toTimestamp(secret.lastUpdated),
    status: secret.status,
    client_secret: secret.value,
    secret_hash: createHash('sha256').update(secret.value).digest('base64url').slice(0, 22),
    _links:
      secret.status === 'ACTIVE'
        ? { deactivate: link('/lifecycle/deactivate', 'POST') }
        : { activate: link('/lifecycle/activate', 'POST'), delete: link('', 'DELETE') },
  };
}
