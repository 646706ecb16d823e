import type { ErrorCode } from './errors.ts';

const advice: Partial<Record<ErrorCode, string>> = {
  E0000001: 'Compare the body with the causes: each names one attribute and what is wrong with it.',
  E0000003:
    'The body is not JSON, or not of the shape that this operation reads. Format it and look at its first lines.',
  E0000004: 'User name or password is wrong, or the person is not active. Read the user to see their status.',
  E0000005: 'The session has ended or was never one. Sign in again and use the new one.',
  E0000006:
    'The owner of the token may not do this. Look at their admin roles, or use the token of someone who may.',
  E0000007: 'Nothing has this id in this org. Check the id, and that the environment is the org you mean.',
  E0000008: 'No operation has this path. Compare it with the operation in Docs.',
  E0000011:
    'Okta does not know this token: it was revoked, expired after 30 days without use, or belongs to another org. Make a new one and put it into the environment.',
  E0000014:
    'The credentials were refused by the password policy or the provider. The causes say by which rule.',
  E0000015: 'The org has no such feature, or the token may not use it.',
  E0000016: 'The person is active already; nothing is left to do.',
  E0000017:
    'A password is reset for people who are ACTIVE, RECOVERY or PASSWORD_EXPIRED. Read the user to see their status.',
  E0000022: 'The path is right and the method is not. Docs shows which one the operation has.',
  E0000023: 'The profile is mastered by a directory or app; change it there.',
  E0000031:
    'The expression of search or filter is not understood. Text stands in double quotes, and dates are ISO 8601.',
  E0000034:
    'Forgotten passwords are for people who are ACTIVE, with a recovery question and a policy that allows it.',
  E0000036: 'The recovery question is changed for people who are ACTIVE with a valid password.',
  E0000038:
    'The person is in a status that does not allow this. Read the user to see it; the lifecycle operations change it.',
  E0000047:
    'The org’s limit for this minute is used up. Wait until X-Rate-Limit-Reset, or run with less of the capacity.',
  E0000060: 'This org cannot do that: its engine or its features differ.',
  E0000068: 'The code or the answer is wrong. A new code comes every 30 seconds.',
  E0000069: 'The person is locked out. Unlock them first.',
  E0000079: 'The transaction has gone on to another step. Its state token’s links say which one comes next.',
  E0000080: 'The password does not meet the policy. The causes list what is missing.',
  E0000090: 'The role is assigned already; nothing is left to do.',
  E0000095: 'Nobody with this login may recover here.',
  E0000105: 'The link was used or is too old. Ask for a new one.',
  E0000112: 'The person is being activated. Try again in a moment.',
  E0000124: 'nextLogin=changePassword needs a password in the body.',
  E0000125: 'nextLogin=changePassword needs activate=true.',
  E0000142: 'The default user type stays, and one that people have cannot go.',
};

/** What a person may try after an error of Okta, where more is known than its words say. */
export function adviseOn(code: ErrorCode): string | undefined {
  return advice[code];
}
