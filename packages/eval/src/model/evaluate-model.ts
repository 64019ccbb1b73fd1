import { readManifest } from '@balanced-rec/ckd-core/node';
import { readDataset } from '@balanced-rec/datasets';
import {
  type DataDifference,
  differenceFromTraining,
  otherDataset,
  restoreBackbone,
  startEngine,
} from '@balanced-rec/models';
import { checkCutoffs, evaluateBackbone } from '../evaluation/evaluate-backbone.js';
import { type Metric, type MetricKey, metricKey } from '../metrics/metric-name.js';

/** A saved model, and what to measure. */
export interface EvaluateModelOptions {
  /** The model's folder, written by `trainModel` or `compare`. */
  readonly model: string;
  /** The dataset's folder. */
  readonly data: string;
  readonly split: 'validation' | 'test';
  readonly metrics: readonly Metric[];
  /**
   * Whether the dataset may be other than the one that the model was trained on: another split of the same data, or data of the
   * same shape. If the model was trained on some of what is measured, the numbers are too high.
   */
  readonly otherData?: boolean | undefined;
  /** `auto`, or an engine's name. */
  readonly engine: string;
  /** The package to import a third-party backbone from. */
  readonly packageName?: string | undefined;
  /** Where the engine was named, for errors. */
  readonly enginePlace?: string | undefined;
}

/** What {@link evaluateModel} measured. */
export interface EvaluatedModel {
  /** Means over the users, by metric, in the order asked for. */
  readonly results: Readonly<Record<MetricKey, number>>;
  /** How the dataset differs from the one that the model was trained on; undefined if it is the same, by its content hash. */
  readonly difference: DataDifference | undefined;
}

const REMEDY =
  'use the dataset that the model was trained on, unchanged since then; --other-data allows another one, on which numbers are too high if the model was trained on what is measured';

/**
 * Evaluates a saved model on a split of a dataset by full ranking, under the view that the model ranks with.
 *
 * @throws BalancedRecError `model/other-dataset`, `engine/...`, `checkpoint/...`, `backbone/...`, `dataset/...`,
 * `metrics/cutoff-too-large`
 */
export async function evaluateModel(options: EvaluateModelOptions): Promise<EvaluatedModel> {
  const { model, data, split, metrics, engine, packageName, enginePlace = 'engine', otherData = false } = options;
  await startEngine(engine, enginePlace);
  const manifest = await readManifest(model);
  const dataset = await readDataset(data, { modalities: [...manifest.modalities] });
  const difference = await differenceFromTraining(model, manifest, dataset);
  if (difference && !otherData) throw otherDataset(manifest, dataset, difference, data, REMEDY);
  const cutoffs = [...new Set(metrics.map(({ cutoff }) => cutoff))];
  checkCutoffs(cutoffs, dataset.itemCount, dataset.name);
  const backbone = await restoreBackbone(model, manifest, dataset, packageName);
  try {
    const names = [...new Set(metrics.map(({ name }) => name))];
    const { mean } = evaluateBackbone(backbone, manifest.observed, dataset, dataset[split], {
      metrics: names,
      cutoffs,
    });
    const keys = metrics.map(({ name, cutoff }) => metricKey(name, cutoff));
    return { results: Object.fromEntries(keys.map((key) => [key, mean[key]!])), difference };
  } finally {
    backbone.dispose();
  }
}
