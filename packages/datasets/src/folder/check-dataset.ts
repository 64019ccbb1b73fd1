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
import { findFewItems } from '../findings/find-few-items.js';
import { findInDiagnosis } from '../findings/find-in-diagnosis.js';
import { type ItemNames, readItemNames } from '../id-tables/item-names.js';
import { ProblemLog } from '../problems/problem-log.js';
import { assembleDataset, type ReadOptions } from './read-dataset.js';

/** What to read from a folder, and what to measure. */
export interface CheckOptions extends ReadOptions, DiagnosisOptions {}

/** Everything the check found out about a folder. */
export interface DatasetReport {
  /** The absolute path of the folder. */
  readonly path: string;
  /** Whether `readDataset` would accept it. */
  readonly ok: boolean;
  /** What is wrong, in the order found: at most 1000 problems, while `problemCount` counts all of them. */
  readonly problems: readonly BalancedRecError[];
  readonly problemCount: number;
  /** A summary of what could be read, even if `ok` is false; undefined if that was too little. */
  readonly summary: DatasetSummary | undefined;
  /** The dataset's hash, if `ok`. */
  readonly hash: string | undefined;
  /** Irregularities: everything `readDataset` finds, and what the measurements show. */
  readonly findings: readonly Finding[];
  /** The measurements, if `ok` or if the only problem is missing features. Measuring an incomplete dataset would mislead. */
  readonly diagnosis: Diagnosis | undefined;
  /** The names of the items mentioned in the diagnosis, if a file in the folder gives them. */
  readonly itemNames: ItemNames;
}

/**
 * Reads a folder as `readDataset` does, but continues after each problem and returns all of them. Measures a dataset that could
 * be read completely: see {@link diagnoseDataset}. Problems in the data are never thrown.
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
    findings: [
      ...(dataset?.findings ?? []),
      ...(dataset && diagnosis ? [...findFewItems(dataset), ...findInDiagnosis(diagnosis)] : []),
    ],
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
 * Reads which rows of each modality are fallbacks for items that could not be encoded: the list `fallbackRows` in
 * `<modality>_features.json` next to the features, either of rows or of objects with a `row`. This information is optional, so
 * a modality whose file is missing or has another form is left out.
 *
 * @param rowCounts the number of feature rows of each modality
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
