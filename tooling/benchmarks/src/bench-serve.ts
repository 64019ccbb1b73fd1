import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import type { ServedTables } from './serve-process.js';
import { describeVersions } from './versions.js';

export interface ServeOptions extends ServedTables {
  readonly connections: number;
  /** Duration of each round. */
  readonly seconds: number;
  readonly rounds: number;
}

const LIST_LENGTH = 10;

/**
 * Puts load over loopback on a service in a separate process. Each connection requests lists for random users, one at a time. The
 * client shares the machine. The first round doubles as warm-up. Memory is sampled after each round.
 */
export async function benchServe({ connections, seconds, rounds, ...tables }: ServeOptions) {
  const service = fork(fileURLToPath(new URL('./serve-process.ts', import.meta.url)), [JSON.stringify(tables)]);
  try {
    const [url] = (await Promise.race([once(service, 'message'), endedEarly(service)])) as [string];
    const residentBefore = await residentBytes(url);
    const measured = [];
    for (let round = 0; round < rounds; round++) {
      const load = await autocannon({
        url,
        connections,
        duration: seconds,
        requests: [{ setupRequest: (request) => ({ ...request, path: randomPath(tables.users) }) }],
      });
      measured.push({
        requestsPerSecond: Math.round(load.requests.average),
        milliseconds: { p50: load.latency.p50, p99: load.latency.p99, max: load.latency.max },
        answered: load['2xx'],
        refused: load.non2xx,
        errors: load.errors,
        residentBytesAfter: await residentBytes(url),
      });
    }
    return {
      versions: describeVersions(),
      settings: { ...tables, connections, seconds, listLength: LIST_LENGTH },
      residentBytesBefore: residentBefore,
      rounds: measured,
    };
  } finally {
    service.kill('SIGTERM');
    if (service.exitCode === null && service.signalCode === null) await once(service, 'exit');
  }
}

function randomPath(users: number): string {
  return `/v1/users/${Math.floor(Math.random() * users)}/recommendations?k=${LIST_LENGTH}`;
}

async function residentBytes(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(metrics)![1]);
}

async function endedEarly(service: ReturnType<typeof fork>): Promise<never> {
  const [code] = await once(service, 'exit');
  throw new Error(`the service exited with ${code} before it was listening`);
}
