import { clone, memory, tensor2d, type Variable, variable } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { activate, describeOnEveryEngine } from './support/engines.ts';
import { floats } from './support/numbers.ts';
import { adamMissedSteps, adamStepRows, detach } from './support/package.ts';

interface Constants {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly learningRate: (step: number) => number;
}

const usual: Constants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, learningRate: () => 0.01 };

/**
 * A table under row-wise Adam beside the same in float64 with a gradient of zero in every missed update. It starts from zero where the way
 * moved is compared, which rounding at the size of the parameters would hide.
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

  /** Update `step` of everything: a gradient for the rows of `ids`, none for the others. */
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

  /** The largest error of the way moved, relative to the longest way. */
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

/** Row r takes part in every (r + 1)-th update, except that row 0 stops for good early on. */
function rowsOf(step: number, rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, r) => r).filter((r) => (r === 0 ? step < 4 : step % (r + 1) === 0));
}

describeOnEveryEngine('Adam on rows', (engine) => {
  beforeAll(async () => void (await activate(engine)));

  it.each<[string, Constants, number]>([
    ['the usual constants', usual, 0.1],
    ['gradients far below epsilon', usual, 1e-10],
    ['gradients about epsilon', usual, 1e-8],
    ['a falling learning rate', { ...usual, learningRate: (step) => 0.01 * 0.96 ** (step / 5) }, 0.1],
    ['short memories', { ...usual, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 }, 0.1],
    ['no momentum', { ...usual, beta1: 0 }, 0.1],
  ])('is Adam with a gradient of zero where a row has none: %s', (_, constants, scale) => {
    const table = new Table(41, 7, constants, 'zero');
    const steps = 700;
    for (let step = 1; step <= steps; step++) table.update(rowsOf(step, table.rows), step, scale);
    table.settle(
      Int32Array.from({ length: table.rows }, (_, r) => r),
      steps,
    );
    // Adding up hundreds of float32 updates costs this much whoever does it.
    expect(table.error).toBeLessThan(2e-6);
    table.dispose();
  });

  it('leaves no tensor, moves named rows alone, and not what shares memory with the table', () => {
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

  it('refuses rows that do not exist and gradients of another shape', () => {
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
