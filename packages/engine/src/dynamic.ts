import { randomInt, randomUUID } from 'node:crypto';

const values: Readonly<Record<string, () => string>> = {
  $guid: () => randomUUID(),
  $randomUUID: () => randomUUID(),
  $timestamp: () => String(Math.floor(Date.now() / 1000)),
  $isoTimestamp: () => new Date().toISOString(),
  $randomInt: () => String(randomInt(0, 1001)),
};

/** Postman's dynamic variables, a new value at every use. */
export function readDynamic(name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name]?.() : undefined;
}
