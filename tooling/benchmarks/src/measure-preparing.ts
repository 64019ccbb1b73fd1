import { readdirSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type PrepareOptions, prepare } from '@balanced-rec/prepare';
import { residentMemory } from './resident-memory.js';
import { rounded } from './timing.js';

export interface PreparingTask {
  readonly file: string;
  readonly out: string;
  readonly core: number;
  readonly splitBy: string;
  readonly memory: string;
  readonly threads: number | undefined;
}

/** Prepares a log and measures it. Must run in a separate process, because it measures the peak memory of the process. */
export async function measurePreparing({ file, out, core, splitBy, memory, threads }: PreparingTask) {
  const before = residentMemory();
  const spill = watchSpill(dirname(out));
  const start = performance.now();
  const { steps, counts, hash, versions } = await prepare({
    interactions: [file],
    out,
    minRating: 2,
    core,
    splitBy: splitBy as PrepareOptions['splitBy'],
    memory,
    threads,
  });
  const seconds = (performance.now() - start) / 1000;
  const spillBytes = spill.end();
  return {
    seconds: rounded(seconds),
    peakBytes: { before: before.peak, after: residentMemory().peak },
    spillBytes,
    steps,
    counts,
    hash,
    outputBytes: await sizesOf(out),
    versions,
  };
}

/** Watches the total size of DuckDB's files in the folder being written. */
function watchSpill(parent: string): { end(): number } {
  let largest = 0;
  const timer = setInterval(() => {
    largest = Math.max(largest, spillSize(parent));
  }, 200);
  return {
    end: () => {
      clearInterval(timer);
      return largest;
    },
  };
}

function spillSize(parent: string): number {
  const partial = readdirSync(parent).find((name) => name.includes('.partial-'));
  if (partial === undefined) return 0;
  try {
    const files = readdirSync(join(parent, partial), { recursive: true, withFileTypes: true });
    return files.reduce(
      (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
      0,
    );
  } catch {
    // A file may disappear in between.
    return 0;
  }
}

async function sizesOf(folder: string): Promise<Record<string, number>> {
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).size] as const)),
  );
}
