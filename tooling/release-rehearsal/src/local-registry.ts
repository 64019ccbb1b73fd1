import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { runServer } from 'verdaccio';

export interface LocalRegistry {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a registry on a free local port. Our packages must be published to it: it never requests them from another registry.
 * Third-party packages are fetched from `upstream`.
 */
export async function startRegistry(folder: string, upstream: string): Promise<LocalRegistry> {
  const everybody = { access: '$all', publish: '$all' };
  const config = {
    self_path: join(folder, 'verdaccio.yaml'),
    storage: join(folder, 'storage'),
    auth: { htpasswd: { file: join(folder, 'htpasswd'), max_users: -1 } },
    uplinks: { upstream: { url: upstream, timeout: '60s', maxage: '60m', max_fails: 10 } },
    packages: { '@balanced-rec/*': everybody, 'balanced-rec': everybody, '**': { ...everybody, proxy: 'upstream' } },
    log: { type: 'stdout', format: 'pretty', level: 'fatal' },
    web: { enable: false },
  };
  // The type requires fields that have defaults.
  const server: Server = await runServer(config as unknown as Parameters<typeof runServer>[0]);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
