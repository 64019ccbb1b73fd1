import type { StepScope } from '@balanced-rec/ckd-core/backbone';
import { detach } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { LearnedGraphs } from './item-graphs.js';

/** Owns the learned graphs of an epoch and the patterns of the last evaluation, whose uploads outlive every tf.tidy. */
export class HeldGraphs {
  readonly #build: (scope: StepScope) => LearnedGraphs;
  #epoch: LearnedGraphs | undefined;
  #evaluated: LearnedGraphs | undefined;

  /** @param build builds the graphs from the current parameters */
  constructor(build: (scope: StepScope) => LearnedGraphs) {
    this.#build = build;
  }

  /**
   * In training, an epoch's first step gets graphs that carry gradients, and the other steps get the same values without gradients.
   * In evaluation, every scope gets graphs built from the current parameters, so a saved model ranks the same as the trained one.
   */
  of(scope: StepScope): LearnedGraphs {
    if (scope.phase === 'evaluate') {
      disposePatterns(this.#evaluated);
      this.#evaluated = this.#build(scope);
      return this.#evaluated;
    }
    if (this.#epoch) return this.#epoch;
    const built = this.#build(scope);
    this.#epoch = kept(built);
    return built;
  }

  /** Ends the epoch: the next training step builds new graphs. */
  release(): void {
    disposePatterns(this.#epoch);
    disposePatterns(this.#evaluated);
    for (const { values } of Object.values(this.#epoch?.graphs ?? {})) values.dispose();
    this.#epoch?.modalWeight.dispose();
    this.#epoch = undefined;
    this.#evaluated = undefined;
  }
}

/** The same values without gradients, kept across tf.tidy; the patterns are shared. */
function kept({ graphs, modalWeight }: LearnedGraphs): LearnedGraphs {
  return {
    // A copy, because the parameter changes during the epoch.
    modalWeight: tf.keep(tf.mul<tf.Tensor1D>(detach(modalWeight), 1)),
    graphs: Object.fromEntries(
      Object.entries(graphs).map(([m, { pattern, values }]) => [m, { pattern, values: tf.keep(detach(values)) }]),
    ),
  };
}

function disposePatterns(learned: LearnedGraphs | undefined): void {
  for (const { pattern } of Object.values(learned?.graphs ?? {})) pattern.dispose();
}
