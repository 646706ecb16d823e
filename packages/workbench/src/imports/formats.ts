import { readAny, writeCollection, writeEnvironment } from '@castellan/collection';
import type { Formats } from '../neighbours.ts';

/** The readers and writers of `@castellan/collection`, as the workbench asks for them. */
export function createFormats(): Formats {
  return {
    readAny(text) {
      const read = readAny(text);
      const { notes, format } = read;
      if (read.kind === 'environment')
        return [{ kind: 'environment', environment: read.environment, notes, format }];
      return read.collections.map((collection) => ({ kind: 'collection', collection, notes, format }));
    },
    writeCollection,
    writeEnvironment,
  };
}
