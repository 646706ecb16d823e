import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from './files.ts';

const BaseFile = z.object({
  version: z.literal(1),
  /** The repairs that a person chose, so that the same file is repaired in the same way again. */
  repairs: z.array(z.string()),
  /** The thing as the file had it, in the format of the workspace. */
  text: z.string(),
});

/** What a file held when it was last imported. */
export type ImportBase = Omit<z.infer<typeof BaseFile>, 'version'>;

/** What was last imported, by the thing it became: with it a later import can tell whose change is whose. */
export interface Bases {
  /** `undefined` when there is none, or none that can be read: then nobody knows who changed what. */
  find(kind: string, id: string): Promise<ImportBase | undefined>;
  put(kind: string, id: string, base: ImportBase): Promise<void>;
}

/** Opens the bases of a workspace, which lie beside its lock and are no part of a repository. */
export function openBases(workspace: string): Bases {
  const pathOf = (kind: string, id: string): string => {
    const name = createHash('sha256').update(`${kind} ${id}`).digest('hex').slice(0, 32);
    return join(workspace, '.castellan', 'imports', `${name}.json`);
  };
  return {
    async find(kind, id) {
      const text = await readFile(pathOf(kind, id), 'utf8').catch(() => 'null');
      try {
        return BaseFile.safeParse(JSON.parse(text)).data;
      } catch {
        return undefined;
      }
    },
    put: (kind, id, base) =>
      writeWhole(
        pathOf(kind, id),
        `${JSON.stringify({ version: 1, ...base } satisfies z.infer<typeof BaseFile>)}\n`,
      ),
  };
}
