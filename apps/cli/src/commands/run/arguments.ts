import { InvalidArgumentError } from 'commander';

/** As many as the parallelism of an org lets through; more would only wait. */
const AUTO_LANES = 16;

/** Rows side by side: a number or `auto`. */
export function readLanes(text: string): number {
  if (text === 'auto') return AUTO_LANES;
  const lanes = readWhole(text);
  if (lanes >= 1 && lanes <= 256) return lanes;
  throw new InvalidArgumentError('Give a number from 1 to 256, or auto.');
}

/** `50%` or `0.5`. */
export function readShare(text: string): number {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%)?$/.exec(text) ?? [];
  const share = Number(number) / (percent === undefined ? 1 : 100);
  if (share > 0 && share <= 1) return share;
  throw new InvalidArgumentError('Give a share such as 50% or 0.5.');
}

/** A whole number. */
export function readWhole(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number.');
}

/** A whole number from 1. */
export function readCount(text: string): number {
  const count = readWhole(text);
  if (count > 0) return count;
  throw new InvalidArgumentError('Give 1 or more.');
}

export function readColor(text: string): string {
  if (/^(auto|on|off)$/.test(text)) return text;
  throw new InvalidArgumentError('Give auto, on or off.');
}

/** Names with commas between them. */
export function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** An option that may be said several times. */
export function collect(text: string, before: string[]): string[] {
  return [...before, text];
}

/** `key=value`, several times. */
export function collectPair(text: string, before: [string, string][]): [string, string][] {
  const index = text.indexOf('=');
  if (index < 1) throw new InvalidArgumentError('Write key=value.');
  return [...before, [text.slice(0, index), text.slice(index + 1)]];
}
