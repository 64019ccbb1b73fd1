import type { TrainingData } from '@balanced-rec/ckd-core';
import type { Dataset, DatasetContent } from '@balanced-rec/datasets';

/**
 * Checked by the compiler, not run: `datasets` and `ckd-core` do not import each other, yet what `datasets` reads must be valid
 * training data for `ckd-core`.
 */
declare const dataset: Dataset;
declare const content: DatasetContent;
export const trainOn: readonly TrainingData[] = [dataset, content];

// @ts-expect-error a dataset without features cannot be trained on
export const notOnThis: TrainingData = { ...content, features: undefined };
