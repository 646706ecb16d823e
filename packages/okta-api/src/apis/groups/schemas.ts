import { z } from 'zod';
import { Links, Timestamp } from '../../schemas.ts';

const GroupProfileInput = z.record(z.string(), z.json());

export const GroupBody = z.object({ profile: GroupProfileInput });

export const Group = z.looseObject({
  id: z.string(),
  created: Timestamp,
  lastUpdated: Timestamp,
  lastMembershipUpdated: Timestamp,
  objectClass: z.array(z.string()),
  type: z.enum(['OKTA_GROUP', 'APP_GROUP', 'BUILT_IN']),
  profile: z.looseObject({ name: z.string(), description: z.string().nullish() }),
  _links: Links,
  _embedded: z.looseObject({}).optional(),
});

const Exclusions = z.object({ exclude: z.array(z.string()).optional() });

export const GroupRuleBody = z.object({
  id: z.string().optional(),
  type: z.literal('group_rule'),
  name: z.string().min(1).max(50),
  status: z.string().optional(),
  conditions: z.object({
    expression: z.object({ type: z.literal('urn:okta:expression:1.0'), value: z.string().min(1) }),
    people: z.object({ users: Exclusions.optional(), groups: Exclusions.optional() }).optional(),
  }),
  actions: z.object({ assignUserToGroups: z.object({ groupIds: z.array(z.string()).min(1) }) }),
});

export const GroupRule = z.looseObject({
  type: z.literal('group_rule'),
  id: z.string(),
  status: z.enum(['ACTIVE', 'INACTIVE', 'INVALID']),
  name: z.string(),
  created: Timestamp,
  lastUpdated: Timestamp,
  conditions: z.looseObject({
    expression: z.looseObject({ value: z.string(), type: z.string() }),
  }),
  actions: z.looseObject({
    assignUserToGroups: z.looseObject({ groupIds: z.array(z.string()) }),
  }),
  _embedded: z.looseObject({}).optional(),
});

export const GroupOwnerBody = z.object({ id: z.string(), type: z.enum(['USER', 'GROUP']) });

export const GroupOwner = z.looseObject({ id: z.string(), type: z.enum(['USER', 'GROUP']) });
