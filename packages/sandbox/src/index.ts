/**
 * Runs one untrusted script with `pm.*` and says what it did: assertions, variable writes, console, nested
 * requests. Must not know runs or reporters, and gives a script no file, process or network of its own.
 */
export type * from './protocol.ts';
export { createSandbox } from './sandbox.ts';
export type { SandboxOptions } from './sandbox.ts';
