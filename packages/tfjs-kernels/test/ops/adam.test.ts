import {
  clone,
  fused,
  memory,
  reshape,
  slice,
  tensor1d,
  tensor2d,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { adamMissedSteps, adamStep, adamStepRows, detach } from '../../src/index.ts';
import { activate, describeOnEveryEngine } from '../support/engines.ts';
import { expectClose, floats } from '../support/numbers.ts';

const settings = { learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

function variableOf(values: Float32Array): Variable {
  const initial = tensor1d(values.slice());
  const result = variable(initial);
  initial.dispose();
  return result;
}

function update(parameter: Variable, moments: [Variable, Variable], values: Float32Array, step: number): void {
  const gradient = tensor1d(values);
  adamStep({ parameter, gradient, firstMoment: moments[0], secondMoment: moments[1], ...settings, step });
  gradient.dispose();
}

describeOnEveryEngine('adamStep', (engine) => {
  beforeAll(async () => void (await activate(engine)));

  it.each([1, 3, 5, 63, 65])('matches Adam over five steps of %i parameters', (size) => {
    const { learningRate, beta1, beta2, epsilon } = settings;
    const start = floats(size, 1);
    const parameter = variableOf(start);
    const moments: [Variable, Variable] = [variableOf(new Float32Array(size)), variableOf(new Float32Array(size))];
    const [p, m, v] = [Float64Array.from(start), new Float64Array(size), new Float64Array(size)];
    const before = memory();
    for (let step = 1; step <= 5; step++) {
      const g = floats(size, 10 + step);
      update(parameter, moments, g, step);
      for (let i = 0; i < size; i++) {
        m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
        v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! ** 2;
        p[i]! -=
          ((learningRate / (1 - beta1 ** step)) * m[i]!) / (Math.sqrt(v[i]!) / Math.sqrt(1 - beta2 ** step) + epsilon);
      }
    }
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
    expect(memory().numDataBuffers).toBe(before.numDataBuffers);
    expectClose(parameter.dataSync(), p, 1e-6);
    expectClose(moments[0].dataSync(), m, 1e-6);
    expectClose(moments[1].dataSync(), v, 1e-6);
    for (const each of [parameter, ...moments]) each.dispose();
  });

  it('does not change tensors that share memory with the parameter', () => {
    const start = floats(7, 1);
    const initial = tensor1d(start);
    const parameter = variable(initial);
    const moments: [Variable, Variable] = [variableOf(new Float32Array(7)), variableOf(new Float32Array(7))];
    const copies = [initial, clone(parameter), detach(parameter), reshape(parameter, [7, 1]), slice(parameter, 0, 7)];
    update(parameter, moments, floats(7, 2), 1);
    for (const copy of copies) expect(copy.dataSync()).toEqual(start);
    expect(start).toEqual(floats(7, 1));
    expect(parameter.dataSync()).not.toEqual(start);
    // Once the parameter has its own memory again, a later view must not change with it either.
    const [second, view] = [parameter.dataSync(), slice(parameter, 0, 7)];
    update(parameter, moments, floats(7, 3), 2);
    expect(view.dataSync()).toEqual(second);
    for (const each of [parameter, ...moments, ...copies, view]) each.dispose();
  });

  it('is visible to kernels that packed the old weights', () => {
    const initial = tensor2d(floats(8 * 8, 1), [8, 8]);
    const parameter = variable(initial);
    initial.dispose();
    const [first, second] = [
      variable(tensor2d(new Float32Array(64), [8, 8])),
      variable(tensor2d(new Float32Array(64), [8, 8])),
    ];
    const identity = tensor2d(
      Float32Array.from({ length: 64 }, (_, i) => (i % 9 === 0 ? 1 : 0)),
      [8, 8],
    );
    const gradient = tensor2d(floats(64, 3), [8, 8]);
    for (let step = 1; step <= 3; step++) {
      const product = fused.matMul({ a: identity, b: parameter });
      expect(product.dataSync()).toEqual(parameter.dataSync());
      product.dispose();
      adamStep({ parameter: parameter, gradient, firstMoment: first, secondMoment: second, ...settings, step });
    }
    for (const each of [parameter, first, second, identity, gradient]) each.dispose();
  });

  it('refuses a step below 1', () => {
    const [p, m, v] = [variableOf(floats(1, 1)), variableOf(floats(1, 1)), variableOf(floats(1, 1))];
    expect(() => update(p, [m, v], floats(1, 1), 0)).toThrow(
      expect.objectContaining({ code: 'kernels/invalid-argument' }),
    );
    for (const each of [p, m, v]) each.dispose();
  });
});

interface Constants {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly learningRate: (step: number) => number;
}

const usual: Constants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, learningRate: () => 0.01 };

/**
 * A table under row-wise Adam, and the same in float64 with a zero gradient in every missed update. It starts from zero when the distance
 * moved is compared, because rounding at the size of the parameters would hide it.
 */
class Table {
  readonly variables: Record<'parameter' | 'firstMoment' | 'secondMoment', Variable>;
  readonly lastUpdates: Int32Array;
  readonly exact: { readonly p: Float64Array; readonly m: Float64Array; readonly v: Float64Array };
  readonly start: Float32Array;

  constructor(
    readonly rows: number,
    readonly columns: number,
    readonly constants: Constants,
    start: 'random' | 'zero',
  ) {
    const size = rows * columns;
    this.start = start === 'zero' ? new Float32Array(size) : floats(size, 1);
    const make = (values: Float32Array) => variable(tensor2d(values.slice(), [rows, columns]));
    this.variables = {
      parameter: make(this.start),
      firstMoment: make(new Float32Array(size)),
      secondMoment: make(new Float32Array(size)),
    };
    this.lastUpdates = new Int32Array(rows);
    this.exact = { p: Float64Array.from(this.start), m: new Float64Array(size), v: new Float64Array(size) };
  }

  settle(ids: Int32Array, step: number): void {
    const lastUpdates = ids.map((id) => this.lastUpdates[id]!);
    adamMissedSteps({ ...this.variables, ...this.constants, ids, lastUpdates, step });
    for (const id of ids) this.lastUpdates[id] = step;
  }

  /** Runs update `step` on both: the rows in `ids` have a gradient, the others have none. */
  update(ids: Int32Array, step: number, scale: number): void {
    this.settle(ids, step - 1);
    const values = floats(ids.length * this.columns, 100 + step, scale);
    const gradient = tensor2d(values, [ids.length, this.columns]);
    const learningRate = this.constants.learningRate(step);
    adamStepRows({ ...this.variables, ...this.constants, learningRate, gradient, ids, step });
    gradient.dispose();
    for (const id of ids) this.lastUpdates[id] = step;
    const dense = new Float64Array(this.exact.p.length);
    for (const [i, id] of ids.entries())
      for (let j = 0; j < this.columns; j++) dense[id * this.columns + j] = values[i * this.columns + j]!;
    this.#updateExactly(dense, step);
  }

  #updateExactly(g: Float64Array, step: number): void {
    const { beta1, beta2, epsilon, learningRate } = this.constants;
    const { p, m, v } = this.exact;
    for (let i = 0; i < p.length; i++) {
      m[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
      v[i] = beta2 * v[i]! + (1 - beta2) * g[i]! ** 2;
      const root = Math.sqrt(v[i]!) / Math.sqrt(1 - beta2 ** step);
      p[i]! -= ((learningRate(step) / (1 - beta1 ** step)) * m[i]!) / (root + epsilon);
    }
  }

  /** The largest error of the distance moved, relative to the longest distance. */
  get error(): number {
    const found = this.variables.parameter.dataSync<'float32'>();
    let [error, longest] = [0, 0];
    for (let i = 0; i < found.length; i++) {
      error = Math.max(error, Math.abs(found[i]! - this.exact.p[i]!));
      longest = Math.max(longest, Math.abs(this.exact.p[i]! - this.start[i]!));
    }
    return error / longest;
  }

  dispose(): void {
    for (const each of Object.values(this.variables)) each.dispose();
  }
}

/** Row r takes part in every (r + 1)-th update, except that row 0 stops permanently early on. */
function rowsOf(step: number, rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, r) => r).filter((r) => (r === 0 ? step < 4 : step % (r + 1) === 0));
}

describeOnEveryEngine('Adam on rows', (engine) => {
  beforeAll(async () => void (await activate(engine)));

  it.each<[string, Constants, number]>([
    ['the usual constants', usual, 0.1],
    ['gradients far below epsilon', usual, 1e-10],
    ['gradients near epsilon', usual, 1e-8],
    ['a decreasing learning rate', { ...usual, learningRate: (step) => 0.01 * 0.96 ** (step / 5) }, 0.1],
    ['short memories', { ...usual, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }, 0.1],
    ['no momentum', { ...usual, beta1: 0 }, 0.1],
  ])('equals Adam with a zero gradient where a row has none: %s', (_, constants, scale) => {
    const table = new Table(41, 7, constants, 'zero');
    const steps = 700;
    for (let step = 1; step <= steps; step++) table.update(rowsOf(step, table.rows), step, scale);
    table.settle(
      Int32Array.from({ length: table.rows }, (_, r) => r),
      steps,
    );
    // Summing hundreds of float32 updates loses this much accuracy in any implementation.
    expect(table.error).toBeLessThan(2e-6);
    table.dispose();
  });

  it('leaves no tensor behind and changes only the given rows, not tensors that share memory with the table', () => {
    const table = new Table(5, 3, usual, 'random');
    const [copy, detached] = [clone(table.variables.parameter), detach(table.variables.parameter)];
    const before = memory();
    table.update(Int32Array.of(3, 1), 1, 0.1);
    const moved = table.variables.parameter.dataSync();
    table.settle(Int32Array.of(1), 9);
    const settled = table.variables.parameter.dataSync();
    expect(memory().numTensors).toBe(before.numTensors);
    for (const tensor of [copy, detached]) {
      expect(tensor.dataSync()).toEqual(table.start);
      tensor.dispose();
    }
    const rowsThatDiffer = (a: ArrayLike<number>, b: ArrayLike<number>) =>
      [0, 1, 2, 3, 4].filter((r) => [0, 1, 2].some((j) => a[3 * r + j] !== b[3 * r + j]));
    expect(rowsThatDiffer(table.start, moved)).toEqual([1, 3]);
    expect(rowsThatDiffer(moved, settled)).toEqual([1]);
    table.dispose();
  });

  it('refuses rows that do not exist and gradients of the wrong shape', () => {
    const table = new Table(2, 3, usual, 'random');
    const gradient = tensor2d([1, 2, 3], [1, 3]);
    const step = (ids: Int32Array) =>
      adamStepRows({ ...table.variables, ...usual, learningRate: 0.01, gradient, ids, step: 1 });
    expect(() => step(Int32Array.of(2))).toThrow(expect.objectContaining({ code: 'kernels/id-out-of-range' }));
    expect(() => step(Int32Array.of(0, 1))).toThrow(expect.objectContaining({ code: 'kernels/shape-mismatch' }));
    expect(() => table.settle(Int32Array.of(-1), 3)).toThrow(
      expect.objectContaining({ code: 'kernels/id-out-of-range' }),
    );
    gradient.dispose();
    table.dispose();
  });
});
