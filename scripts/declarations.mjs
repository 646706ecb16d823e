// The types of the published package: one file that needs no other, made of everything that `castellan` exports.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import { root } from './install.mjs';

/**
 * Writes `index.d.ts`, the library, and `pm.d.ts`, what a script can reach.
 * @param {string} folder where they go, absolute
 */
export function writeDeclarations(folder) {
  // Outside of node_modules, where every file counts as another's package.
  const workspace = realpathSync(mkdtempSync(join(tmpdir(), 'castellan-declarations-')));
  try {
    emitEachFile(workspace);
    rollUp(workspace, join(folder, 'index.d.ts'));
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
  copyFileSync(join(root, 'packages/sandbox/pm.d.ts'), join(folder, 'pm.d.ts'));
}

/**
 * One declaration beside each source; the compiler can do no more.
 * @param {string} workspace
 */
function emitEachFile(workspace) {
  const config = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
      paths: { '@castellan/*': [join(root, 'packages/*/src/index.ts')] },
      noEmit: false,
      // The check of types is `npm run types`, with the declarations that only it sees.
      noCheck: true,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: root,
      outDir: workspace,
    },
    files: [join(root, 'apps/cli/src/index.ts')],
  };
  const file = join(workspace, 'tsconfig.json');
  writeFileSync(file, JSON.stringify(config));
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', file], { stdio: 'inherit' });
  if (status !== 0) throw new Error('The declarations of the package could not be written.');
}

/**
 * One file of them all, with what nobody reaches left out.
 * @param {string} workspace
 * @param {string} output
 */
function rollUp(workspace, output) {
  const base = JSON.parse(readFileSync(join(root, 'tsconfig.base.json'), 'utf8'));
  const entry = join(workspace, 'apps/cli/src/index.d.ts');
  const packageJson = join(workspace, 'apps/cli/package.json');
  writeFileSync(packageJson, JSON.stringify({ name: 'castellan' }));
  const silent = { default: { logLevel: ExtractorLogLevel.None } };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: join(workspace, 'api-extractor.json'),
    packageJsonFullPath: packageJson,
    configObject: {
      projectFolder: join(workspace, 'apps/cli'),
      mainEntryPointFilePath: entry,
      bundledPackages: ['@castellan/*'],
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            ...base.compilerOptions,
            types: ['node'],
            typeRoots: [join(root, 'node_modules/@types')],
            paths: {
              '@castellan/*': [join(workspace, 'packages/*/src/index.d.ts')],
            },
          },
          files: [entry],
        },
      },
      apiReport: { enabled: false, reportFileName: 'castellan.api.md' },
      docModel: { enabled: false },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: output },
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  });
  const { succeeded } = Extractor.invoke(config, { localBuild: true, messageCallback: toSilence });
  if (!succeeded) throw new Error('The declarations of the package could not be put together.');
}

/** @param {import('@microsoft/api-extractor').ExtractorMessage} message */
function toSilence(message) {
  if (message.logLevel === ExtractorLogLevel.Info || message.logLevel === ExtractorLogLevel.Verbose)
    message.handled = true;
}
