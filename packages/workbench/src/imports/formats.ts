import {
  readFolder,
  readSource,
  writeCollection,
  writeEnvironment,
  type Collection,
  type Environment,
  type Note,
  type SourceFile,
  type SourceReading,
} from '@castellan/collection';

/** What one file turned out to be. */
export type ReadFile =
  | {
      readonly kind: 'collection';
      readonly collection: Collection;
      readonly notes: readonly Note[];
      readonly format: string;
    }
  | {
      readonly kind: 'environment';
      readonly environment: Environment;
      readonly notes: readonly Note[];
      readonly format: string;
    };

/** The readers and writers of files that the workbench needs, as `@castellan/collection` has them. */
export interface Formats {
  /** Throws an error whose message is one sentence for the person who chose the file. */
  readAny(text: string): readonly ReadFile[];
  /** Reads a file by its bytes, archives included; throws like `readAny`. */
  readBytes(bytes: Uint8Array, name: string): readonly ReadFile[];
  /** Reads a folder of files; throws like `readAny`. */
  readFolder(files: readonly SourceFile[], name: string): readonly ReadFile[];
  writeCollection(collection: Collection): string;
  writeEnvironment(environment: Environment): string;
}

// A person who imports a pack wants every request in it, also those that Postman would take for deleted.
const WHOLE = { unlisted: 'kept' } as const;

/** The readers and writers of `@castellan/collection`, as the workbench asks for them. */
export function createFormats(): Formats {
  return {
    readAny: (text) => readSource(text, WHOLE).flatMap(toReadFiles),
    readBytes: (bytes, name) => readSource(bytes, { ...WHOLE, name }).flatMap(toReadFiles),
    readFolder: (files, name) => readFolder(files, { ...WHOLE, name }).flatMap(toReadFiles),
    writeCollection,
    writeEnvironment,
  };
}

function toReadFiles({ collections, environments, notes, format }: SourceReading): ReadFile[] {
  return shareNotes(
    [
      ...collections.map((collection) => ({ kind: 'collection' as const, collection, notes: [], format })),
      ...environments.map((environment) => ({
        kind: 'environment' as const,
        environment,
        notes: [],
        format,
      })),
    ],
    notes,
  );
}

/** Each note goes to the thing in whose place it is, the others to the first. */
function shareNotes(things: readonly ReadFile[], notes: readonly Note[]): ReadFile[] {
  const nameOf = (read: ReadFile): string =>
    read.kind === 'collection' ? read.collection.name : read.environment.name;
  const isAbout = (read: ReadFile, { place }: Note): boolean =>
    place === nameOf(read) || place.startsWith(`${nameOf(read)} / `);
  return things.map((read, index) => ({
    ...read,
    notes: notes.filter((note) => (things.find((one) => isAbout(one, note)) ?? things[0]) === things[index]),
  }));
}
