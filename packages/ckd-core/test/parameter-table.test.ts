import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { ParameterSet, RandomGenerator, type StepScope, type Triples } from '../src/backbone.js';
import { Adam, type LossGradients, lossGradients, type Objective, wholeGradients } from '../src/index.js';
import { onEachEngine } from './support/engines.js';
import { expectClose } from './support/numbers.js';

const [rows, columns] = [12, 5];
const random = new RandomGenerator([5, 6, 7, 8]);
const initial = Float32Array.from({ length: rows * columns }, () => random.normal());
const other = Float32Array.from({ length: columns }, () => random.normal());

/** What a step reads: rows by id, one read per list, and optionally the whole table. */
interface Reads {
  readonly lists: readonly (readonly number[])[];
  readonly whole?: boolean;
}

/** A loss that reads a table in the given way; `rowWise` determines how the table is stored, not what is computed. */
class Model {
  readonly parameters = new ParameterSet();
  readonly #read: (ids: Int32Array, scope: StepScope) => tf.Tensor2D;
  readonly #whole: () => tf.Tensor2D;
  readonly #other: tf.Tensor2D;

  constructor(rowWise: boolean) {
    const start = tf.tensor2d(initial.slice(), [rows, columns]);
    if (rowWise) {
      const table = this.parameters.addTable('table', start);
      this.#read = (ids, scope) => table.rows(ids, scope);
      this.#whole = () => table.whole();
    } else {
      const table = this.parameters.add('table', start);
      this.#read = (ids) => gatherRows(table, ids);
      this.#whole = () => table;
    }
    this.#other = this.parameters.add('other', tf.tensor2d(other.slice(), [columns, 1]));
  }

  objective({ lists, whole = false }: Reads): Objective {
    const loss = (x: tf.Tensor2D) => tf.sum(tf.square(tf.sub(tf.matMul(x, this.#other), 1)));
    return {
      parameters: this.parameters,
      loss: (_, scope) => ({
        terms: {
          rows: tf.addN([
            tf.scalar(0),
            ...lists.map((ids) => loss(this.#read(Int32Array.from(ids), scope))),
          ]) as tf.Scalar,
          whole: whole ? (loss(this.#whole()) as tf.Scalar) : tf.scalar(0),
          always: tf.sum(tf.square(this.#other)) as tf.Scalar,
        },
      }),
    };
  }
}

const batch: Triples = { users: Int32Array.of(0), positives: Int32Array.of(0), negatives: Int32Array.of(0) };

function stepOf(model: Model, adam: Adam, reads: Reads): void {
  tf.tidy(() => void adam.step(lossGradients(model.objective(reads), batch).gradients));
}

/** Row 11 is read only once; some steps read nothing, some everything. */
function readsOf(step: number): Reads {
  if (step === 1) return { lists: [[11, 0, 3]] };
  if (step % 17 === 0) return { lists: [[step % 11]], whole: true };
  if (step % 5 === 0) return { lists: [] };
  return {
    lists: [
      [step % 11, (step + 4) % 11],
      [(step + 4) % 11, (step + 6) % 11],
    ],
  };
}

onEachEngine('A table read row by row', () => {
  test.each(['zero', 'skip'] as const)('moves like a parameter updated as a whole, %s', (missingGradients) => {
    const before = tf.memory().numTensors;
    const models = [new Model(true), new Model(false)] as const;
    const adams = models.map(({ parameters }) => new Adam(parameters, { learningRate: 0.01, missingGradients }));
    const table = (k: number) => models[k]!.parameters.get('table').dataSync();
    for (let step = 1; step <= 120; step++) {
      for (const [k, adam] of adams.entries()) {
        adam.learningRate = 0.01 * 0.99 ** step;
        stepOf(models[k]!, adam, readsOf(step));
      }
      if (step % 40 === 0) expectClose(table(0), table(1), 1e-5);
    }
    // Disposing the optimizer brings every row up to date.
    for (const adam of adams) adam.dispose();
    expectClose(table(0), table(1), 1e-5);
    for (const { parameters } of models) parameters.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('sums the gradients of all reads, of rows or of the whole table', () => {
    for (const reads of [{ lists: [[2, 5]] }, { lists: [[2, 5], [5, 7], [2]] }, { lists: [[4]], whole: true }]) {
      const models = [new Model(true), new Model(false)] as const;
      tf.tidy(() => {
        const steps = models.map((model): LossGradients => lossGradients(model.objective(reads), batch));
        const [ours, theirs] = models.map((model, k) => wholeGradients(steps[k]!.gradients, model.parameters));
        for (const [name, gradient] of theirs!) expectClose(ours!.get(name)!.dataSync(), gradient.dataSync(), 1e-6);
        const gradient = steps[0]!.gradients.get('table')!;
        if (!reads.whole) {
          expect([...(gradient as { ids: Int32Array }).ids]).toEqual([...new Set(reads.lists.flat())].sort());
        }
      });
      for (const { parameters } of models) parameters.dispose();
    }
  });

  test('is up to date in a snapshot and keeps restored values', () => {
    const models = [new Model(true), new Model(false)] as const;
    const adams = models.map(({ parameters }) => new Adam(parameters, { learningRate: 0.1 }));
    const run = (from: number, to: number) => {
      for (let step = from; step <= to; step++)
        for (const [k, adam] of adams.entries()) stepOf(models[k]!, adam, readsOf(step));
    };
    run(1, 9);
    const snapshots = models.map(({ parameters }) => parameters.snapshot());
    expectClose(snapshots[0]!.get('table')!.values, snapshots[1]!.get('table')!.values, 1e-5);
    run(10, 14);
    for (const [k, { parameters }] of models.entries()) parameters.restore(snapshots[k]!);
    for (const [k, { parameters }] of models.entries()) {
      expect(parameters.get('table').dataSync()).toEqual(snapshots[k]!.get('table')!.values);
    }
    run(15, 25);
    expectClose(models[0].parameters.get('table').dataSync(), models[1].parameters.get('table').dataSync(), 1e-5);
    for (const adam of adams) adam.dispose();
    for (const { parameters } of models) parameters.dispose();
  });

  test('may be disposed before its optimizer', () => {
    const before = tf.memory().numTensors;
    const model = new Model(true);
    const adam = new Adam(model.parameters, { learningRate: 0.1 });
    stepOf(model, adam, readsOf(1));
    model.parameters.dispose();
    adam.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
