/** One thing a script can reach. */
export interface Member {
  readonly name: string;
  /** As TypeScript writes it; empty when there is nothing to say. */
  readonly type: string;
  /** A sentence about it. */
  readonly says: string;
}

/** What scripts can reach: names of their own, and groups of members by the name of their type. */
export interface ScriptApi {
  readonly globals: readonly Member[];
  readonly groups: ReadonlyMap<string, readonly Member[]>;
}

const INTERFACE = /interface (\w+) \{\n([\s\S]*?)\n {2}\}/g;
const MEMBER = /(?:\/\*\* (.*?) \*\/\s+)?^ {4}(\w+)(\(.*\): .*|: .*);$/gm;
const GLOBAL = /(?:\/\*\* (.*?) \*\/\n)?declare const (\w+): (.*);/g;

/** Reads the declarations that the sandbox generates; see `packages/sandbox/pm.d.ts`. */
export function readDeclarations(text: string): ScriptApi {
  const groups = new Map<string, readonly Member[]>();
  for (const [, name = '', inside = ''] of text.matchAll(INTERFACE)) {
    groups.set(
      name,
      [...inside.matchAll(MEMBER)].map(([, says = '', member = '', rest = '']) => ({
        name: member,
        type: rest.startsWith('(') ? rest.replace(/\): (?!.*\): )/, ') => ') : rest.slice(2),
        says,
      })),
    );
  }
  const globals = [...text.matchAll(GLOBAL)].map(([, says = '', name = '', type = '']) => ({
    name,
    type: type.replace('Sandbox.', ''),
    says: says === '' && name === 'pm' ? 'What Postman gives to scripts.' : says,
  }));
  return { globals, groups };
}

/**
 * What follows a chain of members.
 * @param chain such as `pm.cookies.jar()`
 * @returns `undefined` when nothing is known of it
 */
export function findMembers({ globals, groups }: ScriptApi, chain: string): readonly Member[] | undefined {
  const [first = '', ...others] = chain.split('.');
  let type = typeOf(globals, first);
  for (const part of others) type = typeOf(groups.get(type ?? '') ?? [], part);
  return groups.get(type ?? '');
}

/** The type of a member, or what comes of it when it is called. */
function typeOf(members: readonly Member[], part: string): string | undefined {
  const name = part.replace(/\(.*$/, '');
  const type = members.find((member) => member.name === name)?.type;
  return part.endsWith(')') ? /=> (\w+)$/.exec(type ?? '')?.[1] : type;
}
