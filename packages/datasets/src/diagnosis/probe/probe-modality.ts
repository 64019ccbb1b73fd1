import type { FeatureMatrix } from '../../features/feature-matrix.js';
import { differenceOf, type Estimate, estimateOf } from '../../numeric/statistics.js';
import { contentNeighbourScorer, covariance, linearScorer } from './feature-scorers.js';
import { recallOfEach, type Scorer, type UserSample, withShuffledItems } from './recall.js';

/** One probe's Recall@20, and that of the same probe when every item has the features of another: chance. */
export interface ProbeResult {
  readonly recall: Estimate;
  readonly shuffled: Estimate;
  /** `recall` less `shuffled`, user by user. */
  readonly advantage: Estimate;
}

/** What one modality knows of what users choose. */
export interface ModalityProbe {
  readonly modality: string;
  /** The columns that the probes saw; fewer than the features have where these were sketched. */
  readonly columns: number;
  readonly neighbours: ProbeResult;
  /** `ridge`, chosen on validation, is a multiple of the mean eigenvalue of the features' covariance. */
  readonly linear: ProbeResult & { readonly ridge: number };
}

/** How strong a modality is alone: its better probe, user by user. */
export interface Strength {
  readonly recalls: Float64Array;
  readonly result: ProbeResult;
}

const RIDGES = [0.1, 1, 10] as const;

/**
 * Asks what the features alone find of the test items.
 *
 * @param matrix as prepared
 * @param test the users that are asked
 * @param validation the users that λ is chosen on
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

/** The λ of the best Recall@20 on validation; the first of equals. */
function chooseRidge(scorer: (ridge: number) => Scorer, validation: UserSample, itemCount: number): number {
  const recalls = RIDGES.map((ridge) => estimateOf(recallOfEach(scorer(ridge), validation, itemCount)).mean);
  return RIDGES[recalls.indexOf(Math.max(...recalls))]!;
}

/** About how many additions and multiplications `probeModality` takes. */
export function costOfProbe(itemCount: number, columns: number, testUsers: number, validationUsers: number): number {
  const scorings = 4 * testUsers + RIDGES.length * validationUsers;
  return 2 * itemCount * columns * (scorings + columns);
}
