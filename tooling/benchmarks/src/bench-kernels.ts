import { RandomStreams } from '@balanced-rec/ckd-core';
import type { RandomGenerator } from '@balanced-rec/ckd-core/backbone';
import { adamStep, CsrMatrix, gatherRows, linear, loadEngine, topKOfProduct } from '@balanced-rec/tfjs-kernels';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
// Registers the gradients of TF.js's own kernels.
import '@tensorflow/tfjs-layers';
import { medianMilliseconds, rounded } from './timing.js';

/** One operation at shapes from real training: our kernel, and the equivalent in TF.js's wasm backend. */
interface KernelCase {
  readonly name: string;
  readonly shapes: string;
  /** Returns the function to time. Called when its engine is active. */
  readonly ours: () => () => void;
  /** A note instead if TF.js has nothing to compare with. */
  readonly stock: (() => () => void) | string;
}

/**
 * Times each kernel on the wasm engine. The stock kernels are timed first, on the backend as shipped with TF.js, because loading our
 * engine replaces its matMul.
 */
export async function benchKernels(repeats: number) {
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await tf.setBackend('wasm');
  await tf.ready();
  const cases = kernelCases();
  const time = (work: () => void) => medianMilliseconds(repeats, () => tf.tidy(work));
  const stock = cases.map(({ stock }) => (typeof stock === 'string' ? stock : time(stock())));
  const engine = await loadEngine('wasm');
  const kernels = cases.map(({ name, shapes, ours }, index) => {
    const milliseconds = time(ours());
    const other = stock[index]!;
    return typeof other === 'string'
      ? { name, shapes, milliseconds, stock: null, note: other }
      : { name, shapes, milliseconds, stock: other, speedup: rounded(other / milliseconds) };
  });
  return { engine: { name: engine.name, tfjs: engine.version }, repeats, kernels };
}

function kernelCases(): KernelCase[] {
  const random = new RandomStreams(1).stream('init');
  const matrix = (rows: number, columns: number) =>
    tf.tensor2d(
      Float32Array.from({ length: rows * columns }, () => random.unit() - 0.5),
      [rows, columns],
    );
  const ids = (count: number, below: number) => Int32Array.from({ length: count }, () => random.below(below));
  return [
    linearCase(matrix(3283, 64), matrix(64, 64), matrix(1, 64)),
    ...gatherCases(tf.fill([7050, 4096], 0.5), ids(3000, 7050)),
    sparseCase(adjacency(3283, 91_937, random), matrix(3283, 64)),
    topKCase(matrix(512, 64), matrix(7050, 64), 50),
    adamCase(1_200_000),
  ];
}

function linearCase(x: tf.Tensor2D, kernel: tf.Tensor2D, biasRow: tf.Tensor2D): KernelCase {
  const bias = tf.reshape<tf.Rank.R1>(biasRow, [biasRow.shape[1]]);
  const gradients = (f: (x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D) => tf.Tensor) => () => {
    tf.grads((a, b, c) => f(a as tf.Tensor2D, b as tf.Tensor2D, c as tf.Tensor1D))([x, kernel, bias]);
  };
  return {
    name: 'linear, forward and backward',
    shapes: `[${x.shape}] x [${kernel.shape}] + [${bias.shape}]`,
    ours: () => gradients(linear),
    stock: () => gradients((a, b, c) => tf.add(tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D), c)),
  };
}

function gatherCases(table: tf.Tensor2D, ids: Int32Array): KernelCase[] {
  const idTensor = tf.tensor1d(ids, 'int32');
  const shapes = `${ids.length} rows of [${table.shape}]`;
  return [
    {
      name: 'gatherRows, forward',
      shapes,
      ours: () => () => void gatherRows(table, idTensor),
      stock: () => () => void tf.gather(table, idTensor),
    },
    {
      name: 'gatherRows, forward and backward',
      shapes,
      ours: () => () => void tf.grad((x) => gatherRows(x as tf.Tensor2D, idTensor))(table),
      stock: 'the gradient of tf.gather has no wasm kernel',
    },
  ];
}

function sparseCase(matrix: CsrMatrix, dense: tf.Tensor2D): KernelCase {
  const { rows, columns, entries } = matrix.pattern;
  return {
    name: 'csrMatMul, forward and backward',
    shapes: `[${rows},${columns}] with ${entries} entries x [${dense.shape}]`,
    ours: () => () => void tf.grad((x) => matrix.matMul(x as tf.Tensor2D))(dense),
    stock: 'TF.js has no sparse matrix product',
  };
}

function topKCase(users: tf.Tensor2D, items: tf.Tensor2D, k: number): KernelCase {
  return {
    name: 'topKOfProduct',
    shapes: `[${users.shape}] x [${items.shape}]^T, k ${k}`,
    ours: () => () => void topKOfProduct({ users, items, k }),
    stock: () => () => void tf.topk(tf.matMul(users, items, false, true), k).indices.dataSync(),
  };
}

function adamCase(size: number): KernelCase {
  const gradient = tf.randomUniform([size], -1, 1, 'float32', 1);
  return {
    name: 'adamStep',
    shapes: `[${size}]`,
    ours: () => {
      const [parameter, firstMoment, secondMoment] = [0, 1, 2].map(() => tf.variable(tf.zeros([size])));
      const tensors = { parameter: parameter!, gradient, firstMoment: firstMoment!, secondMoment: secondMoment! };
      let step = 0;
      return () => adamStep({ ...tensors, learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: ++step });
    },
    stock: () => {
      const parameter = tf.variable(tf.zeros([size]));
      const adam = tf.train.adam(1e-3);
      return () => adam.applyGradients([{ name: parameter.name, tensor: gradient }]);
    },
  };
}

/** A random square matrix of about `entries` entries, the size of a bipartite graph with self-loops. */
function adjacency(nodes: number, entries: number, random: RandomGenerator): CsrMatrix {
  const draw = () => Int32Array.from({ length: entries }, () => random.below(nodes));
  const values = new Float32Array(entries).fill(1 / 28);
  return CsrMatrix.fromTriplets({ rows: nodes, columns: nodes, rowIds: draw(), columnIds: draw(), values });
}
