import type { EnvironmentView } from '@castellan/workbench/api';
import { call, environmentsQuery, queries } from '../api.ts';
import { askToConfirm, askToTrust } from './questions.ts';
import { getState, type Item } from './store.ts';

/** What a person agreed to for one Send. */
export interface Consent {
  readonly confirmed?: string;
  readonly scripts?: 'skip';
}

interface Sending {
  readonly collectionId: string;
  readonly item: Item;
}

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Asks for what the guard of the org wants confirmed before a request leaves.
 * @returns `undefined` when it is not to be sent
 */
export async function askFirst({ collectionId, item }: Sending): Promise<Consent | undefined> {
  if (findEnvironment()?.guard?.confirm === undefined || SAFE.includes(item.request.method.toUpperCase()))
    return {};
  const { confirmation } = await call('POST /api/sends/confirmation', {
    body: { collectionId, item, environmentId: getState().environmentId },
  });
  if (confirmation === undefined) return {};
  const confirmed = await askToConfirm(confirmation);
  return confirmed === undefined ? undefined : { confirmed };
}

/**
 * Asks again where something was not sent for want of an agreement: what a script would write to a guarded org, or
 * scripts of somebody else.
 * @returns what was agreed to now, or `undefined` when there is nothing to ask or the answer is no
 */
export async function askAfter(
  { collectionId }: Sending,
  failure: { readonly code?: string; readonly sentence: string } | undefined,
  before: Consent,
): Promise<Consent | undefined> {
  if (failure?.code === 'untrusted') {
    const scripts = await askToTrust(collectionId, failure.sentence);
    if (scripts === undefined) return undefined;
    return scripts === 'run' ? before : { ...before, scripts };
  }
  const environment = findEnvironment();
  const { host, guard } = environment ?? {};
  if (failure?.code !== 'unconfirmed' || before.confirmed !== undefined) return undefined;
  if (host === undefined || guard === undefined) return undefined;
  const confirmed = await askToConfirm({ host, kind: guard.kind, writes: [] }, failure.sentence);
  return confirmed === undefined ? undefined : { ...before, confirmed };
}

function findEnvironment(): EnvironmentView | undefined {
  const { environmentId } = getState();
  const known = queries.getQueryData(environmentsQuery.queryKey);
  return known?.environments.find(({ id }) => id === environmentId);
}
