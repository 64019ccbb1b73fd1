import { type Protocol, RandomStreams, rankingView, type Validation } from '@balanced-rec/ckd-core';
import { type Backbone, type ObservedSet, only, type Triples } from '@balanced-rec/ckd-core/backbone';
import type { Dataset } from '@balanced-rec/datasets';
import { BalancedRecError } from '@balanced-rec/errors';
import { type Interactions, keepUsers } from '@balanced-rec/interactions';
import type { MetricChoice } from '../metrics/metric-name.js';
import { evaluableUsers, inEvaluationScope, measureView } from './evaluate-backbone.js';
import { probeMargins } from './margin-probe.js';

/** The metric that model selection maximises. */
export const SELECTION_METRIC = 'recall@20';

/** The list length of {@link SELECTION_METRIC}. */
export const SELECTION_CUTOFF = 20;

/**
 * Checks before anything is trained that models can be selected on a dataset. Among fewer items, no list can miss one.
 * @throws BalancedRecError `dataset/too-few-items`
 */
export function requireEnoughItems(itemCount: number, dataset: string): void {
  if (itemCount >= SELECTION_CUTOFF) return;
  throw new BalancedRecError({
    code: 'dataset/too-few-items',
    message: 'the dataset has too few items to train on',
    place: `dataset ${dataset}`,
    expected: `at least ${SELECTION_CUTOFF} items, because models are selected by Recall@${SELECTION_CUTOFF}`,
    found: String(itemCount),
    remedy: 'use a dataset with more items; if it was filtered, filter less (--core, --described-only)',
  });
}

export interface ValidateOptions {
  readonly dataset: Dataset;
  /** See validationSplit. */
  readonly split: Interactions;
  readonly measured: MetricChoice;
  /** See drawProbe. */
  readonly probe: Triples;
}

/**
 * Measures a model on the validation split under the view that it ranks with. If it is trained on several modalities, also measures each
 * modality's own view, and the margins that show what each contributes. All views share one scope, so that common parts are computed once.
 */
export function validate(
  backbone: Backbone,
  trainedOn: ObservedSet,
  { dataset, split, measured, probe }: ValidateOptions,
): Validation {
  return inEvaluationScope((scope) => {
    const measureOf = (observed: ObservedSet) =>
      measureView(backbone.represent(observed, scope), dataset, split, measured).measured.mean;
    const metrics = measureOf(rankingView(backbone, trainedOn));
    const score = metrics[SELECTION_METRIC]!;
    if (trainedOn.length === 1) return { score, metrics };
    const views = trainedOn.map((m) => [`only:${m}`, measureOf(only(trainedOn, m))] as const);
    return { score, metrics, views: Object.fromEntries(views), margins: probeMargins(backbone, probe, scope) };
  });
}

/**
 * The data for model selection: the validation split, or that of a sample of its users if the protocol limits their number. The sample has
 * its own random stream: it is the same at every evaluation, and for every variant with the same seed.
 */
export function validationSplit(
  { train, validation }: Pick<Dataset, 'train' | 'validation'>,
  { validationUsers }: Pick<Protocol, 'validationUsers'>,
  seed: number,
): Interactions {
  const users = evaluableUsers(train, validation);
  if (validationUsers === undefined || validationUsers >= users.length) return validation;
  return keepUsers(validation, draw(users, validationUsers, seed));
}

/** The first steps of a Fisher-Yates shuffle. */
function draw(users: Int32Array, count: number, seed: number): Int32Array {
  const random = new RandomStreams(seed).stream('validation users');
  for (let k = 0; k < count; k++) {
    const other = k + random.below(users.length - k);
    [users[k], users[other]] = [users[other]!, users[k]!];
  }
  return users.slice(0, count).sort();
}
