import type { Context } from '../handling.ts';
import { notFound } from '../okta-error.ts';
import type {
  BindingMemberRecord,
  BindingRecord,
  CustomRoleRecord,
  LogTarget,
  ResourceSetRecord,
} from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Holder } from './holders.ts';

/** A custom role by its id or its label. Throws E0000007 (CustomRole). */
export function getCustomRole(store: Store, reference: string): CustomRoleRecord {
  const role = store.customRoles.get(reference) ?? store.customRoles.by('label', reference)[0];
  if (!role) throw notFound(reference, 'CustomRole');
  return role;
}

/** A resource set by its id or its label. Throws E0000007 (IAMPolicy). */
export function getResourceSet(store: Store, reference: string): ResourceSetRecord {
  const set = store.resourceSets.get(reference) ?? store.resourceSets.by('label', reference)[0];
  if (!set) throw notFound(reference, 'IAMPolicy');
  return set;
}

export function getBinding(store: Store, set: ResourceSetRecord, role: CustomRoleRecord): BindingRecord {
  const binding = store.bindings.get(`${set.id}/${role.id}`);
  if (!binding) throw notFound(role.id, 'RoleBinding');
  return binding;
}

interface Added {
  readonly member: BindingMemberRecord;
  readonly isNew: boolean;
}

/** Lets holders have a role over a set; the binding is made with its first member. Who has it already, keeps it. */
export function addMembers(
  context: Context,
  set: ResourceSetRecord,
  role: CustomRoleRecord,
  holders: readonly Holder[],
): readonly Added[] {
  const { store } = context;
  const bindingId = `${set.id}/${role.id}`;
  if (!store.bindings.get(bindingId)) store.bindings.put({ id: bindingId, setId: set.id, roleId: role.id });
  const added = holders.map((holder) => addMember(context, bindingId, holder));
  context.log({
    eventType: 'iam.resourceset.bindings.add',
    displayMessage: 'Add role binding to resource set',
    targets: [toSetTarget(set), toRoleTarget(role)],
  });
  return added;
}

function addMember({ store, ids, now }: Context, bindingId: string, holder: Holder): Added {
  const known = store.bindingMembers.by('holder', holder.id).find((one) => one.bindingId === bindingId);
  if (known) return { member: known, isNew: false };
  const member = store.bindingMembers.put({
    id: ids.next('bindingMember'),
    bindingId,
    kind: holder.kind,
    holderId: holder.id,
    created: now,
    lastUpdated: now,
  });
  return { member, isNew: true };
}

export function removeMember(context: Context, member: BindingMemberRecord): void {
  const { store } = context;
  const binding = store.bindings.get(member.bindingId);
  store.bindingMembers.delete(member.id);
  if (binding) logRemoval(context, binding);
}

/** Deletes a binding with its members. */
export function removeBinding(context: Context, binding: BindingRecord): void {
  const { store } = context;
  for (const member of store.bindingMembers.by('binding', binding.id)) store.bindingMembers.delete(member.id);
  store.bindings.delete(binding.id);
  logRemoval(context, binding);
}

/** Takes everything that somebody holds away, for one who is deleted. */
export function forgetHolder(store: Store, holderId: string): void {
  for (const role of store.roleAssignments.by('holder', holderId)) store.roleAssignments.delete(role.id);
  for (const member of store.bindingMembers.by('holder', holderId)) store.bindingMembers.delete(member.id);
}

function logRemoval(context: Context, { setId, roleId }: BindingRecord): void {
  const set = context.store.resourceSets.get(setId);
  const role = context.store.customRoles.get(roleId);
  context.log({
    eventType: 'iam.resourceset.bindings.delete',
    displayMessage: 'Delete role binding from resource set',
    targets: [...(set ? [toSetTarget(set)] : []), ...(role ? [toRoleTarget(role)] : [])],
  });
}

export function toRoleTarget({ id, label }: CustomRoleRecord): LogTarget {
  return { id, type: 'ROLE', alternateId: label, displayName: label };
}

export function toSetTarget({ id, label }: ResourceSetRecord): LogTarget {
  return { id, type: 'RESOURCE_SET', alternateId: label, displayName: label };
}
