import { readManifest } from '@balanced-rec/ckd-core/node';
import { readDataset } from '@balanced-rec/datasets';
import { restoreBackbone, startEngine } from '@balanced-rec/models';
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
  /** Whether the model was trained on different data, by its content hash. */
  readonly isOtherData: boolean;
}

/**
 * Evaluates a saved model on a split of a dataset by full ranking, under the view that the model ranks with.
 *
 * @throws BalancedRecError `engine/...`, `checkpoint/...`, `backbone/...`, `dataset/...`, `metrics/cutoff-too-large`
 */
export async function evaluateModel(options: EvaluateModelOptions): Promise<EvaluatedModel> {
  const { model, data, split, metrics, engine, packageName, enginePlace = 'engine' } = options;
  await startEngine(engine, enginePlace);
  const manifest = await readManifest(model);
  const dataset = await readDataset(data, { modalities: [...manifest.modalities] });
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
    return {
      results: Object.fromEntries(keys.map((key) => [key, mean[key]!])),
      isOtherData: manifest.dataHash !== dataset.hash,
    };
  } finally {
    backbone.dispose();
  }
}
