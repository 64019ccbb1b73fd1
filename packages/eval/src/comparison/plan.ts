import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  type BackboneDefinition,
  distillationSchema,
  modulationSchema,
  type Protocol,
  parseConfig,
  protocols,
} from '@balanced-rec/ckd-core';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import { checkCutoffs, type MetricChoice } from '../runs/evaluate-backbone.js';
import { loadBackbone } from '../runs/load-backbone.js';
import { type RunSettings, runId } from '../runs/run-settings.js';
import { SELECTION_METRIC } from '../runs/validate.js';
import { checkVariant, expandVariant, type VariantReference } from '../variants/load-variant.js';
import type { Variant } from '../variants/variant.js';
import type { ComparisonFile } from './read-comparison.js';

/** One run to do, and the runs (its teachers) that come first. */
export interface PlannedRun {
  readonly id: string;
  readonly settings: RunSettings;
  readonly after: readonly string[];
}

/** All runs of a comparison, teachers before students; and what it was planned from. */
export interface Plan {
  readonly runs: readonly PlannedRun[];
  /** Variants to tabulate, in the order they were asked for; teachers may run besides. */
  readonly variants: readonly string[];
  readonly datasets: ReadonlyMap<string, Dataset>;
}

/**
 * Reads every dataset and backbone of a comparison, checks it all, and lists the runs. Nothing is trained or written yet.
 * @throws BalancedRecError for anything wrong with the file, the data or the backbones
 */
export async function planComparison(file: ComparisonFile, engine: EngineName): Promise<Plan> {
  const { comparison, place } = file;
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
  const cells = new Map<string, readonly PlannedCell[]>();
  for (const dataset of datasets.values()) cells.set(dataset.name, await cellsOf(file, dataset));
  return {
    runs: listRuns(file, datasets, cells, engine),
    variants: [...new Set([...cells.values()].flat().map(({ variant }) => variant.name))],
    datasets,
  };
}

/** What a comparison does on one dataset with each of its seeds: a variant of a backbone. */
interface PlannedCell {
  readonly variant: Variant;
  readonly variantPackage?: string;
  readonly backbone: RunSettings['backbone'];
}

/** The cells of a comparison on one dataset, with its shorthands written out. */
async function cellsOf({ comparison, place }: ComparisonFile, dataset: Dataset): Promise<PlannedCell[]> {
  const common = await namedVariants(comparison.variants, dataset, (v) => place(['variants', v]));
  const cells: PlannedCell[] = [];
  for (const [k, { name, package: from, set, variants: own }] of comparison.backbones.entries()) {
    const variants = own ? await namedVariants(own, dataset, (v) => place(['backbones', k, 'variants', v])) : common;
    const backbone = { name, ...(from ? { package: from } : {}), config: set };
    for (const named of variants) {
      const { floor } = named.variant;
      cells.push({ ...named, backbone: floor ? { name: floor.name, config: {} } : backbone });
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
      named.push({ variant, ...(from ? { variantPackage: from } : {}) });
    }
  }
  return named;
}

/** Seeds outermost, so that an unfinished comparison has whole seeds. */
function listRuns(
  file: ComparisonFile,
  datasets: ReadonlyMap<string, Dataset>,
  cells: ReadonlyMap<string, readonly PlannedCell[]>,
  engine: EngineName,
): PlannedRun[] {
  const { distillation, modulation, seeds } = file.comparison;
  const runs = new Map<string, PlannedRun>();
  const add = (settings: RunSettings, needsTeachers: boolean): string => {
    const { modalities } = settings.dataset;
    const after = needsTeachers ? modalities.map((m) => add(teacherOf(settings, m), false)) : [];
    const id = runId(settings);
    const known = runs.get(id);
    if (known && !isSameRun(known.settings, settings)) throw sameFile(id, known.settings, settings);
    if (!known) runs.set(id, { id, settings, after });
    return id;
  };
  const common = { distillation, modulation, protocol: protocolOf(file), measured: measuredBy(file), engine };
  for (const seed of seeds) {
    for (const { name, path, modalities } of datasets.values()) {
      const dataset = { name, path, modalities };
      for (const { variant, ...cell } of cells.get(name)!) {
        add({ ...common, ...cell, dataset, seed, variant: variant.name }, variant.needsTeachers ?? false);
      }
    }
  }
  return [...runs.values()];
}

function teacherOf({ variantPackage: _, ...settings }: RunSettings, modality: string): RunSettings {
  return { ...settings, variant: `only:${modality}` };
}

function protocolOf({ comparison: { protocol } }: ComparisonFile): Protocol {
  const overrides = Object.fromEntries(Object.entries(protocol).filter(([, value]) => value !== undefined));
  return { ...protocols[protocol.name], ...overrides };
}

/** What was asked for, and what model selection needs in any case. */
function measuredBy({ comparison: { metrics, cutoffs } }: ComparisonFile): MetricChoice {
  const [metric, cutoff] = SELECTION_METRIC.split('@') as ['recall', string];
  return {
    metrics: [...new Set([...metrics, metric])],
    cutoffs: [...new Set([...cutoffs, Number(cutoff)])].sort((a, b) => a - b),
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

function isSameRun(a: RunSettings, b: RunSettings): boolean {
  return a.dataset.name === b.dataset.name && a.backbone.name === b.backbone.name && a.variant === b.variant;
}

function sameFile(id: string, ...clashing: readonly RunSettings[]): BalancedRecError {
  const names = clashing.map(({ dataset, backbone, variant }) => `${dataset.name}, ${backbone.name}, ${variant}`);
  return new BalancedRecError({
    code: 'comparison/duplicate-name',
    message: 'two runs would be kept in the same file',
    place: `runs/${id}.json`,
    expected: 'names that differ in letters, digits, dots or hyphens',
    found: names.join(' and '),
    remedy: 'give one of the datasets another "name"',
  });
}

/** Checks a backbone's configuration; an error says where in the comparison file the fault stands. */
function checkConfig(
  definition: BackboneDefinition,
  config: unknown,
  place: (path: readonly string[]) => string,
): void {
  try {
    definition.parseConfig(config);
  } catch (error) {
    if (!(error instanceof BalancedRecError)) throw error;
    // The definition's own place is `backbone <name> > <key> > ...`.
    const path = error.details.place?.split(' > ').slice(1) ?? [];
    throw new BalancedRecError({ ...error.details, place: place(path) });
  }
}
