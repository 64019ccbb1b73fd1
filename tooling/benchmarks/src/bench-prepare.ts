import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureInProcess } from './measure-in-process.js';

export interface PrepareBenchOptions {
  readonly interactions: number;
  readonly users: number;
  readonly items: number;
  readonly format: 'csv' | 'parquet';
  readonly core: number;
  readonly splitBy: string;
  readonly memory: string;
  readonly threads: number | undefined;
}

const meaning = {
  log: 'users uniformly, items by the inverse of their rank (Zipf), ratings 1 to 5 uniformly; some pairs are repeated',
  seconds: 'the total, from the start of prepare() until the folder is in place',
  peakBytes: "the high-water mark of the process's resident memory (maxRSS), before and after prepare()",
  spillBytes: "the largest total size of DuckDB's files in the folder being written, sampled every 200 ms",
};

/** Generates a raw log and prepares it, each in a separate process to get its own peak memory. */
export async function benchPrepare(options: PrepareBenchOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'balanced-rec-bench-prepare-'));
  try {
    const file = join(folder, `log.${options.format}`);
    const log = await measureInProcess('rawLog', 'the raw log', { ...options, file });
    const measured = await measureInProcess('preparing', `${options.interactions} interactions`, {
      ...options,
      file,
      out: join(folder, 'made'),
    });
    return { options, meaning, log, ...measured };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
