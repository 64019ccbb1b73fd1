import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import { type ComparisonFile, measuredBy, protocolOf } from '../comparison-file/read-comparison.js';
import { type Plan, type PlannedRun, teachersOf } from '../plan/plan.js';
import { type Choices, choiceKey, type RunSettings, runId, withChoice } from '../plan/run-settings.js';
import type { Variant, VariantOptions } from '../variants/variant.js';

/**
 * Lists the runs of a comparison, teachers before students, with the choices of a search. Seeds are outermost, so that an unfinished
 * comparison has complete seeds.
 */
export function listRuns(
  file: ComparisonFile,
  { datasets, definitions, cells }: Pick<Plan, 'datasets' | 'definitions' | 'cells'>,
  engine: EngineName,
  choices: Choices = new Map(),
): PlannedRun[] {
  const { distillation, modulation, seeds } = file.comparison;
  const runs = new Map<string, PlannedRun>();
  const add = (run: PlannedRun) => {
    const known = runs.get(run.id);
    if (known && !isSameRun(known.settings, run.settings)) throw sameFile(run.id, known.settings, run.settings);
    if (!known) runs.set(run.id, run);
  };
  const common = { distillation, modulation, protocol: protocolOf(file), measured: measuredBy(file), engine };
  for (const seed of seeds) {
    for (const { name, path, modalities } of datasets.values()) {
      const dataset = { name, path, modalities };
      for (const { variant, ...cell } of cells.get(name)!) {
        const named = { ...common, ...cell, dataset, seed, variant: variant.name };
        const chosen = withChoice(named, choices.get(choiceKey(named)), definitions.get(named.backbone.name)!);
        const settings = { ...chosen, ...optionsRead(variant, chosen) };
        const teachers = variant.needsTeachers ? teachersOf(settings) : [];
        for (const teacher of teachers) add(teacher);
        add({ id: runId(settings), settings, after: teachers.map(({ id }) => id), kind: variant.kind ?? variant.name });
      }
    }
  }
  return [...runs.values()];
}

/** Drops the options that a variant does not read, since they make no difference to its runs. */
function optionsRead(
  { reads = ['distillation', 'modulation'] }: Variant,
  { distillation, modulation }: Pick<RunSettings, VariantOptions>,
): Pick<RunSettings, VariantOptions> {
  return {
    distillation: reads.includes('distillation') ? distillation : {},
    modulation: reads.includes('modulation') ? modulation : {},
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
    message: 'two runs would share a file',
    place: `runs/${id}.json`,
    expected: 'names that differ in letters, digits, dots or hyphens',
    found: names.join(' and '),
    remedy: 'give one of the datasets another "name"',
  });
}
