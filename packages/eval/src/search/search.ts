import { BalancedRecError } from '@balanced-rec/errors';
import type { Choice, Decision, SearchRecord, Stage } from '@balanced-rec/report';
import type { ComparisonFile } from '../comparison-file/read-comparison.js';
import type { Plan, PlannedRun, PlannedTrial } from '../plan/plan.js';
import { type Choices, choiceKey, type RunSettings } from '../plan/run-settings.js';
import type { RunStore } from '../store/run-store.js';
import { builtInVariants } from '../variants/built-in-variants.js';
import type { Variant } from '../variants/variant.js';
import { planStage } from './plan-trials.js';

/** Executes the unfinished runs and trials. */
export type Perform = (runs: readonly PlannedRun[], what: string) => Promise<void>;

/** The variants that decide a stage, in the order of the stages. */
const deciders = builtInVariants([]).filter(
  (variant): variant is Variant & { readonly decides: Stage } => 'decides' in variant,
);

/** What a search passes on to its comparison. */
export interface SearchOutcome {
  readonly record: SearchRecord;
  readonly choices: Choices;
  /** Why a run cannot be executed: every trial for its options failed (`search/no-trial`). */
  refusalOf(settings: RunSettings): BalancedRecError | undefined;
}

/** Searches stage by stage: a stage's trials build on the choices of earlier stages. */
export async function search(
  file: ComparisonFile,
  plan: Plan,
  store: RunStore,
  perform: Perform,
): Promise<SearchOutcome> {
  const { method, seed } = file.comparison.search!;
  const choices = new Map<string, Choice>();
  const decisions: Decision[] = [];
  const refusals: { readonly key: string; readonly stage: Stage; readonly error: BalancedRecError }[] = [];
  for (const decider of deciders) {
    const { decides: stage, name: variant } = decider;
    const open = searched(plan, stage).filter((settings) => !refusals.some(({ key }) => key === choiceKey(settings)));
    const planned = planStage(stage, decider, open, file, plan.definitions, choices);
    if (planned.trials.length === 0) continue;
    await perform([...planned.teachers, ...planned.trials], `search of ${stage} options, by ${variant}`);
    for (const trials of groups(planned.trials)) {
      const key = choiceKey(trials[0]!.settings);
      const decision = await decide(stage, variant, trials, store);
      if (!decision) {
        refusals.push({ key, stage, error: noTrial(key, stage, trials.length) });
        continue;
      }
      const { values } = decision.trials.find(({ number }) => number === decision.chosen)!;
      choices.set(key, { ...choices.get(key), ...values });
      decisions.push(decision);
    }
  }
  return {
    record: { format: 1, method, seed, decisions },
    choices,
    refusalOf: (settings) =>
      refusals.find(({ key, stage }) => key === choiceKey(settings) && concerns(stage, settings, plan))?.error,
  };
}

/** One run, with the first seed, for each dataset x backbone with a variant that the stage decides for. */
function searched(plan: Plan, stage: Stage): RunSettings[] {
  const found = new Map<string, RunSettings>();
  for (const { settings } of plan.runs) {
    const key = choiceKey(settings);
    if (!found.has(key) && concerns(stage, settings, plan) && !variantOf(settings, plan)?.floor)
      found.set(key, settings);
  }
  return [...found.values()];
}

/** The backbone's options apply to every variant, the others to the variants that declare to read them. */
function concerns(stage: Stage, settings: RunSettings, plan: Plan): boolean {
  return stage === 'backbone' || (variantOf(settings, plan)?.reads?.includes(stage) ?? false);
}

/** The variant of a run; undefined for a teacher that the comparison does not list as a variant. */
function variantOf({ dataset, variant: name }: RunSettings, { cells }: Plan): Variant | undefined {
  return cells.get(dataset.name)?.find(({ variant }) => variant.name === name)?.variant;
}

function groups(trials: readonly PlannedTrial[]): PlannedTrial[][] {
  const keys = [...new Set(trials.map(({ settings }) => choiceKey(settings)))];
  return keys.map((key) => trials.filter(({ settings }) => choiceKey(settings) === key));
}

async function decide(
  stage: Stage,
  variant: string,
  planned: readonly PlannedTrial[],
  store: RunStore,
): Promise<Decision | undefined> {
  const { dataset, backbone, seed } = planned[0]!.settings;
  const found = await Promise.all(planned.map(async ({ id, trial }) => ({ trial, record: await store.findTrial(id) })));
  const trials = found.flatMap(({ trial, record }) => {
    if (!record) return [];
    const { values, score, bestEpoch, epochs } = record;
    return [{ number: trial.number, values, score, bestEpoch, epochs }];
  });
  const failed = found.filter(({ record }) => !record).map(({ trial }) => trial.number);
  if (trials.length === 0) return undefined;
  const best = trials.reduce((a, b) => (b.score > a.score ? b : a));
  return { dataset: dataset.name, backbone: backbone.name, stage, variant, seed, trials, failed, chosen: best.number };
}

function noTrial(place: string, stage: Stage, count: number): BalancedRecError {
  return new BalancedRecError({
    code: 'search/no-trial',
    message: `no trial of the search of ${stage} options finished`,
    place,
    expected: `at least one of ${count} trials`,
    found: 'the failures listed above',
    remedy: 'remove the failing values from the space, and run the same command again',
  });
}
