import type { HeaderLine } from '@castellan/engine';

/** Okta names each answer; the System Log says of an event which one it belongs to. */
export function findRequestId(headers: readonly HeaderLine[]): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'x-okta-request-id')?.[1];
}
