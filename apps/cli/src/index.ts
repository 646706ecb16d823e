/** The library: `import { run } from 'castellan'`. */
export { version } from './version.ts';
