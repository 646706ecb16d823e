// Says on stdout where the built sandbox of this checkout lies, and builds it first if it is stale. A process of
// its own: an image made within a test runner's module loader does not fit the worker.
import { bundle } from '../../../scripts/bundle.mjs';

const { cachedSandbox } = await bundle('packages/sandbox/build/build.ts');
process.stdout.write((await cachedSandbox()).href);
