import { join, resolve } from 'node:path';
import type { BalancedRecError } from '@balanced-rec/errors';
import { type Dataset, type DatasetSummary, type Finding, summarizeDataset } from '../dataset/dataset.js';
import {
  type Diagnosis,
  type DiagnosisOptions,
  diagnoseDataset,
  type Fallbacks,
} from '../diagnosis/diagnose-dataset.js';
import { listFolder, readBytes } from '../disk/reading.js';
import { findInDiagnosis } from '../findings/find-in-diagnosis.js';
import { type ItemNames, readItemNames } from '../id-tables/item-names.js';
import { ProblemLog } from '../problems/problem-log.js';
import { assembleDataset, type ReadOptions } from './read-dataset.js';

/** What to read of a folder, and what to measure. */
export interface CheckOptions extends ReadOptions, DiagnosisOptions {}

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
  /** What is untidy: all that `readDataset` finds, and what the measurements show. */
  readonly findings: readonly Finding[];
  /** The measurements, where `ok` or where there is nothing wrong but that features are missing: those of half a dataset would mislead. */
  readonly diagnosis: Diagnosis | undefined;
  /** What the items are called that the diagnosis names, where a file in the folder tells. */
  readonly itemNames: ItemNames;
}

/**
 * Reads a folder as `readDataset` does, but goes on behind each problem and answers with all of them. What could be
 * read as a whole is measured: see {@link diagnoseDataset}. Throws nothing about the data.
 *
 * @throws BalancedRecError `diagnosis/bad-option`
 */
export async function checkDataset(path: string, options: CheckOptions = {}): Promise<DatasetReport> {
  const log = new ProblemLog({ stopAtFirst: false });
  const dataset = await assembleDataset(path, options, log);
  const isWhole = log.problems.every(({ code }) => code === 'dataset/no-features');
  const diagnosis = dataset && isWhole ? await diagnose(dataset, options) : undefined;
  return {
    path: resolve(path),
    ok: log.count === 0,
    problems: log.problems,
    problemCount: log.count,
    summary: dataset && summarizeDataset(dataset),
    hash: log.count === 0 ? dataset?.hash : undefined,
    findings: [...(dataset?.findings ?? []), ...(diagnosis ? findInDiagnosis(diagnosis) : [])],
    diagnosis,
    itemNames: diagnosis ? await readItemNames(path, await listFolder(path), itemsNamedIn(diagnosis)) : {},
  };
}

async function diagnose(dataset: Dataset, options: DiagnosisOptions): Promise<Diagnosis> {
  const rowCounts = new Map(dataset.modalities.map((modality) => [modality, dataset.features[modality]!.rows]));
  return diagnoseDataset(dataset, options, await readFallbacks(dataset.path, rowCounts));
}

function itemsNamedIn({ nearDuplicates }: Diagnosis): Set<number> {
  return new Set(nearDuplicates.found.flatMap(({ examples }) => examples.flatMap(({ items }) => items)));
}

/**
 * Which rows of each modality are stand-ins for items that could not be encoded: the list `fallbackRows` of
 * `<modality>_features.json` beside the features, of rows or of objects with a `row`. It only adds to what is said of a dataset,
 * so where the file is missing or says it otherwise, the modality is left out.
 *
 * @param rowCounts the rows of each modality's features
 */
async function readFallbacks(path: string, rowCounts: ReadonlyMap<string, number>): Promise<Fallbacks> {
  const fallbacks: Record<string, readonly number[]> = {};
  for (const [modality, rows] of rowCounts) {
    const listed = await readFallbackRows(join(path, `${modality}_features.json`));
    const found = listed?.map((entry) => (typeof entry === 'number' ? entry : entry?.row));
    if (found?.every((row): row is number => Number.isInteger(row) && Number(row) >= 0 && Number(row) < rows)) {
      fallbacks[modality] = [...new Set(found)];
    }
  }
  return fallbacks;
}

async function readFallbackRows(path: string): Promise<(number | { row?: unknown } | null)[] | undefined> {
  try {
    const list = JSON.parse(new TextDecoder().decode(await readBytes(path))).fallbackRows;
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
