import { BalancedRecError } from '@balanced-rec/errors';
import type { Plan, PlannedRun } from '../comparison/plan.js';
import type { ComparisonFile } from '../comparison/read-comparison.js';
import type { RunStore } from '../comparison/run-store.js';
import type { RunSettings } from '../runs/run-settings.js';
import { type Choices, choiceKey } from './choices.js';
import { planStage, STAGES } from './plan-trials.js';
import type { Choice, PlannedTrial, Stage, TrialRecord } from './trial.js';

/** All that a search did: what it tried for each dataset x backbone, and what it chose. The test split has no part in it. */
export interface SearchRecord {
  readonly format: 1;
  readonly method: 'grid' | 'random';
  readonly seed: number;
  readonly decisions: readonly Decision[];
}

/** What one stage chose for one dataset x backbone. */
export interface Decision {
  readonly dataset: string;
  readonly backbone: string;
  readonly stage: Stage;
  /** The variant whose validation score decided. */
  readonly variant: string;
  /** The seed of the trials. */
  readonly seed: number;
  readonly trials: readonly (Pick<TrialRecord, 'values' | 'score' | 'bestEpoch' | 'epochs'> & {
    readonly number: number;
  })[];
  /** Trials that failed, by number: no candidate for the choice. */
  readonly failed: readonly number[];
  /** The number of the trial with the best score; of equals, the first. */
  readonly chosen: number;
}

/** Does runs and trials that are not finished yet. */
export type Perform = (runs: readonly PlannedRun[], what: string) => Promise<void>;

/** What a search leaves to its comparison. */
export interface SearchOutcome {
  readonly record: SearchRecord;
  readonly choices: Choices;
  /** Why a run cannot be done: every trial that should have chosen its options failed (`search/no-trial`). */
  refusalOf(settings: RunSettings): BalancedRecError | undefined;
}

/** Searches stage by stage: a stage's trials go on from what earlier stages chose. */
export async function search(
  file: ComparisonFile,
  plan: Plan,
  store: RunStore,
  perform: Perform,
): Promise<SearchOutcome> {
  const { method, seed } = file.comparison.search!;
  const choices = new Map<string, Choice>();
  const decisions: Decision[] = [];
  const refusals: { readonly key: string; readonly variant: string; readonly error: BalancedRecError }[] = [];
  for (const [stage, variant] of STAGES) {
    const open = searched(plan, variant).filter((settings) => !refusals.some(({ key }) => key === choiceKey(settings)));
    const planned = planStage(stage, variant, open, file, choices);
    if (planned.trials.length === 0) continue;
    await perform([...planned.teachers, ...planned.trials], `search of ${stage} options, by ${variant}`);
    for (const trials of groups(planned.trials)) {
      const key = choiceKey(trials[0]!.settings);
      const decision = await decide(stage, variant, trials, store);
      if (!decision) {
        refusals.push({ key, variant, error: noTrial(key, stage, trials.length) });
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
      refusals.find(({ key, variant }) => key === choiceKey(settings) && concerns(variant, settings))?.error,
  };
}

/** One run for each dataset x backbone that a stage has to decide for: of the first seed, where the comparison has such a variant. */
function searched({ runs, cells }: Plan, variant: string): RunSettings[] {
  const found = new Map<string, RunSettings>();
  const floors = [...cells.values()].flat().flatMap((cell) => (cell.variant.floor ? [cell.variant.name] : []));
  for (const { settings } of runs) {
    if (concerns(variant, settings) && !floors.includes(settings.variant) && !found.has(choiceKey(settings)))
      found.set(choiceKey(settings), settings);
  }
  return [...found.values()];
}

/** What is chosen by plain holds for every variant, what is chosen by CKD for its ablations too. */
function concerns(variant: string, settings: RunSettings): boolean {
  return variant === 'plain' || settings.variant.startsWith(variant);
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
    message: `no trial of the search of ${stage} options came to an end`,
    place,
    expected: `one of ${count} trials at least`,
    found: 'the failures listed above',
    remedy: 'take the values that fail out of the space, and run the same command again',
  });
}
