import { type Protocol, protocols } from '@balanced-rec/ckd-core';
import type { Dataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import type { MetricChoice } from '../runs/evaluate-backbone.js';
import { type RunSettings, runId } from '../runs/run-settings.js';
import { SELECTION_METRIC } from '../runs/validate.js';
import { type Choices, choiceKey, withChoice } from '../search/choices.js';
import type { Variant, VariantOptions } from '../variants/variant.js';
import type { PlannedCell } from './cells.js';
import type { PlannedRun } from './plan.js';
import type { ComparisonFile } from './read-comparison.js';

/** The runs of a comparison, teachers before students, with what a search chose. Seeds outermost, so that an unfinished comparison has whole seeds. */
export function listRuns(
  file: ComparisonFile,
  datasets: ReadonlyMap<string, Dataset>,
  cells: ReadonlyMap<string, readonly PlannedCell[]>,
  engine: EngineName,
  choices: Choices = new Map(),
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
        const named = { ...common, ...cell, dataset, seed, variant: variant.name };
        const settings = withChoice(named, choices.get(choiceKey(named)));
        add({ ...settings, ...optionsRead(variant, settings) }, variant.needsTeachers ?? false);
      }
    }
  }
  return [...runs.values()];
}

/** Those options that a variant does not read are left out: they make no difference to its runs. */
function optionsRead(
  { reads = ['distillation', 'modulation'] }: Variant,
  { distillation, modulation }: Pick<RunSettings, VariantOptions>,
): Pick<RunSettings, VariantOptions> {
  return {
    distillation: reads.includes('distillation') ? distillation : {},
    modulation: reads.includes('modulation') ? modulation : {},
  };
}

/** The run that trains the teacher of a modality. */
export function teacherOf({ variantPackage: _, ...settings }: RunSettings, modality: string): RunSettings {
  return { ...settings, variant: `only:${modality}`, distillation: {}, modulation: {} };
}

export function protocolOf({ comparison: { protocol } }: ComparisonFile): Protocol {
  const overrides = Object.fromEntries(Object.entries(protocol).filter(([, value]) => value !== undefined));
  return { ...protocols[protocol.name], ...overrides };
}

/** What was asked for, and what model selection needs in any case. */
export function measuredBy({ comparison: { metrics, cutoffs } }: ComparisonFile): MetricChoice {
  const [metric, cutoff] = SELECTION_METRIC.split('@') as ['recall', string];
  return {
    metrics: [...new Set([...metrics, metric])],
    cutoffs: [...new Set([...cutoffs, Number(cutoff)])].sort((a, b) => a - b),
  };
}

function isSameRun(a: RunSettings, b: RunSettings): boolean {
  return (
    a.dataset.name === b.dataset.name &&
    a.backbone.name === b.backbone.name &&
    a.variant === b.variant &&
    a.variantPackage === b.variantPackage
  );
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
