import { BalancedRecError, type ErrorDetails } from '@balanced-rec/errors';
import { countOf } from '../problems/wording.js';
import type { FeatureMatrix } from './feature-matrix.js';

/** One modality's features and the file they come from. */
export interface ModalityFile {
  readonly modality: string;
  readonly place: string;
  readonly matrix: FeatureMatrix;
}

/** The largest item id among the interactions, and where it occurs. */
export interface LargestItem {
  readonly id: number;
  readonly place: string;
}

/**
 * Counts the items of a dataset: all ids up to the largest one in any split. If all modalities have the same larger number of
 * rows, that number counts instead, because an item without interactions is still a candidate.
 *
 * @throws BalancedRecError `features/too-few-rows`, `features/rows-differ`
 */
export function countItems(files: readonly ModalityFile[], largest: LargestItem): number {
  const needed = largest.id + 1;
  const short = files.find(({ matrix }) => matrix.rows < needed);
  if (short !== undefined) throw tooFewRows(short, largest);
  const rows = files[0]?.matrix.rows ?? needed;
  if (files.some(({ matrix }) => matrix.rows !== rows)) throw rowsDiffer(files);
  return rows;
}

/** Reports `features/non-finite` if a matrix contains NaN or an infinity: one such value would turn every parameter into NaN. */
export function explainNonFinite(matrix: FeatureMatrix, place: string): ErrorDetails | undefined {
  const { values, columns } = matrix;
  // A sum is finite only if all values are (float32 values cannot overflow a double), so good files take one cheap pass.
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n]!;
  if (Number.isFinite(sum)) return undefined;

  const isBad = (value: number) => !Number.isFinite(value);
  const first = values.findIndex(isBad);
  const count = values.reduce((total, value) => total + (isBad(value) ? 1 : 0), 0);
  const [row, column] = [Math.floor(first / columns), first % columns];
  return {
    code: 'features/non-finite',
    message: `${countOf(count, 'feature value')} ${count === 1 ? 'is' : 'are'} not finite`,
    place: `${place}: row ${row}, column ${column}`,
    expected: 'finite numbers that fit float32',
    found: `${values[first]} in row ${row}, column ${column} (counted from 0)${count > 1 ? ', the first of them' : ''}`,
    remedy: 'check how these items were encoded, or replace the values, for example with numpy.nan_to_num',
  };
}

function tooFewRows({ modality, place, matrix }: ModalityFile, largest: LargestItem): BalancedRecError {
  return new BalancedRecError({
    code: 'features/too-few-rows',
    message: `the ${modality} features have fewer rows than there are items`,
    place,
    expected: `at least ${largest.id + 1} rows: item ${largest.id} is at ${largest.place}`,
    found: `${matrix.rows} rows`,
    remedy: 'write one row per item, in the order of the item ids, and check that both files come from the same run',
  });
}

function rowsDiffer(files: readonly ModalityFile[]): BalancedRecError {
  return new BalancedRecError({
    code: 'features/rows-differ',
    message: 'the modalities have different numbers of rows',
    place: files.map(({ place }) => place).join(', '),
    expected: 'one row per item in every modality',
    found: files.map(({ modality, matrix }) => `${modality}: ${matrix.rows}`).join(', '),
    remedy: 'extract the features of all modalities from the same list of items',
  });
}
