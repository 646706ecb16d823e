import { z } from 'zod';
import { defineOperation } from '../../define.ts';
import { docsOf } from '../../docs.ts';
import { CursorQuery } from '../../schemas.ts';
import {
  AdditionsBody,
  AssignedUsers,
  Binding,
  BindingBody,
  Bindings,
  CreateResourceSetBody,
  CreateRoleBody,
  CustomRole,
  CustomRoles,
  LabelBody,
  Member,
  Members,
  OnlyLinks,
  Permission,
  PermissionBody,
  Permissions,
  Resource,
  ResourceBody,
  ResourceConditionsBody,
  Resources,
  ResourceSet,
  ResourceSets,
} from './schemas.ts';

const common = { api: 'admin-roles', authentication: 'token', bucket: 'other' } as const;
const roles = { ...common, docs: docsOf('RoleECustom') } as const;
const permissions = { ...common, docs: docsOf('RoleECustomPermission') } as const;
const sets = { ...common, docs: docsOf('RoleCResourceSet') } as const;
const resources = { ...common, docs: docsOf('RoleCResourceSetResource') } as const;
const bindings = { ...common, docs: docsOf('RoleDResourceSetBinding') } as const;
const members = { ...common, docs: docsOf('RoleDResourceSetBindingMember') } as const;

const AfterQuery = z.object({ after: z.string().optional() });
const missing = ['E0000006', 'E0000007'] as const;
const invalid = ['E0000001', 'E0000003', 'E0000006', 'E0000007'] as const;
const userUrl = '{{url}}/api/v1/users/{{userId}}';
const groupUrl = '{{url}}/api/v1/groups/{{groupId}}';

const setPath = '/api/v1/iam/resource-sets/{resourceSetIdOrLabel}';
const resourcePath = `${setPath}/resources/{resourceId}` as const;
const bindingPath = `${setPath}/bindings/{roleIdOrLabel}` as const;
const memberPath = `${bindingPath}/members/{memberId}` as const;
const rolePath = '/api/v1/iam/roles/{roleIdOrLabel}';
const permissionPath = `${rolePath}/permissions/{permissionType}` as const;

export const iamOperations = {
  listAssignedUsers: defineOperation({
    ...common,
    docs: docsOf('RoleAssignmentAUser'),
    method: 'GET',
    path: '/api/v1/iam/assignees/users',
    summary: 'List the users who hold any role',
    query: CursorQuery,
    paging: { defaultLimit: 100, maxLimit: 200 },
    success: { status: 200, answer: AssignedUsers },
    errors: ['E0000006'],
    examples: [{ title: 'List Users with Role Assignments' }],
  }),

  createRole: defineOperation({
    ...roles,
    method: 'POST',
    path: '/api/v1/iam/roles',
    summary: 'Create a custom role',
    body: CreateRoleBody,
    success: { status: 200, answer: CustomRole },
    errors: ['E0000001', 'E0000003', 'E0000006'],
    events: ['iam.role.create', 'iam.role.permissions.add'],
    examples: [
      {
        title: 'Create Role',
        body: {
          label: 'User creator {{$guid}}',
          description: 'May create users',
          permissions: ['okta.users.create', 'okta.users.read', 'okta.groups.read'],
        },
        saves: { roleIdOrLabel: 'id', customRoleId: 'id' },
      },
    ],
  }),

  listRoles: defineOperation({
    ...roles,
    method: 'GET',
    path: '/api/v1/iam/roles',
    summary: 'List the custom roles',
    query: AfterQuery,
    success: { status: 200, answer: CustomRoles },
    errors: ['E0000006'],
    examples: [{ title: 'List Roles' }],
  }),

  getRole: defineOperation({
    ...roles,
    method: 'GET',
    path: rolePath,
    summary: 'Read a custom role by id or label',
    success: { status: 200, answer: CustomRole },
    errors: missing,
    examples: [{ title: 'Get Role' }],
  }),

  replaceRole: defineOperation({
    ...roles,
    method: 'PUT',
    path: rolePath,
    summary: 'Replace the label and the description of a custom role',
    body: LabelBody,
    success: { status: 200, answer: CustomRole },
    errors: invalid,
    events: ['iam.role.update'],
    examples: [
      {
        title: 'Update Role',
        body: { label: 'User maker {{$guid}}', description: 'May create and read users' },
      },
    ],
  }),

  deleteRole: defineOperation({
    ...roles,
    method: 'DELETE',
    path: rolePath,
    summary: 'Delete a custom role',
    irreversible: true,
    success: { status: 204 },
    errors: missing,
    events: ['iam.role.delete'],
    examples: [{ title: 'Delete Role' }],
  }),

  listPermissions: defineOperation({
    ...permissions,
    method: 'GET',
    path: `${rolePath}/permissions`,
    summary: 'List the permissions of a custom role',
    success: { status: 200, answer: Permissions },
    errors: missing,
    examples: [{ title: 'List permissions' }],
  }),

  addPermission: defineOperation({
    ...permissions,
    method: 'POST',
    path: permissionPath,
    summary: 'Give a permission to a custom role',
    body: PermissionBody,
    bodyRequired: false,
    success: { status: 204 },
    errors: invalid,
    events: ['iam.role.permissions.add', 'iam.role.permission.conditions.add'],
    examples: [{ title: 'Add permission', path: { permissionType: 'okta.users.manage' } }],
  }),

  replacePermission: defineOperation({
    ...permissions,
    method: 'PUT',
    path: permissionPath,
    summary: 'Replace the conditions of a permission',
    body: PermissionBody,
    success: { status: 200, answer: Permission },
    errors: invalid,
    events: ['iam.role.permission.conditions.add'],
    examples: [
      {
        title: 'Update permission',
        path: { permissionType: 'okta.users.read' },
        body: {
          conditions: { include: { 'okta:ResourceAttribute/User/Profile': ['city', 'state'] } },
        },
      },
    ],
  }),

  getPermission: defineOperation({
    ...permissions,
    method: 'GET',
    path: permissionPath,
    summary: 'Read a permission of a custom role',
    success: { status: 200, answer: Permission },
    errors: missing,
    examples: [{ title: 'Get permission', path: { permissionType: 'okta.users.manage' } }],
  }),

  deletePermission: defineOperation({
    ...permissions,
    method: 'DELETE',
    path: permissionPath,
    summary: 'Take a permission away from a custom role',
    success: { status: 204 },
    errors: missing,
    events: ['iam.role.permissions.delete'],
    examples: [{ title: 'Delete permission', path: { permissionType: 'okta.users.manage' } }],
  }),

  createResourceSet: defineOperation({
    ...sets,
    method: 'POST',
    path: '/api/v1/iam/resource-sets',
    summary: 'Create a resource set',
    body: CreateResourceSetBody,
    success: { status: 200, answer: ResourceSet },
    errors: ['E0000001', 'E0000003', 'E0000006'],
    events: ['iam.resourceset.create', 'iam.resourceset.resources.add'],
    examples: [
      {
        title: 'Create Resource Set',
        body: {
          label: 'Sea side {{$guid}}',
          description: 'Everyone by the sea',
          resources: [groupUrl, '{{url}}/api/v1/users'],
        },
        saves: { resourceSetIdOrLabel: 'id', resourceSetId: 'id' },
      },
    ],
  }),

  listResourceSets: defineOperation({
    ...sets,
    method: 'GET',
    path: '/api/v1/iam/resource-sets',
    summary: 'List the resource sets',
    query: AfterQuery,
    success: { status: 200, answer: ResourceSets },
    errors: ['E0000006'],
    examples: [{ title: 'List Resource Sets' }],
  }),

  getResourceSet: defineOperation({
    ...sets,
    method: 'GET',
    path: setPath,
    summary: 'Read a resource set by id or label',
    success: { status: 200, answer: ResourceSet },
    errors: missing,
    examples: [{ title: 'Get Resource Set' }],
  }),

  replaceResourceSet: defineOperation({
    ...sets,
    method: 'PUT',
    path: setPath,
    summary: 'Replace the label and the description of a resource set',
    body: LabelBody,
    success: { status: 200, answer: ResourceSet },
    errors: invalid,
    events: ['iam.resourceset.update'],
    examples: [
      {
        title: 'Update resource set',
        body: { label: 'Sea side and islands {{$guid}}', description: 'Everyone near water' },
      },
    ],
  }),

  deleteResourceSet: defineOperation({
    ...sets,
    method: 'DELETE',
    path: setPath,
    summary: 'Delete a resource set with its bindings',
    irreversible: true,
    success: { status: 204 },
    errors: missing,
    events: ['iam.resourceset.delete'],
    examples: [{ title: 'Delete resource set' }],
  }),

  addResources: defineOperation({
    ...resources,
    method: 'PATCH',
    path: `${setPath}/resources`,
    summary: 'Put resources into a set',
    body: AdditionsBody,
    success: { status: 200, answer: ResourceSet },
    errors: invalid,
    events: ['iam.resourceset.resources.add'],
    examples: [{ title: 'Add more resources', body: { additions: ['{{url}}/api/v1/groups'] } }],
  }),

  listResources: defineOperation({
    ...resources,
    method: 'GET',
    path: `${setPath}/resources`,
    summary: 'List the resources of a set',
    query: CursorQuery,
    paging: { defaultLimit: 100, maxLimit: 200 },
    success: { status: 200, answer: Resources },
    errors: missing,
    examples: [{ title: 'List resources', saves: { resourceId: 'resources.0.id' } }],
  }),

  addResource: defineOperation({
    ...resources,
    method: 'POST',
    path: `${setPath}/resources`,
    summary: 'Put one resource into a set',
    body: ResourceBody,
    success: { status: 200, answer: Resource },
    errors: invalid,
    events: ['iam.resourceset.resources.add'],
    examples: [{ title: 'Add a resource', body: { resourceOrnOrUrl: userUrl } }],
  }),

  getResource: defineOperation({
    ...resources,
    method: 'GET',
    path: resourcePath,
    summary: 'Read one resource of a set',
    success: { status: 200, answer: Resource },
    errors: missing,
    examples: [{ title: 'Get a resource' }],
  }),

  replaceResource: defineOperation({
    ...resources,
    method: 'PUT',
    path: resourcePath,
    summary: 'Replace the conditions of a resource',
    body: ResourceConditionsBody,
    success: { status: 200, answer: Resource },
    errors: invalid,
    examples: [{ title: 'Update a resource', body: { conditions: {} } }],
  }),

  deleteResource: defineOperation({
    ...resources,
    method: 'DELETE',
    path: resourcePath,
    summary: 'Take a resource out of a set',
    success: { status: 204 },
    errors: missing,
    events: ['iam.resourceset.resources.delete'],
    examples: [{ title: 'Delete a resource' }],
  }),

  createBinding: defineOperation({
    ...bindings,
    method: 'POST',
    path: `${setPath}/bindings`,
    summary: 'Give a custom role over a resource set to members',
    body: BindingBody,
    success: { status: 200, answer: OnlyLinks },
    errors: invalid,
    events: ['iam.resourceset.bindings.add'],
    examples: [{ title: 'Create a new Binding', body: { role: '{{customRoleId}}', members: [userUrl] } }],
  }),

  listBindings: defineOperation({
    ...bindings,
    method: 'GET',
    path: `${setPath}/bindings`,
    summary: 'List the bindings of a resource set',
    query: AfterQuery,
    success: { status: 200, answer: Bindings },
    errors: missing,
    examples: [{ title: 'Get all Bindings in a Resource Set' }],
  }),

  getBinding: defineOperation({
    ...bindings,
    method: 'GET',
    path: bindingPath,
    summary: 'Read the binding of a custom role',
    success: { status: 200, answer: Binding },
    errors: missing,
    examples: [{ title: 'Get a Binding by Role ID' }],
  }),

  deleteBinding: defineOperation({
    ...bindings,
    method: 'DELETE',
    path: bindingPath,
    summary: 'Delete the binding of a custom role',
    irreversible: true,
    success: { status: 204 },
    errors: missing,
    events: ['iam.resourceset.bindings.delete'],
    examples: [{ title: 'Delete a Binding' }],
  }),

  addMembers: defineOperation({
    ...members,
    method: 'PATCH',
    path: `${bindingPath}/members`,
    summary: 'Put members into a binding',
    body: AdditionsBody,
    success: { status: 200, answer: OnlyLinks },
    errors: invalid,
    events: ['iam.resourceset.bindings.add'],
    examples: [{ title: 'Add more Members to a Binding', body: { additions: [groupUrl] } }],
  }),

  listMembers: defineOperation({
    ...members,
    method: 'GET',
    path: `${bindingPath}/members`,
    summary: 'List the members of a binding',
    query: AfterQuery,
    success: { status: 200, answer: Members },
    errors: missing,
    examples: [{ title: 'List Members in a Binding', saves: { memberId: 'members.0.id' } }],
  }),

  getMember: defineOperation({
    ...members,
    method: 'GET',
    path: memberPath,
    summary: 'Read one member of a binding',
    success: { status: 200, answer: Member },
    errors: missing,
    examples: [{ title: 'Get a Member from a Binding' }],
  }),

  removeMember: defineOperation({
    ...members,
    method: 'DELETE',
    path: memberPath,
    summary: 'Take a member out of a binding',
    success: { status: 204 },
    errors: missing,
    events: ['iam.resourceset.bindings.delete'],
    examples: [{ title: 'Delete a Member from a Binding' }],
  }),
};
