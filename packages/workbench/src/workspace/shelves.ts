import { join } from 'node:path';
import type { Collection, Environment } from '@castellan/collection';
import { WorkbenchError } from '../errors.ts';
import type { Formats } from '../imports/formats.ts';
import { openShelf, type Shelf } from './shelf.ts';

/** The two folders of a workspace. */
export interface Shelves {
  readonly collections: Shelf<Collection>;
  readonly environments: Shelf<Environment>;
}

/** Opens the folders of a workspace and reads what is in them; nothing is written. */
export async function openShelves(folder: string, formats: Formats): Promise<Shelves> {
  return {
    collections: await openShelf<Collection>({
      folder: join(folder, 'collections'),
      noun: 'collection',
      read: (text) => readOne(formats, text, 'collection'),
      write: formats.writeCollection,
    }),
    environments: await openShelf<Environment>({
      folder: join(folder, 'environments'),
      noun: 'environment',
      read: (text) => readOne(formats, text, 'environment'),
      write: formats.writeEnvironment,
    }),
  };
}

function readOne<Kind extends 'collection' | 'environment'>(
  formats: Formats,
  text: string,
  kind: Kind,
): Kind extends 'collection' ? Collection : Environment {
  const found = formats.readAny(text).find((read) => read.kind === kind);
  if (found === undefined) {
    throw new WorkbenchError(
      'import-unreadable',
      `This file holds no ${kind}. Move it to the folder it belongs to.`,
    );
  }
  // `kind` says which of the two it is.
  return (found.kind === 'collection' ? found.collection : found.environment) as ReturnType<
    typeof readOne<Kind>
  >;
}
