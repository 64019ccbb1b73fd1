import { adamMissedSteps, adamStep, adamStepRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import type { ParameterTable } from '../adapter/parameter-table.js';
import {
  type AdamDecays,
  type AdamState,
  disposeMoments,
  type Moments,
  restoreMoments,
  savedMoments,
  zeroMoments,
} from './dense-adam.js';
import type { RowGradient } from './gradient.js';

/**
 * Adam's state for a table. An update touches only the rows that have a gradient. The other rows fall behind and catch up before they
 * are next read, so the difference is not observable.
 */
export class RowAdam {
  readonly #table: ParameterTable;
  readonly #decays: AdamDecays;
  readonly #moments: Moments;
  /** The learning rate of each update so far. */
  readonly #learningRates: number[] = [];
  /** The last update that each row took part in; 0 before its first gradient, when there is nothing to catch up on. */
  readonly #lastUpdates: Int32Array;
  readonly #allRows: Int32Array;

  constructor(table: ParameterTable, decays: AdamDecays) {
    const rows = table.variable.shape[0]!;
    this.#table = table;
    this.#decays = decays;
    this.#moments = zeroMoments(table.variable);
    this.#lastUpdates = new Int32Array(rows);
    this.#allRows = Int32Array.from({ length: rows }, (_, row) => row);
    table.settleWith((ids) => this.#settle(ids));
  }

  /** @param gradient of the whole table or of some rows; undefined counts as zero */
  step(gradient: tf.Tensor | RowGradient | undefined, learningRate: number): void {
    if (gradient instanceof tf.Tensor) this.#settle();
    else if (gradient) this.#settle(gradient.ids);
    this.#learningRates.push(learningRate);
    if (!gradient) return;
    const step = this.#learningRates.length;
    const options = { parameter: this.#table.variable, ...this.#moments, ...this.#decays, learningRate, step };
    if (gradient instanceof tf.Tensor) {
      adamStep({ ...options, gradient });
      this.#lastUpdates.fill(step);
    } else {
      adamStepRows({ ...options, gradient: gradient.rows, ids: gradient.ids });
      for (const id of gradient.ids) this.#lastUpdates[id] = step;
    }
  }

  #settle(ids: Int32Array = this.#allRows): void {
    const step = this.#learningRates.length;
    const moving = ids.filter((id) => this.#lastUpdates[id]! > 0);
    adamMissedSteps({
      parameter: this.#table.variable,
      ...this.#moments,
      ...this.#decays,
      ids: moving,
      lastUpdates: moving.map((id) => this.#lastUpdates[id]!),
      step,
      learningRate: (update) => this.#learningRates[update - 1]!,
    });
    for (const id of moving) this.#lastUpdates[id] = step;
  }

  /** Rows that are behind stay behind: catching up now would round differently from catching up later. */
  save(): AdamState {
    const lastUpdates = { shape: [this.#lastUpdates.length], values: Float32Array.from(this.#lastUpdates) };
    return {
      arrays: savedMoments(this.#moments).set('lastUpdates', lastUpdates),
      progress: { learningRates: [...this.#learningRates] },
    };
  }

  restore({ arrays, progress }: AdamState): void {
    restoreMoments(this.#moments, arrays);
    this.#lastUpdates.set(arrays.get('lastUpdates')!.values);
    for (const rate of progress.learningRates!) this.#learningRates.push(rate);
  }

  dispose(): void {
    if (!this.#table.variable.isDisposed) this.#settle();
    this.#table.settleWith(undefined);
    disposeMoments(this.#moments);
  }
}
