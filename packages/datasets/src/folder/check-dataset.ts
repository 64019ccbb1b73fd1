import { resolve } from 'node:path';
import type { BalancedRecError } from '@balanced-rec/errors';
import type { Finding } from '../findings/finding.js';
import { ProblemLog } from '../problem-log.js';
import { type DatasetSummary, summarizeDataset } from '../summarize-dataset.js';
import { assembleDataset } from './assemble-dataset.js';
import type { ReadOptions } from './read-options.js';

/** All that there is to say about a folder. */
export interface DatasetReport {
  /** The absolute path of the folder. */
  readonly path: string;
  /** Whether `readDataset` would read it. */
  readonly ok: boolean;
  /** What is wrong, in the order found; at most 1000, while `problemCount` counts all. */
  readonly problems: readonly BalancedRecError[];
  readonly problemCount: number;
  /** Of what could be read, even where `ok` is false; undefined where that is too little. */
  readonly summary: DatasetSummary | undefined;
  /** The dataset's hash, where `ok`. */
  readonly hash: string | undefined;
  readonly findings: readonly Finding[];
}

/** Reads a folder as `readDataset` does, but goes on behind each problem and answers with all of them. Throws nothing about the data. */
export async function checkDataset(path: string, options: ReadOptions = {}): Promise<DatasetReport> {
  const log = new ProblemLog({ stopAtFirst: false });
  const dataset = await assembleDataset(path, options, log);
  return {
    path: resolve(path),
    ok: log.count === 0,
    problems: log.problems,
    problemCount: log.count,
    summary: dataset && summarizeDataset(dataset),
    hash: log.count === 0 ? dataset?.hash : undefined,
    findings: dataset?.findings ?? [],
  };
}
