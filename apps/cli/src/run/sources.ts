import { readFile } from 'node:fs/promises';
import { RunFailure } from './failure.ts';
import type { Source } from './options.ts';

/**
 * Reads what an option names: a file or a link as text, anything else as the JSON it stands for.
 * @throws {RunFailure} it cannot be read
 */
export async function readSource(source: Source): Promise<string> {
  if (typeof source !== 'string') return JSON.stringify(source);
  return isLink(source) ? fetchText(source) : readTextFile(source);
}

/** Whether a source is a link and not a file. */
export function isLink(source: string): boolean {
  return /^https?:\/\//.test(source);
}

/**
 * Reads a file's text, in UTF-8 or as spreadsheets on Windows write it.
 * @throws {RunFailure} it cannot be read
 */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readBytes(path);
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le').slice(1) : bytes.toString('utf8');
}

/** @throws {RunFailure} it cannot be read */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new RunFailure(`${path} cannot be read. Check the name and its folder.`, { cause });
  }
}

async function fetchText(link: string): Promise<string> {
  const answer = await fetch(link).catch((cause: unknown) => {
    throw new RunFailure(`${link} cannot be reached. Check the link and the network.`, { cause });
  });
  if (answer.ok) return answer.text();
  throw new RunFailure(`${link} answered ${answer.status}. Check the link.`);
}
