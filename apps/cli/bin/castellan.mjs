#!/usr/bin/env node
// In a checkout this builds what is stale first; the published package holds only what is built.
import { existsSync } from 'node:fs';

const build = new URL('../../../scripts/build.mjs', import.meta.url);
if (existsSync(build)) await (await import(build.href)).build();
await import(new URL('../dist/main.mjs', import.meta.url).href);
