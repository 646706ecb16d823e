const WITH_GROUP_TARGETS = new Set(['USER_ADMIN', 'HELP_DESK_ADMIN', 'GROUP_MEMBERSHIP_ADMIN']);
const WITH_TARGETS = new Set([...WITH_GROUP_TARGETS, 'APP_ADMIN']);

/** Whether a role can be narrowed to some apps. */
export function takesAppTargets(type: string): boolean {
  return type === 'APP_ADMIN';
}

/** Whether a role can be narrowed to some groups. */
export function takesGroupTargets(type: string): boolean {
  return WITH_GROUP_TARGETS.has(type);
}

/** The id of a role that can be narrowed: the same for every holder, its type in base 32. Others have none of the kind. */
export function roleId(type: string): string | undefined {
  return WITH_TARGETS.has(type) ? toBase32(type) : undefined;
}

const BASE_32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BITS = 5;

/** RFC 4648, without padding. */
function toBase32(text: string): string {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  let encoded = '';
  for (let at = 0; at < bits.length; at += BITS)
    encoded += BASE_32.charAt(Number.parseInt(bits.slice(at, at + BITS).padEnd(BITS, '0'), 2));
  return encoded;
}
