import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type BackboneDefinition, distillationSchema, modulationSchema, parseConfig } from '@balanced-rec/ckd-core';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { loadBackbone, readDatasetIds } from '@balanced-rec/models';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import { checkConfig, checkPackages } from '../comparison-file/check-comparison.js';
import { type ComparisonFile, measuredBy } from '../comparison-file/read-comparison.js';
import { checkCutoffs } from '../evaluation/evaluate-backbone.js';
import { requireEnoughItems } from '../evaluation/validate.js';
import type { Plan, PlannedCell } from '../plan/plan.js';
import { checkSearch } from '../search/check-search.js';
import { checkVariant, expandVariant, type VariantReference } from '../variants/load-variant.js';
import { listRuns } from './list-runs.js';

/**
 * Reads every dataset and backbone of a comparison, checks it all, and lists the runs. Nothing is trained or written yet.
 * @param packages third-party packages whose code may run, spelled as in the file
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
    const dataset = await readDataset(folder, { name, modalities });
    requireEnoughItems(dataset.itemCount, name);
    checkCutoffs(measuredBy(file).cutoffs, dataset.itemCount, name);
    // Models are saved with these ids, so faults in them should be reported now.
    await readDatasetIds(dataset);
    datasets.set(name, dataset);
  }
  parseConfig(distillationSchema, comparison.distillation, (path) => place(['distillation', ...path]));
  parseConfig(modulationSchema, comparison.modulation, (path) => place(['modulation', ...path]));
  checkSearch(file, definitions);
  const cells = new Map<string, readonly PlannedCell[]>();
  for (const dataset of datasets.values()) cells.set(dataset.name, await cellsOf(file, dataset, definitions));
  for (const { variant } of [...cells.values()].flat())
    if (variant.floor) definitions.set(variant.floor.name, variant.floor);
  const planned = { datasets, definitions, cells };
  return {
    ...planned,
    runs: listRuns(file, planned, engine),
    variants: [...new Set([...cells.values()].flat().map(({ variant }) => variant.name))],
  };
}

/** Resolves a relative path from the current folder first, then from the comparison file's. */
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
        expected: 'a different name for each',
        found: name,
        remedy: list === 'datasets' ? 'give one of them another "name"' : 'compare two configurations in two files',
      });
    }
    seen.add(name);
  }
}

/** The cells of a comparison on one dataset, with shorthands expanded. */
async function cellsOf(
  { comparison, place }: ComparisonFile,
  dataset: Dataset,
  definitions: ReadonlyMap<string, BackboneDefinition>,
): Promise<PlannedCell[]> {
  const common = await namedVariants(comparison.variants, dataset, (v) => place(['variants', v]));
  const cells: PlannedCell[] = [];
  for (const [k, { name, package: from, set, variants: own }] of comparison.backbones.entries()) {
    const variants = own ? await namedVariants(own, dataset, (v) => place(['backbones', k, 'variants', v])) : common;
    const backbone = { name, package: from, config: definitions.get(name)!.parseConfig(set) };
    for (const named of variants) {
      const { floor } = named.variant;
      cells.push({ ...named, backbone: floor ? { name: floor.name, config: floor.parseConfig({}) } : backbone });
    }
  }
  return cells;
}

async function namedVariants(
  references: readonly VariantReference[],
  dataset: Dataset,
  place: (index: number) => string,
): Promise<Omit<PlannedCell, 'backbone'>[]> {
  const named: Omit<PlannedCell, 'backbone'>[] = [];
  for (const [v, { name, package: from }] of references.entries()) {
    for (const each of expandVariant(name, dataset.modalities)) {
      const variant = await checkVariant({ name: each, package: from }, dataset, place(v));
      named.push({ variant, variantPackage: from });
    }
  }
  return named;
}
