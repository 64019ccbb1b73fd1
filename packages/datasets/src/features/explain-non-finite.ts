import type { ErrorDetails } from '@balanced-rec/errors';
import { countOf } from '../count-of.js';
import type { FeatureMatrix } from './feature-matrix.js';

/** `features/non-finite` where a matrix holds NaN or an infinity: one of them would turn every parameter into NaN. */
export function explainNonFinite(matrix: FeatureMatrix, place: string): ErrorDetails | undefined {
  const { values, columns } = matrix;
  // A sum is finite only if all values are (float32 values cannot overflow a double): one cheap pass for good files.
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n]!;
  if (Number.isFinite(sum)) return undefined;

  const isBad = (value: number) => !Number.isFinite(value);
  const first = values.findIndex(isBad);
  const count = values.reduce((total, value) => total + (isBad(value) ? 1 : 0), 0);
  const [row, column] = [Math.floor(first / columns), first % columns];
  return {
    code: 'features/non-finite',
    message: `${countOf(count, 'value')} of the features ${count === 1 ? 'is' : 'are'} not finite`,
    place: `${place}: row ${row}, column ${column}`,
    expected: 'finite numbers that fit float32',
    found: `${values[first]} in row ${row}, column ${column} (counted from 0)${count > 1 ? ', the first of them' : ''}`,
    remedy: 'check how these items were encoded, or replace the values, for example with numpy.nan_to_num',
  };
}
