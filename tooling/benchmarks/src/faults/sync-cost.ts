import { createHash, randomFillSync } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendDigest, writeFileAtomically } from '@balanced-rec/files';

/** The cost of writing one file safely, as medians in milliseconds. */
export interface SyncCost {
  readonly what: string;
  readonly bytes: number;
  /** Written and renamed only. */
  readonly plainMs: number;
  /** Written with a checksum, and with fsync of the file and its folder. */
  readonly durableMs: number;
  /** Computing its SHA-256 alone. */
  readonly digestMs: number;
}

const FILES = { record: 30e3, teacher: 5e6, state: 100e6 } as const;
const TIMES = 9;

export async function syncCosts(scratch: string): Promise<SyncCost[]> {
  const folder = join(scratch, 'sync');
  mkdirSync(folder, { recursive: true });
  const costs: SyncCost[] = [];
  for (const [what, bytes] of Object.entries(FILES)) {
    const content = randomFillSync(new Uint8Array(bytes));
    const path = join(folder, what);
    costs.push({
      what,
      bytes,
      plainMs: await medianMs(() => {
        writeFileSync(`${path}.tmp`, content);
        renameSync(`${path}.tmp`, path);
      }),
      durableMs: await medianMs(() => writeFileAtomically(path, appendDigest([content]))),
      digestMs: await medianMs(() => void createHash('sha256').update(content).digest()),
    });
  }
  rmSync(folder, { recursive: true });
  return costs;
}

async function medianMs(work: () => void | Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return Math.round(100 * times.sort((a, b) => a - b)[TIMES >> 1]!) / 100;
}
