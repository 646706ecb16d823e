import { isUtf8 } from 'node:buffer';
import type { SandboxResponse } from './protocol.ts';
import type { ResponseHead } from './wire.ts';

/** A response without its body, as a script first sees it. */
export function toResponseHead({ code, status, headers, responseTime, body }: SandboxResponse): ResponseHead {
  return { code, status, headers, responseTime, size: body.length, isBinary: !isText(body) };
}

/** A body as it goes into the machine: its own bytes where they are text, else base64. */
export function toBodyText(body: Uint8Array): Uint8Array | string {
  return isText(body) ? body : Buffer.from(body).toString('base64');
}

/** A zero would end the text in the machine. */
function isText(body: Uint8Array): boolean {
  return isUtf8(body) && !body.includes(0);
}
