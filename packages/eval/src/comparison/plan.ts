import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type BackboneDefinition, distillationSchema, modulationSchema, parseConfig } from '@balanced-rec/ckd-core';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import { checkCutoffs } from '../runs/evaluate-backbone.js';
import { loadBackbone } from '../runs/load-backbone.js';
import type { RunSettings } from '../runs/run-settings.js';
import { checkSearch } from '../search/check-search.js';
import type { Choice, Stage } from '../search/trial.js';
import { cellsOf, type PlannedCell } from './cells.js';
import { checkConfig } from './check-config.js';
import { checkPackages } from './check-packages.js';
import { listRuns, measuredBy } from './list-runs.js';
import type { ComparisonFile } from './read-comparison.js';

/** One run to do, and the runs (its teachers) that come first. */
export interface PlannedRun {
  readonly id: string;
  readonly settings: RunSettings;
  readonly after: readonly string[];
  /** It is a trial of a search, which reads no test split. */
  readonly trial?: { readonly number: number; readonly stage: Stage; readonly values: Choice };
}

/** All runs of a comparison, teachers before students; and what it was planned from. */
export interface Plan {
  readonly runs: readonly PlannedRun[];
  /** What the runs are for, if it is not the comparison itself but a search before it. */
  readonly phase?: string;
  /** Variants to tabulate, in the order they were asked for; teachers may run besides. */
  readonly variants: readonly string[];
  readonly datasets: ReadonlyMap<string, Dataset>;
  /** What is done on each dataset with each seed. */
  readonly cells: ReadonlyMap<string, readonly PlannedCell[]>;
}

/**
 * Reads every dataset and backbone of a comparison, checks it all, and lists the runs. Nothing is trained or written yet.
 * @param packages of others, as the file names them, whose code may run
 * @throws BalancedRecError for anything wrong with the file, the data or the backbones
 */
export async function planComparison(
  file: ComparisonFile,
  engine: EngineName,
  packages: readonly string[] = [],
): Promise<Plan> {
  const { comparison, place } = file;
  checkPackages(file, packages);
  checkUnique(file, 'datasets');
  checkUnique(file, 'backbones');
  const definitions = new Map<string, BackboneDefinition>();
  for (const [k, backbone] of comparison.backbones.entries()) {
    const definition = await loadBackbone(backbone.name, backbone.package, place(['backbones', k, 'name']));
    checkConfig(definition, backbone.set, (path) => place(['backbones', k, 'set', ...path]));
    definitions.set(backbone.name, definition);
  }
  const datasets = new Map<string, Dataset>();
  for (const { name, path, modalities } of comparison.datasets) {
    const folder = locate(path, file.path);
    const dataset = await readDataset(folder, { name, ...(modalities ? { modalities } : {}) });
    checkCutoffs(measuredBy(file).cutoffs, dataset.itemCount, name);
    datasets.set(name, dataset);
  }
  parseConfig(distillationSchema, comparison.distillation, (path) => place(['distillation', ...path]));
  parseConfig(modulationSchema, comparison.modulation, (path) => place(['modulation', ...path]));
  checkSearch(file, definitions);
  const cells = new Map<string, readonly PlannedCell[]>();
  for (const dataset of datasets.values()) cells.set(dataset.name, await cellsOf(file, dataset));
  return {
    runs: listRuns(file, datasets, cells, engine),
    variants: [...new Set([...cells.values()].flat().map(({ variant }) => variant.name))],
    datasets,
    cells,
  };
}

/** A relative path means the current folder first, then the comparison file's own. */
function locate(path: string, comparisonFile: string): string {
  const beside = resolve(dirname(comparisonFile), path);
  return !existsSync(path) && existsSync(beside) ? beside : path;
}

function checkUnique({ comparison, place }: ComparisonFile, list: 'datasets' | 'backbones'): void {
  const seen = new Set<string>();
  for (const [k, { name }] of comparison[list].entries()) {
    if (seen.has(name)) {
      throw new BalancedRecError({
        code: 'comparison/duplicate-name',
        message: `two ${list} are named "${name}"`,
        place: place([list, k]),
        expected: 'a name of its own for each',
        found: name,
        remedy: list === 'datasets' ? 'give one of them another "name"' : 'compare two configurations in two files',
      });
    }
    seen.add(name);
  }
}
