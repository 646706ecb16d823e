import type { operations } from '@castellan/okta-api';
import { page, type Context, type HandlersOf } from '../handling.ts';
import { invalid, notFound, OktaError } from '../okta-error.ts';
import { getUser } from '../people.ts';
import type { LinkDefinitionRecord } from '../store/records.ts';

const MOST_DEFINITIONS = 200;

interface Side {
  readonly name: string;
  readonly title: string;
  readonly description?: string | null | undefined;
}

export const linkedObjects = {
  createDefinition: ({ body }, context) => create(context, body.primary, body.associated),
  listDefinitions: (_, context) => list(context),
  getDefinition: ({ params }, context) => toView(context, getDefinition(context, params.name)),
  deleteDefinition: ({ params }, context) => remove(context, params.name),

  createDefinitionOldPath: ({ body }, context) => create(context, body.primary, body.associated),
  listDefinitionsOldPath: (_, context) => list(context),
  getDefinitionOldPath: ({ params }, context) => toView(context, getDefinition(context, params.name)),
  deleteDefinitionOldPath: ({ params }, context) => remove(context, params.name),

  setValue({ params }, context) {
    const associated = getUser(context, params.userId);
    const definition = getDefinition(context, params.name);
    if (definition.primary.name !== params.name)
      throw invalid('linkedObject', 'linkedObject: A value is set by the primary name');
    const primary = getUser(context, params.primaryUserId);
    context.store.links.put({
      id: `${definition.id}/${associated.id}`,
      definitionId: definition.id,
      primaryId: primary.id,
      associatedId: associated.id,
    });
  },

  listValues({ params }, context) {
    const user = getUser(context, params.userId);
    const definition = getDefinition(context, params.name);
    const one = context.store.links.get(`${definition.id}/${user.id}`);
    const asPrimary = context.store.links.by('primary', `${definition.id}/${user.id}`);
    const ids =
      definition.primary.name === params.name
        ? one
          ? [one.primaryId]
          : []
        : asPrimary.map((link) => link.associatedId);
    const items = ids
      .filter((id) => context.store.users.get(id))
      .map((id) => ({ _links: { self: { href: `${context.origin}/api/v1/users/${id}` } } }));
    return page({ items, self: [['limit', '1000']] });
  },

  // Okta: 204 even when there was no value.
  deleteValue({ params }, context) {
    const user = getUser(context, params.userId);
    const definition = getDefinition(context, params.name);
    context.store.links.delete(`${definition.id}/${user.id}`);
  },
} satisfies HandlersOf<(typeof operations)['linked-objects']>;

/** By either name, with regard to case. */
function getDefinition({ store }: Context, name: string): LinkDefinitionRecord {
  for (const one of store.linkDefinitions.values())
    if (one.primary.name === name || one.associated.name === name) return one;
  throw notFound(name, 'LinkedObject');
}

function create(context: Context, primary: Side, associated: Side): object {
  const { store, ids } = context;
  const names = [primary.name, associated.name];
  for (const name of names)
    if (!/^[A-Za-z_]\w*$/.test(name))
      throw invalid(
        'name',
        'name: A letter or underscore must come first, then letters, digits and underscores',
      );
  const isTaken = [...store.linkDefinitions.values()].some(
    (one) => names.includes(one.primary.name) || names.includes(one.associated.name),
  );
  if (isTaken || primary.name === associated.name)
    throw new OktaError('E0000127', { about: 'A linked object definition with this name already exists.' });
  if (store.linkDefinitions.size >= MOST_DEFINITIONS)
    throw invalid('linkedObject', `linkedObject: An org has at most ${MOST_DEFINITIONS} definitions`);
  const definition = store.linkDefinitions.put({
    id: ids.next('schema'),
    primary: toSide(primary),
    associated: toSide(associated),
  });
  write(context, definition, 'directory.linked_object.create', 'Create linked object definition');
  return toView(context, definition);
}

function toSide({ name, title, description }: Side) {
  return { name, title, description: description ?? null, type: 'USER' as const };
}

function list(context: Context): object[] {
  return [...context.store.linkDefinitions.values()].map((one) => toView(context, one));
}

function remove(context: Context, name: string): void {
  const definition = getDefinition(context, name);
  for (const link of context.store.links.by('definition', definition.id)) context.store.links.delete(link.id);
  context.store.linkDefinitions.delete(definition.id);
  write(context, definition, 'directory.linked_object.delete', 'Delete linked object definition');
}

function write(
  context: Context,
  definition: LinkDefinitionRecord,
  eventType: string,
  displayMessage: string,
): void {
  const { name, title } = definition.primary;
  context.log({
    eventType,
    displayMessage,
    targets: [{ id: name, type: 'LinkedObject', alternateId: name, displayName: title }],
  });
}

function toView({ origin }: Context, { primary, associated }: LinkDefinitionRecord): object {
  const self = { href: `${origin}/api/v1/meta/schemas/user/linkedObjects/${primary.name}` };
  return { primary, associated, _links: { self } };
}
