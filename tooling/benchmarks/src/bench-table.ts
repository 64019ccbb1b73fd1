import { Adam, lossGradients, type Objective, RandomStreams } from '@balanced-rec/ckd-core';
import { distinctIds, ParameterSet } from '@balanced-rec/ckd-core/backbone';
import { type EngineName, gatherRows, loadEngine, sumOfSquares } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { medianMilliseconds, rounded } from './timing.js';

export interface TableBenchOptions {
  readonly rows: number;
  readonly columns: number;
  /** Triples per step. Twice as many items are sampled, uniformly. */
  readonly batchSize: number;
  readonly engine: EngineName | 'auto';
  readonly repeats: number;
}

const meaning = {
  whole: 'gradient and Adam update of the whole table, as for any parameter',
  byRows: 'the same step with a table read by rows: only the rows read are brought up to date and updated',
  stepAndSettle:
    'such a step, after which every row is brought up to date, as before an evaluation that reads the whole table',
};

/** Times a training step for a trained feature table, both as an ordinary parameter and as a table read by rows. */
export async function benchTable({ rows, columns, batchSize, engine: name, repeats }: TableBenchOptions) {
  const engine = await loadEngine(name);
  const random = new RandomStreams(1).stream('sampling');
  const draw = () => distinctIds([Int32Array.from({ length: 2 * batchSize }, () => random.below(rows))]).ids;
  const byRows = tableStep(rows, columns, draw, true);
  const byRowsMs = medianMilliseconds(repeats, byRows.step);
  const settleMs = medianMilliseconds(repeats, byRows.stepAndSettle);
  byRows.dispose();
  const whole = tableStep(rows, columns, draw, false);
  const wholeMs = medianMilliseconds(repeats, whole.step);
  whole.dispose();
  return {
    engine: { name: engine.name, tfjs: engine.version },
    table: { rows, columns, numbers: rows * columns },
    batchSize,
    rowsPerStep: draw().length,
    repeats,
    meaning,
    milliseconds: { whole: wholeMs, byRows: byRowsMs, stepAndSettle: settleMs },
    ratio: rounded(wholeMs / byRowsMs),
  };
}

function tableStep(rows: number, columns: number, draw: () => Int32Array, byRows: boolean) {
  const parameters = new ParameterSet();
  const initial = tf.fill([rows, columns], 0.5) as tf.Tensor2D;
  const table = byRows ? parameters.addTable('features', initial) : undefined;
  const variable = byRows ? undefined : parameters.add('features', initial);
  const objective: Objective = {
    parameters,
    loss: (_, scope) => {
      const ids = draw();
      return { terms: { squares: sumOfSquares(table ? table.rows(ids, scope) : gatherRows(variable!, ids)) } };
    },
  };
  const adam = new Adam(parameters, { learningRate: 1e-3 });
  const none = new Int32Array();
  // Simulates a step late in training, when Adam's bias corrections have settled, as they have for most of training.
  const pastTheBeginning = () => {
    step();
    for (let k = 0; k < 2000; k++) adam.step(new Map());
    parameters.get('features');
  };
  const step = () =>
    tf.tidy(() => adam.step(lossGradients(objective, { users: none, positives: none, negatives: none }).gradients));
  const stepAndSettle = () => {
    step();
    parameters.get('features');
  };
  if (byRows) pastTheBeginning();
  return {
    step,
    stepAndSettle,
    dispose: () => {
      adam.dispose();
      parameters.dispose();
    },
  };
}
