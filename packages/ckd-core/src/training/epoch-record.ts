import { BalancedRecError } from '@balanced-rec/errors';
import type * as tf from '@tensorflow/tfjs-core';

/** The result of an evaluation on the validation split. */
export interface Validation {
  /** What model selection maximises, for example Recall@20. */
  readonly score: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** The same metrics for uni-modal views of the model, by view name. */
  readonly views?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
  /** Mean margins of the same validation triples at every evaluation, by view name. */
  readonly margins?: Readonly<Record<string, number>> | undefined;
}

/** The record of one epoch: means over its steps, and its evaluation if it had one. */
export interface EpochRecord {
  readonly epoch: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly measures: Readonly<Record<string, number>>;
  /** Quantiles at 5, 25, 50, 75 and 95% from the epoch's last step, by name. */
  readonly distributions?: Readonly<Record<string, readonly number[]>> | undefined;
  readonly validation?: Validation | undefined;
}

/** What a step yields, still on the engine. */
export interface StepValues {
  readonly names: readonly string[];
  /** How many of the names are terms of the loss; the rest are measures. */
  readonly termCount: number;
  /** `[names.length]` */
  readonly values: tf.Tensor1D;
}

/** The number of steps whose values are read together. Reading stalls a GPU, but a non-finite loss must be noticed soon. */
const READ_EVERY = 16;

/** Reads the steps' values, several steps at a time, and averages them at the end of the epoch. */
export class EpochValues {
  readonly #epoch: number;
  readonly #waiting: StepValues[] = [];
  // Kept separately because steps may have different terms.
  readonly #losses = new Map<string, number>();
  readonly #measures = new Map<string, number>();
  #steps = 0;

  constructor(epoch: number) {
    this.#epoch = epoch;
  }

  /**
   * Takes ownership of the step's tensor.
   * @throws BalancedRecError `training/diverged` naming epoch, step and term
   */
  add(step: StepValues): void {
    this.#waiting.push(step);
    if (this.#waiting.length === READ_EVERY) this.#read();
  }

  /** Means over the steps; a term counts as zero in steps that lack it. @throws like {@link add} */
  means(): Pick<EpochRecord, 'losses' | 'measures'> {
    this.#read();
    const means = (sums: ReadonlyMap<string, number>) =>
      Object.fromEntries([...sums].map(([name, sum]) => [name, sum / this.#steps]));
    return { losses: means(this.#losses), measures: means(this.#measures) };
  }

  #read(): void {
    // One at a time, so that if one throws, `dispose` can still free the rest.
    for (let step = this.#waiting.shift(); step; step = this.#waiting.shift()) {
      const { names, termCount, values } = step;
      const read = values.dataSync();
      values.dispose();
      this.#steps += 1;
      for (const [k, name] of names.entries()) {
        const value = read[k]!;
        if (!Number.isFinite(value)) throw diverged(`epoch ${this.#epoch}, step ${this.#steps}`, `${name} = ${value}`);
        const sums = k < termCount ? this.#losses : this.#measures;
        sums.set(name, (sums.get(name) ?? 0) + value);
      }
    }
  }

  dispose(): void {
    for (const { values } of this.#waiting.splice(0)) values.dispose();
  }
}

/**
 * Validates the model after an epoch.
 * @throws BalancedRecError `training/diverged` where the score, or a user's score for an item, is not a finite number
 */
export function validateEpoch(validate: () => Validation, epoch: number): Validation {
  const validation = rankedOrDiverged(validate, epoch);
  if (Number.isFinite(validation.score)) return validation;
  throw diverged(`epoch ${epoch}`, `validation score = ${validation.score}`);
}

/** Parameters may overflow in an epoch's last step, whose loss was still finite: then ranking is the first to see it. */
function rankedOrDiverged(validate: () => Validation, epoch: number): Validation {
  try {
    return validate();
  } catch (error) {
    if (!(error instanceof BalancedRecError) || error.code !== 'kernels/not-a-number') throw error;
    throw diverged(`epoch ${epoch}`, 'a score in validation is NaN', error);
  }
}

function diverged(place: string, found: string, cause?: unknown): BalancedRecError {
  return new BalancedRecError({
    code: 'training/diverged',
    message: 'training diverged',
    place,
    expected: 'finite losses and scores',
    found,
    remedy: 'lower the learning rate, or check the features for extreme values',
    cause,
  });
}
