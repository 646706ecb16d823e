import type { operations } from '@castellan/okta-api';
import type { Context, HandlersOf } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { getDefaultUserType, toTimestamp } from '../people.ts';
import { userBase } from '../profile-schema.ts';
import type { UserTypeRecord } from '../store/records.ts';

/** Counting the default one (user-types#create-user-type). */
const MOST_TYPES = 10;

export const userTypes = {
  listUserTypes: (_, context) =>
    [...context.store.userTypes.values()].map((type) => toTypeView(context, type)),

  createUserType({ body }, context) {
    const { store, ids, now, caller } = context;
    if (!/^[A-Za-z]\w*$/.test(body.name))
      throw invalid('name', 'name: A letter must come first, then letters, digits and underscores');
    if (body.displayName === '') throw invalid('displayName', 'displayName: The field cannot be left blank');
    if (store.userTypes.by('name', body.name).length > 0)
      throw invalid('name', 'name: An object with this field already exists in the current organization');
    if (store.userTypes.size >= MOST_TYPES)
      throw invalid('userType', `userType: An org has at most ${MOST_TYPES} user types`);
    const maker = caller.user?.id ?? '';
    const type = store.userTypes.put({
      id: ids.next('userType'),
      name: body.name,
      displayName: body.displayName,
      description: body.description ?? null,
      isDefault: false,
      schemaId: ids.next('schema'),
      created: now,
      lastUpdated: now,
      createdBy: maker,
      lastUpdatedBy: maker,
    });
    store.schemas.put({
      id: type.schemaId,
      title: type.displayName,
      base: userBase,
      custom: {},
      created: now,
      lastUpdated: now,
    });
    context.log({
      eventType: 'directory.non_default_user_profile.create',
      displayMessage: 'Create a non-default user profile',
      targets: [{ id: type.id, type: 'UserType', alternateId: 'unknown', displayName: type.displayName }],
    });
    return toTypeView(context, type);
  },

  getUserType: ({ params }, context) => toTypeView(context, getType(context, params.typeId)),

  updateUserType: ({ params, body }, context) => change(context, getType(context, params.typeId), body),

  replaceUserType({ params, body }, context) {
    const type = getType(context, params.typeId);
    if (body.name !== type.name) throw invalid('name', 'name: The name of a user type cannot be changed');
    return change(context, type, { displayName: body.displayName, description: body.description ?? null });
  },

  deleteUserType({ params }, context) {
    const type = getType(context, params.typeId);
    if (type.isDefault) throw new OktaError('E0000142', { causes: ['PROHIBITED'] });
    if (context.store.users.by('type', type.id).length > 0)
      throw new OktaError('E0000142', { causes: ['UNMET_REQUIREMENTS'] });
    context.store.schemas.delete(type.schemaId);
    context.store.userTypes.delete(type.id);
  },
} satisfies HandlersOf<(typeof operations)['user-types']>;

/** `default` stands for the default type. */
function getType({ store }: Context, id: string): UserTypeRecord {
  const type = id === 'default' ? getDefaultUserType(store) : store.userTypes.get(id);
  if (!type) throw notFound(id, 'CVDType');
  return type;
}

function change(
  context: Context,
  type: UserTypeRecord,
  given: { displayName?: string | undefined; description?: string | null | undefined },
): object {
  const changed = context.store.userTypes.put({
    ...type,
    displayName: given.displayName ?? type.displayName,
    description: given.description === undefined ? type.description : given.description,
    lastUpdated: context.now,
    lastUpdatedBy: context.caller.user?.id ?? type.lastUpdatedBy,
  });
  return toTypeView(context, changed);
}

function toTypeView({ origin }: Context, type: UserTypeRecord): object {
  const link = (rel: string, path: string) => ({ rel, href: `${origin}/api/v1/meta/${path}`, method: 'GET' });
  return {
    id: type.id,
    displayName: type.displayName,
    name: type.name,
    description: type.description,
    createdBy: type.createdBy,
    lastUpdatedBy: type.lastUpdatedBy,
    created: toTimestamp(type.created),
    lastUpdated: toTimestamp(type.lastUpdated),
    default: type.isDefault,
    _links: {
      schema: link('schema', `schemas/user/${type.schemaId}`),
      self: link('self', `types/user/${type.id}`),
    },
  };
}
