// What the lock file says of the packages that run-time code stands on: none may bring an install script, and each has
// a licence that Apache-2.0 code may be distributed with. Works offline: the lock file says all of it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

/** Licences by their SPDX names that code under Apache-2.0 may be bundled with. */
const ALLOWED = new Set([
  'Apache-2.0',
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'Unlicense',
  'BlueOak-1.0.0',
  'Python-2.0',
  'PSF-2.0',
  'Zlib',
  'OFL-1.1',
]);

/** Packages whose manifest names no licence by its SPDX name; their LICENSE file says it. */
const OLD_MANIFESTS = new Map([
  ['httpntlm', 'MIT'],
  ['css-select', 'BSD-2-Clause'],
  ['domutils', 'BSD-2-Clause'],
  ['querystring-es3', 'MIT'],
]);

/** Rooms that bundle what their development dependencies name. */
const BUNDLING = new Set(['apps/cli', 'apps/web', 'packages/sandbox']);

/** Packages that make the bundle and are no part of it. */
const BUILDERS = new Set(['vite', '@vitejs/plugin-react', 'tailwindcss', '@tailwindcss/vite']);

/** @typedef {{ readonly version?: string, readonly license?: string | readonly { readonly type: string }[], readonly hasInstallScript?: boolean, readonly dependencies?: Record<string, string>, readonly optionalDependencies?: Record<string, string>, readonly link?: boolean }} Locked */

/** A package that ends up in what is distributed. */
/** @typedef {{ readonly name: string, readonly version: string, readonly license: string, readonly hasInstallScript: boolean }} Bundled */

/**
 * Every package that the rooms' run-time code needs, with what those need in turn, by name.
 * @returns {Bundled[]}
 */
export function listBundled() {
  /** @type {Readonly<Record<string, Locked>>} */
  const packages = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const found = new Map();
  const waiting = roomsOf().flatMap(({ path, names }) => names.map((name) => ({ name, from: path })));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const place = resolve(packages, next.name, next.from);
    if (place === undefined || found.has(place)) continue;
    const locked = packages[place] ?? {};
    found.set(place, {
      name: next.name,
      version: locked.version ?? '',
      license: OLD_MANIFESTS.get(next.name) ?? toLicence(locked.license) ?? 'unknown',
      hasInstallScript: locked.hasInstallScript === true,
    });
    const needs = Object.keys({ ...locked.dependencies, ...locked.optionalDependencies });
    waiting.push(...needs.map((name) => ({ name, from: place })));
  }
  const all = [...found.values()];
  return all.toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/**
 * What is wrong with the packages that are distributed, a sentence each.
 * @param {readonly Bundled[]} bundled
 */
export function findFaults(bundled) {
  return bundled.flatMap(({ name, version, license, hasInstallScript }) => [
    ...(hasInstallScript ? [`${name}@${version} runs a script when it is installed.`] : []),
    ...(isAllowed(license)
      ? []
      : [`${name}@${version} has the licence ${license}, which is not on the list.`]),
  ]);
}

/** Old manifests list the licences to choose from. @param {Locked['license']} license */
function toLicence(license) {
  return Array.isArray(license) ? license.map(({ type }) => type).join(' OR ') : license;
}

/** A choice of licences is allowed when one of them is. @param {string} license */
function isAllowed(license) {
  return license
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => ALLOWED.has(one.trim())));
}

/** The rooms whose code is distributed, and the packages that each names. */
function roomsOf() {
  const folders = [
    ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}`),
    'apps/web',
    'apps/cli',
  ];
  return folders.map((path) => {
    const manifest = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'));
    const bundled = BUNDLING.has(path) ? manifest.devDependencies : {};
    const names = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...bundled });
    return {
      path,
      names: names.filter((name) => !/^@(castellan|types)\//.test(name) && !BUILDERS.has(name)),
    };
  });
}

/**
 * Where npm put a package for whoever asks from a place: the nearest `node_modules` upwards.
 * @param {Readonly<Record<string, Locked>>} packages
 * @param {string} name
 * @param {string} from
 */
function resolve(packages, name, from) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/')))) {
    const candidate = `${place === '' ? '' : `${place}/`}node_modules/${name}`;
    if (packages[candidate] !== undefined) return candidate;
    if (place === '') return undefined;
  }
}

/** The page of licences, as it is checked in. */
export function toLicencePage() {
  const rows = listBundled().map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`);
  return [
    '# Licences of bundled code',
    '',
    'Packages that are part of what Castellan distributes, with those that they need in turn. This page is written by',
    '`npm run generate` from the lock file.',
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
