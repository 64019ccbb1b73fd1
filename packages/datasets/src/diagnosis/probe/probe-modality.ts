import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { differenceOf, type Estimate, estimateOf } from '../../numeric/statistics.js';
import { contentNeighbourScorer, covariance, linearScorer } from './feature-scorers.js';
import { recallOfEach, type Scorer, type UserSample, withShuffledItems } from './recall.js';

/** A probe's Recall@20, and its chance level: that of the same probe when every item has another item's features. */
export interface ProbeResult {
  readonly recall: Estimate;
  readonly shuffled: Estimate;
  /** `recall` minus `shuffled`, user by user. */
  readonly advantage: Estimate;
}

/** How much one modality tells about what users choose. */
export interface ModalityProbe {
  readonly modality: string;
  /** The number of columns the probes saw: fewer than the features have if these were sketched. */
  readonly columns: number;
  readonly neighbours: ProbeResult;
  /** `ridge`, chosen on validation, is a multiple of the mean eigenvalue of the features' covariance. */
  readonly linear: ProbeResult & { readonly ridge: number };
}

/** How strong a modality is on its own: its better probe, user by user. */
export interface Strength {
  readonly recalls: Float64Array;
  readonly result: ProbeResult;
}

const RIDGES = [0.1, 1, 10] as const;

/**
 * Measures how many of the test items the features find on their own.
 *
 * @param matrix the prepared features
 * @param test the users to probe
 * @param validation the users on which λ is chosen
 */
export function probeModality(
  modality: string,
  matrix: FeatureMatrix,
  test: UserSample,
  validation: UserSample,
): { probe: ModalityProbe; strength: Strength } {
  const shuffled = withShuffledItems(test, matrix.rows);
  const measure = (score: Scorer): Strength => {
    const recalls = recallOfEach(score, test, matrix.rows);
    const ofShuffled = recallOfEach(score, shuffled, matrix.rows);
    const advantage = differenceOf(recalls, ofShuffled);
    return { recalls, result: { recall: estimateOf(recalls), shuffled: estimateOf(ofShuffled), advantage } };
  };

  const products = covariance(matrix);
  const ridge = chooseRidge((candidate) => linearScorer(matrix, products, candidate), validation, matrix.rows);
  const neighbours = measure(contentNeighbourScorer(matrix));
  const linear = measure(linearScorer(matrix, products, ridge));
  const probe = {
    modality,
    columns: matrix.columns,
    neighbours: neighbours.result,
    linear: { ...linear.result, ridge },
  };
  return { probe, strength: linear.result.recall.mean > neighbours.result.recall.mean ? linear : neighbours };
}

/** The λ with the best Recall@20 on validation; on a tie, the first. */
function chooseRidge(scorer: (ridge: number) => Scorer, validation: UserSample, itemCount: number): number {
  const recalls = RIDGES.map((ridge) => estimateOf(recallOfEach(scorer(ridge), validation, itemCount)).mean);
  return RIDGES[recalls.indexOf(Math.max(...recalls))]!;
}

/** The approximate number of additions and multiplications that `probeModality` takes. */
export function costOfProbe(itemCount: number, columns: number, testUsers: number, validationUsers: number): number {
  const scorings = 4 * testUsers + RIDGES.length * validationUsers;
  return 2 * itemCount * columns * (scorings + columns);
}
