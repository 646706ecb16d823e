import { createServer } from 'node:http';
import { createOrg, type Org } from './org.ts';
import type { OrgOptions } from './org-options.ts';

export interface ServeOptions extends OrgOptions {
  /** 0: any free port. */
  readonly port: number;
  /** The address to listen at; loopback unless said otherwise. */
  readonly hostname?: string;
}

export interface ServedOrg {
  readonly org: Org;
  readonly url: string;
  close(): Promise<void>;
}

/** Serves an org over HTTP. Rejects with Node's own error when the port is taken or not allowed. */
export async function serveOrg(options: ServeOptions): Promise<ServedOrg> {
  const { port, hostname = '127.0.0.1', ...rest } = options;
  const { data: _, origin: __, ...ofCopy } = options;
  const openCopy = async (snapshot: Uint8Array): Promise<ServedOrg> => {
    const copy = await serveOrg({ ...ofCopy, port: 0 });
    await copy.org.restore(snapshot);
    return copy;
  };
  const org = await createOrg({ openCopy, ...rest });
  return new Promise((resolve, reject) => {
    const server = createServer(org.listener);
    server.once('error', reject);
    server.listen(port, hostname, () => {
      const address = server.address();
      const bound = address !== null && typeof address === 'object' ? address.port : port;
      resolve({
        org,
        url: `http://${hostname.includes(':') ? `[${hostname}]` : hostname}:${bound}`,
        close: async () => {
          const closed = new Promise<void>((done) => server.close(() => done()));
          server.closeAllConnections();
          await closed;
          await org.close();
        },
      });
    });
  });
}
