import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * The table of allowed arrows: which room may import which. `browser` rooms may not use Node's own modules.
 * `types` lists rooms of which only types may be imported.
 * @type {Readonly<Record<string, { readonly imports: readonly string[], readonly types?: readonly string[], readonly browser?: boolean }>>}
 */
export const rooms = {
  'packages/collection': { imports: [], browser: true },
  'packages/okta-api': { imports: ['@castellan/collection'], browser: true },
  'packages/sandbox': { imports: ['@castellan/collection'] },
  'packages/engine': { imports: ['@castellan/sandbox', '@castellan/collection'] },
  'packages/local-org': { imports: ['@castellan/okta-api', '@castellan/collection'] },
  'packages/workbench': {
    imports: ['@castellan/engine', '@castellan/local-org', '@castellan/okta-api', '@castellan/collection'],
  },
  'apps/cli': {
    imports: [
      '@castellan/workbench',
      '@castellan/engine',
      '@castellan/sandbox',
      '@castellan/local-org',
      '@castellan/okta-api',
      '@castellan/collection',
    ],
  },
  'apps/web': {
    imports: [
      '@castellan/okta-api',
      '@castellan/collection',
      '@castellan/workbench/api',
      // What scripts can reach, as text: completion reads it.
      '@castellan/sandbox/pm.d.ts?raw',
    ],
    types: ['@castellan/engine', '@castellan/workbench'],
    browser: true,
  },
};

/** One import statement: who imports what, and whether it disappears with the types. */
/** @typedef {{ readonly file: string, readonly specifier: string, readonly typeOnly: boolean }} Import */

const STATEMENT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/**
 * Reads the imports of a room's own sources; tests are not asked, because they may use any public door.
 * @param {string} root of the checkout
 * @param {string} room its folder, from the root
 * @returns {Import[]}
 */
export function importsOf(root, room) {
  const files = readdirSync(join(root, room, 'src'), { recursive: true, encoding: 'utf8' });
  return files
    .filter((name) => /\.(ts|tsx)$/.test(name) && !/\.test\.tsx?$/.test(name))
    .flatMap((name) => {
      const file = join(room, 'src', name);
      const text = withoutComments(readFileSync(join(root, file), 'utf8'));
      return [...text.matchAll(STATEMENT)].map((found) => ({
        file,
        specifier: /** one of the two groups is set @type {string} */ (found[2] ?? found[3]),
        typeOnly: found[1] !== undefined,
      }));
    });
}

/** @param {string} text */
function withoutComments(text) {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/**
 * The imports that the table does not allow, each as a sentence.
 * @param {string} room
 * @param {readonly Import[]} imports
 */
export function forbiddenImports(room, imports) {
  const rule = rooms[room];
  if (rule === undefined) return [`${room} is not in the table of rooms.`];
  return imports.flatMap(({ file, specifier, typeOnly }) => {
    if (specifier.startsWith('.')) {
      const target = relative('.', resolve(dirname(file), specifier));
      return target.startsWith(`${room}/`) ? [] : [`${file} reaches into another room: ${specifier}`];
    }
    if (specifier.startsWith('node:'))
      return rule.browser ? [`${file} uses ${specifier}; the browser has this room too.`] : [];
    if (!specifier.startsWith('@castellan/')) return [];
    const allowed = rule.imports.includes(specifier) || (typeOnly && rule.types?.includes(specifier));
    return allowed ? [] : [`${file} may not import ${specifier}.`];
  });
}

/**
 * Cycles among a room's files as they are at run time, each as the files in order.
 * @param {readonly Import[]} imports
 */
export function findCycles(imports) {
  /** @type {Map<string, string[]>} */
  const arrows = new Map();
  for (const { file, specifier, typeOnly } of imports) {
    if (typeOnly || !specifier.startsWith('.')) continue;
    const target = relative('.', resolve(dirname(file), specifier));
    arrows.set(file, [...(arrows.get(file) ?? []), target]);
  }
  /** @type {string[][]} */
  const cycles = [];
  /** @type {Set<string>} */
  const done = new Set();
  for (const file of arrows.keys()) visit(file, []);
  return cycles;

  /** @param {string} file @param {string[]} path */
  function visit(file, path) {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    if (done.has(file)) return;
    for (const next of arrows.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  }
}
