import type { Store } from './store/store.ts';

/**
 * Ids of what every org has one of and no collection holds. They come from the id of the group Everyone, which is
 * there from the start and never goes, so they are the same for ever.
 */
export function orgIdOf(store: Store): string {
  return `00o${stemOf(store)}`;
}

/** The default policies that an Identity Engine org puts every app under. */
export function policyIdsOf(store: Store): { readonly access: string; readonly profileEnrollment: string } {
  const stem = stemOf(store).slice(0, -1);
  return { access: `rst${stem}a`, profileEnrollment: `rst${stem}p` };
}

function stemOf(store: Store): string {
  const [everyone] = store.groups.by('type', 'BUILT_IN');
  if (!everyone) throw new Error('The org has no group Everyone.');
  return everyone.id.slice(3);
}
