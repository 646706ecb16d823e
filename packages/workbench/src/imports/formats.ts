import { readAny, writeCollection, writeEnvironment } from '@castellan/collection';
import type { Formats } from '../neighbours.ts';

/** The readers and writers of `@castellan/collection`, as the workbench asks for them. */
export function createFormats(): Formats {
  return {
    readAny(text) {
      // A person who imports a pack wants every request in it, also those that Postman would take for deleted.
      const read = readAny(text, { unlisted: 'kept' });
      const { notes, format } = read;
      if (read.kind === 'environment')
        return [{ kind: 'environment', environment: read.environment, notes, format }];
      return read.collections.map((collection) => ({ kind: 'collection', collection, notes, format }));
    },
    writeCollection,
    writeEnvironment,
  };
}
