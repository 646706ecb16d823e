import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** @typedef {{ readonly seconds: number, readonly megabytes: number, readonly code: number | null }} Measurement */

/**
 * Runs a command to its end and measures its wall time and its peak memory (the process and its children, by
 * their own high-water marks in /proc; 0 where there is no /proc).
 * @param {readonly string[]} command
 * @param {string} cwd
 * @returns {Promise<Measurement>}
 */
export async function measure(command, cwd) {
  const started = process.hrtime.bigint();
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd, stdio: 'ignore', env: { ...process.env, NO_COLOR: '1' } });
  let megabytes = 0;
  const sampling = setInterval(() => {
    megabytes = Math.max(megabytes, peakMemory(child.pid));
  }, 5);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearInterval(sampling);
  return { seconds: Number(process.hrtime.bigint() - started) / 1e9, megabytes, code };
}

/** @param {number | undefined} pid */
function peakMemory(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
