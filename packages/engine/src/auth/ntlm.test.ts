import { expect, test } from 'vitest';
import type { HeaderLine } from '../headers.ts';
import { parseAddress } from '../url.ts';
import { ntlm } from './ntlm.ts';
import type { AuthParameters, AuthRequest } from './scheme.ts';

const context = { now: () => 0, randomBytes: (length: number) => new Uint8Array(length) };
const offers: readonly HeaderLine[] = [
  ['WWW-Authenticate', 'NTLM'],
  ['WWW-Authenticate', 'Negotiate'],
];

test('takes the domain from the name and sends it with the first message', async () => {
  const message = await answer(1, offers, { username: 'EXAMPLE\\ada', password: 'x', workstation: 'desk' });
  expect(message.subarray(0, 7).toString()).toBe('NTLMSSP');
  expect(message.readUInt8(8)).toBe(1);
  expect(message.toString('latin1')).toMatch(/DESKEXAMPLE$/);
});

test('answers the server with the name in the third message', async () => {
  const message = await answer(2, [['WWW-Authenticate', `NTLM ${toType2()}`]], {
    username: 'ada@example.com',
    password: 'x',
  });
  expect(message.readUInt8(8)).toBe(3);
  expect(message.toString('utf16le')).toContain('ada');
  expect(message.toString('utf16le')).toContain('EXAMPLE.COM');
});

test('leaves an answer without an offer of NTLM as it is', async () => {
  const basic: readonly HeaderLine[] = [['WWW-Authenticate', 'Basic realm="x"']];
  expect(await respond(1, basic, {})).toBeUndefined();
  expect(await respond(1, offers, { disableRetryRequest: true })).toBeUndefined();
  expect(await respond(3, offers, {})).toBeUndefined();
});

test.each([
  ['no second message', offers, 'did not send NTLM type 2 message'],
  ['a cut one', [['WWW-Authenticate', 'NTLM TlRMTVNTUAAC']], 'did not correctly process'],
] as const)('says what is wrong with %s', async (_title, headers, sentence) => {
  await expect(respond(2, headers, {})).rejects.toThrow(sentence);
});

async function answer(
  round: number,
  headers: readonly HeaderLine[],
  parameters: AuthParameters,
): Promise<Buffer> {
  const next = await respond(round, headers, parameters);
  const [, message = ''] = next?.request.headers.find(([name]) => name === 'Authorization') ?? [];
  return Buffer.from(message.replace(/^NTLM /, ''), 'base64');
}

async function respond(round: number, headers: readonly HeaderLine[], parameters: AuthParameters) {
  return ntlm.respond?.(toRequest(), { code: 401, headers, round }, parameters, context);
}

function toRequest(): AuthRequest {
  return {
    method: 'GET',
    address: parseAddress('http://example.com/'),
    headers: [],
    bytes: new Uint8Array(),
    disableUrlEncoding: false,
  };
}

/** [MS-NLMP] 2.2.1.2, with a challenge and no target information. */
function toType2(): string {
  const message = Buffer.alloc(48);
  message.write('NTLMSSP\0', 'latin1');
  message.writeUInt32LE(2, 8);
  message.writeUInt32LE(48, 16);
  message.writeUInt32LE(0x00008205, 20);
  message.write('0123456789abcdef', 24, 'hex');
  return message.toString('base64');
}
