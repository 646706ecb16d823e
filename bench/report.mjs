// docs/benchmarks.md, from what a run of all workloads with all runners measured.
import { workloads } from './workloads.mjs';

/** @typedef {{ readonly seconds: number, readonly megabytes: number, readonly runs: number }} Result */
/** @typedef {Record<string, Record<string, Result>>} Results by workload and runner */
/** @typedef {{ readonly cpus: number, readonly model: string, readonly gigabytes: number, readonly system: string,
 *   readonly node: string, readonly load: number }} Machine */

/**
 * @param {Results} results
 * @param {Machine} machine
 * @param {Record<string, string>} peers package and version by runner
 */
export function writeReport(results, machine, peers) {
  const rows = workloads.flatMap(({ name, what }) => toRows(`${name}: ${what}`, results[name] ?? {}));
  return `# Benchmarks

Written by \`npm run bench\`, which installs the others (${Object.values(peers).join(', ')}), runs everyone in turn
on the same files against one server on this machine, checks at the server that every request arrived, and takes
the median of the wall times of whole processes. Memory is the largest a process ever held. The workloads are in
\`bench/workloads.mjs\`.

Measured on ${machine.cpus} × ${machine.model}, ${machine.gigabytes} GB, ${machine.system}, Node
${machine.node.slice(1)}; load average at the end ${machine.load.toFixed(1)}. Ratios carry over to other machines better
than seconds do, and a loaded machine is kinder to whoever uses one thread.

${toTable([['workload', 'runner', 'seconds', 'Castellan takes', 'MB', 'runs'], ...rows])}
`;
}

/** @param {string} workload @param {Record<string, Result>} results */
function toRows(workload, results) {
  const own = results['castellan'];
  return Object.entries(results).map(([name, { seconds, megabytes, runs }], index) => [
    index === 0 ? workload : '',
    name,
    seconds.toFixed(2),
    own === undefined || name === 'castellan' ? '' : `${(own.seconds / seconds).toFixed(3)} of it`,
    megabytes.toFixed(0),
    String(runs),
  ]);
}

/** @param {readonly (readonly string[])[]} rows the first is the heading */
function toTable(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}
