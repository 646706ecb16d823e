import { toBuffer } from 'qrcode';
import { DIGITS, TIME_STEP } from './one-time-codes.ts';

/** A text as a QR picture: the bytes of a PNG. */
export async function drawQr(text: string): Promise<Uint8Array> {
  return toBuffer(text, { type: 'png', margin: 2, scale: 5 });
}

/** What an authenticator app reads from the picture. Source: the Key URI format that these apps share. */
export function toKeyUri(host: string, account: string, secret: string): string {
  const label = `${encodeURIComponent(host)}:${encodeURIComponent(account)}`;
  const query = new URLSearchParams({
    secret,
    issuer: host,
    algorithm: 'SHA1',
    digits: String(DIGITS),
    period: String(TIME_STEP),
  });
  return `otpauth://totp/${label}?${query.toString()}`;
}
