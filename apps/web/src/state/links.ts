import { idLength, idPrefixes, type IdKind } from '@castellan/okta-api';
import type { CollectionOutline, OutlineItem } from '@castellan/workbench/api';
import { openTab } from './tabs.ts';
import { tell, type Item } from './store.ts';
import { toUrl } from './url.ts';

/** Where a thing of this kind is read, its id in the place of `{}`. */
const READ_AT: Partial<Record<IdKind, string>> = {
  user: '/api/v1/users/{}',
  group: '/api/v1/groups/{}',
  app: '/api/v1/apps/{}',
  groupRule: '/api/v1/groups/rules/{}',
  userType: '/api/v1/meta/types/user/{}',
  apiToken: '/api/v1/api-tokens/{}',
  customRole: '/api/v1/iam/roles/{}',
};

const kinds = Object.keys(READ_AT) as IdKind[]; // its keys are what it was made from

/**
 * What a text of an answer leads to: the path where the thing with this id is read, or the path of an address
 * within the org's API.
 * @example toApiPath('00u1k9xw2bTQmV7cE0h8') // '/api/v1/users/00u1k9xw2bTQmV7cE0h8'
 */
export function toApiPath(text: string): string | undefined {
  if (text.startsWith('http') && URL.canParse(text)) {
    const { pathname, search } = new URL(text);
    return pathname.startsWith('/api/v1/') ? pathname + search : undefined;
  }
  const kind = kinds.find(
    (candidate) => text.startsWith(idPrefixes[candidate]) && text.length === idLength(candidate),
  );
  return kind === undefined || !/^[\w-]+$/.test(text) ? undefined : READ_AT[kind]?.replace('{}', text);
}

interface Found {
  readonly collectionId: string;
  readonly itemId: string;
  readonly url: string;
}

/** Opens the request of the workspace that reads a path, filled in so that it can be sent at once. */
export async function openPath(path: string, collections: readonly CollectionOutline[]): Promise<void> {
  const parts = path.replace(/\?.*$/, '').split('/');
  const found = collections
    .flatMap(({ id, items }) => listGets(items, id))
    .map((candidate) => ({ ...candidate, parts: toPathParts(candidate.url) }))
    .find(
      (candidate) =>
        candidate.parts.length === parts.length &&
        candidate.parts.every((part, index) => part === parts[index] || /^(:|\{\{|\$\{)/.test(part)),
    );
  if (found === undefined) {
    tell(`No request here reads ${parts.slice(0, -1).join('/')}/…. Import the pack that has it.`, {
      isBad: true,
    });
    return;
  }
  const origin = found.url.slice(0, found.url.indexOf('/api/'));
  const change = (item: Item): Item => ({
    ...item,
    request: { ...item.request, url: toUrl(origin + path, { ...item.request.url, query: [] }) },
  });
  await openTab(found.collectionId, found.itemId, change);
}

function toPathParts(url: string): string[] {
  const at = url.indexOf('/api/');
  return at === -1
    ? []
    : url
        .slice(at)
        .replace(/[?#].*$/, '')
        .split('/');
}

function listGets(items: readonly OutlineItem[], collectionId: string): Found[] {
  return items.flatMap((item) => {
    if (item.kind === 'folder') return listGets(item.items, collectionId);
    return item.method === 'GET' ? [{ collectionId, itemId: item.id, url: item.url }] : [];
  });
}
