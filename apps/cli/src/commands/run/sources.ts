import { readFile } from 'node:fs/promises';
import { CommandFailure, ExitCode } from '../../exit-codes.ts';

/** A file's or a link's text. */
export async function readSource(source: string): Promise<string> {
  if (!/^https?:\/\//.test(source)) {
    try {
      return toText(await readFile(source));
    } catch (cause) {
      throw new CommandFailure(`${source} cannot be read. Check the name and its folder.`, ExitCode.failed, {
        cause,
      });
    }
  }
  const answer = await fetch(source).catch((cause: unknown) => {
    throw new CommandFailure(
      `${source} cannot be reached. Check the link and the network.`,
      ExitCode.failed,
      { cause },
    );
  });
  if (answer.ok) return answer.text();
  throw new CommandFailure(`${source} answered ${answer.status}. Check the link.`);
}

/** Files of spreadsheets on Windows come as UTF-16 with its mark. */
function toText(bytes: Buffer): string {
  return bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.toString('utf16le').slice(1) : bytes.toString('utf8');
}

/** Whether a source is a link and not a file. */
export function isLink(source: string): boolean {
  return /^https?:\/\//.test(source);
}
