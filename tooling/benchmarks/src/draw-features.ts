import type { RandomGenerator } from '@balanced-rec/ckd-core/backbone';
import type { FeatureMatrix } from '@balanced-rec/datasets';

/** Uniform in [-0.5, 0.5), because the cost of a step does not depend on the feature values. */
export function drawFeatures(rows: number, columns: number, random: RandomGenerator): FeatureMatrix {
  const values = new Float32Array(rows * columns);
  for (let at = 0; at < values.length; at++) values[at] = random.uint32() / 2 ** 32 - 0.5;
  return { rows, columns, values };
}
