// Stands for iconv-lite, whose tables the worker keeps outside of the machine.
import { say } from './door.ts';

const UTF8 = /^utf-?8$/i;

/** Whether the worker can read a charset. */
export function encodingExists(charset: unknown): boolean {
  return UTF8.test(String(charset)) || say('decode', String(charset)) !== '';
}

/** Bytes as text, without the mark that tells their order. */
export function decode(bytes: Buffer, charset: unknown): string {
  if (!UTF8.test(String(charset))) return say('decode', `${String(charset)} ${bytes.toString('base64')}`);
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
