import { z } from 'zod';
import { Links, Timestamp } from '../../schemas.ts';

/** Source: roles#role-types. */
const RoleType = z.enum([
  'SUPER_ADMIN',
  'ORG_ADMIN',
  'APP_ADMIN',
  'USER_ADMIN',
  'HELP_DESK_ADMIN',
  'GROUP_MEMBERSHIP_ADMIN',
  'READ_ONLY_ADMIN',
  'REPORT_ADMIN',
  'MOBILE_ADMIN',
  'API_ACCESS_MANAGEMENT_ADMIN',
  'ACCESS_CERTIFICATIONS_ADMIN',
  'ACCESS_REQUESTS_ADMIN',
  'CUSTOM',
]);

export const AssignRoleBody = z.object({
  type: RoleType,
  role: z.string().optional(),
  'resource-set': z.string().optional(),
});

export const RoleAssignment = z.looseObject({
  id: z.string(),
  label: z.string(),
  type: z.string(),
  status: z.string(),
  created: Timestamp,
  lastUpdated: Timestamp,
  assignmentType: z.enum(['USER', 'GROUP', 'CLIENT']),
  _links: Links,
  _embedded: z.looseObject({}).optional(),
});

/** An app of the catalogue, or one instance of it (which has an id). */
export const CatalogApp = z.looseObject({
  id: z.string().optional(),
  name: z.string(),
  status: z.string(),
  _links: Links,
});

const page = { _links: Links.optional() };

export const AssignedUsers = z.looseObject({
  ...page,
  value: z.array(z.looseObject({ id: z.string(), orn: z.string(), _links: Links })),
});

export const CreateRoleBody = z.object({
  label: z.string(),
  description: z.string(),
  permissions: z.array(z.string()),
});

export const LabelBody = z.object({ label: z.string(), description: z.string() });

export const CustomRole = z.looseObject({
  id: z.string(),
  label: z.string(),
  description: z.string().nullish(),
  created: Timestamp,
  lastUpdated: Timestamp,
  _links: Links,
});

export const CustomRoles = z.looseObject({ ...page, roles: z.array(CustomRole) });

const ConditionSide = z.record(z.string(), z.json());

export const PermissionBody = z.object({
  conditions: z.object({ include: ConditionSide.optional(), exclude: ConditionSide.optional() }).nullish(),
});

export const Permission = z.looseObject({
  label: z.string(),
  conditions: z.looseObject({}).nullish(),
  created: Timestamp,
  lastUpdated: Timestamp,
  _links: Links,
});

export const Permissions = z.looseObject({ permissions: z.array(Permission) });

export const CreateResourceSetBody = z.object({
  // Okta: a missing label is refused in words of its own, which the org writes.
  label: z.string().optional(),
  description: z.string().optional(),
  resources: z.array(z.string()).optional(),
});

export const ResourceSet = z.looseObject({
  id: z.string(),
  label: z.string(),
  description: z.string().nullish(),
  created: Timestamp,
  lastUpdated: Timestamp,
  _links: Links,
});

export const ResourceSets = z.looseObject({ ...page, 'resource-sets': z.array(ResourceSet) });

export const AdditionsBody = z.object({ additions: z.array(z.string()) });

export const ResourceBody = z.object({
  resourceOrnOrUrl: z.string(),
  conditions: ConditionSide.optional(),
});

export const ResourceConditionsBody = z.object({ conditions: ConditionSide.optional() });

export const Resource = z.looseObject({ id: z.string(), orn: z.string(), _links: Links });

export const Resources = z.looseObject({ ...page, resources: z.array(Resource) });

export const BindingBody = z.object({ role: z.string(), members: z.array(z.string()) });

export const Binding = z.looseObject({ id: z.string(), _links: Links });

export const Bindings = z.looseObject({ ...page, roles: z.array(Binding) });

export const OnlyLinks = z.looseObject({ _links: Links });

export const Member = z.looseObject({
  id: z.string(),
  created: Timestamp,
  lastUpdated: Timestamp,
  _links: Links,
});

export const Members = z.looseObject({ ...page, members: z.array(Member) });
