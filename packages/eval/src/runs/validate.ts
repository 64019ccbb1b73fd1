import { type Interactions, rankingView, type Validation } from '@balanced-rec/ckd-core';
import { type Backbone, type ObservedSet, only, type Triples } from '@balanced-rec/ckd-core/backbone';
import type { Dataset } from '@balanced-rec/datasets';
import { type MetricChoice, measureView } from './evaluate-backbone.js';
import { inEvaluationScope } from './evaluation-scope.js';
import { probeMargins } from './margin-probe.js';

/** What model selection maximises. */
export const SELECTION_METRIC = 'recall@20';

export interface ValidateOptions {
  readonly dataset: Dataset;
  /** See validationSplit. */
  readonly split: Interactions;
  readonly measured: MetricChoice;
  /** See drawProbe. */
  readonly probe: Triples;
}

/**
 * Measures a model on the validation split: as it ranks, and, if it is trained on several modalities, each modality's own view and the
 * margins that say what each contributes. All views share one scope, so that what they have in common is computed once.
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
