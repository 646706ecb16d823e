// A client that costs little: raw sockets, one request under way on each, answers read by their Content-Length.
import { connect } from 'node:net';

/**
 * @typedef {{ readonly method: string, readonly path: string, readonly body?: string }} Call
 * @typedef {{ readonly perSecond: number, readonly median: number }} Load median in milliseconds
 */

/**
 * Sends calls for some seconds and says how many a second were answered. An answer that is no success ends it.
 * @param {{ origin: string, token: string, connections: number, seconds: number, next: () => Call }} options
 * @returns {Promise<Load>}
 */
export async function load({ origin, token, connections, seconds, next }) {
  const { hostname, port, host } = new URL(origin);
  /** @type {number[]} */
  const times = [];
  const started = performance.now();
  const end = started + seconds * 1000;
  await Promise.all(Array.from({ length: connections }, () => work()));
  const perSecond = times.length / ((performance.now() - started) / 1000);
  times.sort((a, b) => a - b);
  return { perSecond, median: times[Math.floor(times.length / 2)] ?? Number.NaN };

  /** @returns {Promise<void>} */
  function work() {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      let held = Buffer.alloc(0);
      let sent = 0;
      const send = () => {
        const { method, path, body = '' } = next();
        const lines = [
          `${method} ${path} HTTP/1.1`,
          `host: ${host}`,
          `authorization: SSWS ${token}`,
          'accept: application/json',
          'content-type: application/json',
          `content-length: ${Buffer.byteLength(body)}`,
        ];
        sent = performance.now();
        socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('data', (chunk) => {
        held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
        const headEnd = held.indexOf('\r\n\r\n');
        if (headEnd < 0) return;
        const head = held.toString('latin1', 0, headEnd);
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (held.length < headEnd + 4 + length) return;
        if (!head.startsWith('HTTP/1.1 2')) {
          reject(new Error(`The server answered:\n${held.toString('utf8').slice(0, 2000)}`));
          socket.destroy();
          return;
        }
        held = held.subarray(headEnd + 4 + length);
        times.push(performance.now() - sent);
        if (performance.now() < end) send();
        else {
          socket.destroy();
          resolve();
        }
      });
    });
  }
}
