import { countByItem } from '@balanced-rec/interactions';
import type { DatasetContent } from '../../dataset.js';
import { countByUser } from './measure-split.js';

/** Users or items of validation or test that training does not know, and the share of the interactions there that have one. */
export interface ColdMeasures {
  readonly count: number;
  /** Of the interactions of the validation split, 0 to 1. */
  readonly validation: number;
  readonly test: number;
}

/** Items that occur in validation or test but not in training. */
export function measureColdItems({ itemCount, train, validation, test }: DatasetContent): ColdMeasures {
  const [inTraining, inValidation, inTest] = [train, validation, test].map((split) => countByItem(split, itemCount));
  return measureCold(inTraining!, inValidation!, inTest!);
}

/** Users that occur in validation or test but not in training. */
export function measureColdUsers({ train, validation, test }: DatasetContent): ColdMeasures {
  return measureCold(countByUser(train), countByUser(validation), countByUser(test));
}

function measureCold(train: Int32Array, validation: Int32Array, test: Int32Array): ColdMeasures {
  const cold = { count: 0, validation: 0, test: 0 };
  const all = { validation: 0, test: 0 };
  for (let n = 0; n < train.length; n++) {
    all.validation += validation[n]!;
    all.test += test[n]!;
    if (train[n]! > 0 || validation[n]! + test[n]! === 0) continue;
    cold.count++;
    cold.validation += validation[n]!;
    cold.test += test[n]!;
  }
  return {
    count: cold.count,
    validation: cold.validation / Math.max(all.validation, 1),
    test: cold.test / Math.max(all.test, 1),
  };
}
