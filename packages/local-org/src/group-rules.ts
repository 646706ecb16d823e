import { compileExpression } from './expression.ts';
import { toGroupTarget } from './group-members.ts';
import type { Context } from './handling.ts';
import { invalid } from './okta-error.ts';
import { toTarget } from './people.ts';
import type { GroupRuleRecord, UserRecord } from './store/records.ts';
import type { Store } from './store/store.ts';

/** Refuses what is no expression with E0000001. Okta: not documented which code it is. */
export function checkExpression(text: string): void {
  try {
    compileExpression(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'The expression is not valid.';
    throw invalid('expression', `expression: ${reason}`);
  }
}

/** Runs one active rule over every user. */
export function applyRule(context: Context, rule: GroupRuleRecord): void {
  for (const user of context.store.users.values()) applyTo(context, rule, user);
}

/** Runs every active rule over one user: called after each change of a profile. */
export function applyRules(context: Context, user: UserRecord): void {
  for (const rule of context.store.groupRules.values())
    if (rule.status === 'ACTIVE') applyTo(context, rule, user);
}

/** Members stay when a rule goes, unless their removal is asked for; then those whom only this rule held leave. */
export function withdrawRule(context: Context, rule: GroupRuleRecord, removeUsers: boolean): void {
  for (const groupId of rule.groupIds)
    for (const one of context.store.memberships.by('group', groupId)) {
      if (!one.ruleIds.includes(rule.id)) continue;
      const user = context.store.users.get(one.userId);
      const ruleIds = one.ruleIds.filter((id) => id !== rule.id);
      const stays = one.byHand || ruleIds.length > 0 || !removeUsers;
      if (stays)
        context.store.memberships.put({ ...one, ruleIds, byHand: one.byHand || ruleIds.length === 0 });
      else if (user) leave(context, groupId, user);
    }
}

/** A rule that fills a group which is gone can no longer run. */
export function invalidateRules(context: Context, groupId: string): void {
  for (const rule of context.store.groupRules.values()) {
    if (!rule.groupIds.includes(groupId) || rule.status === 'INVALID') continue;
    context.store.groupRules.put({ ...rule, status: 'INVALID', lastUpdated: context.now });
    context.log({
      eventType: 'group.user_membership.rule.invalidate',
      displayMessage: 'Invalidate group rule',
      legacyEventType: 'cvd.group_rule_invalidated',
      targets: [{ id: rule.id, type: 'GroupRule', alternateId: 'unknown', displayName: rule.name }],
    });
  }
}

function applyTo(context: Context, rule: GroupRuleRecord, user: UserRecord): void {
  const { store } = context;
  const wanted =
    user.status !== 'DEPROVISIONED' &&
    !rule.people?.users.includes(user.id) &&
    compiled(rule.expression)(surroundingsOf(store, user));
  for (const groupId of rule.groupIds) {
    const group = store.groups.get(groupId);
    if (!group) continue;
    const id = `${groupId}/${user.id}`;
    const known = store.memberships.get(id);
    if (wanted && !known?.ruleIds.includes(rule.id)) {
      const ruleIds = [...(known?.ruleIds ?? []), rule.id];
      store.memberships.put({ id, groupId, userId: user.id, byHand: known?.byHand ?? false, ruleIds });
      if (known) continue;
      store.groups.put({ ...group, lastMembershipUpdated: context.now });
      context.log({
        eventType: 'group.user_membership.add',
        displayMessage: 'Add user to group membership',
        legacyEventType: 'core.user_group_member.user_add',
        targets: [toTarget(user), toGroupTarget(group)],
      });
    } else if (!wanted && known?.ruleIds.includes(rule.id)) {
      const ruleIds = known.ruleIds.filter((one) => one !== rule.id);
      if (known.byHand || ruleIds.length > 0) store.memberships.put({ ...known, ruleIds });
      else leave(context, groupId, user);
    }
  }
}

const expressions = new Map<string, ReturnType<typeof compileExpression>>();
const MOST_KNOWN = 1000;

/** A rule runs over every user, so its text is read once. */
function compiled(text: string): ReturnType<typeof compileExpression> {
  const before = expressions.get(text);
  if (before) return before;
  if (expressions.size >= MOST_KNOWN) expressions.clear();
  const expression = compileExpression(text);
  expressions.set(text, expression);
  return expression;
}

function leave(context: Context, groupId: string, user: UserRecord): void {
  const group = context.store.groups.get(groupId);
  if (!group) return;
  context.store.memberships.delete(`${groupId}/${user.id}`);
  context.store.groups.put({ ...group, lastMembershipUpdated: context.now });
  context.log({
    eventType: 'group.user_membership.remove',
    displayMessage: 'Remove user from group membership',
    legacyEventType: 'core.user_group_member.user_remove',
    targets: [toTarget(user), toGroupTarget(group)],
  });
}

function surroundingsOf(store: Store, user: UserRecord) {
  return {
    profile: user.profile,
    internal: { id: user.id, status: user.status },
    groups: () =>
      store.memberships.by('user', user.id).map((one) => ({
        id: one.groupId,
        name: String(store.groups.get(one.groupId)?.profile.name ?? ''),
      })),
  };
}
