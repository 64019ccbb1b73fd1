import type { ParameterSnapshot, TrainingData, Triples } from '@balanced-rec/ckd-core/backbone';
import { dot, type Matrix, mean, meanRow, rowsOf } from '@balanced-rec/naive';

/** Called with each value of each layer's messages, row by row. */
type Drop = (message: number) => number;

/** LATTICE's NGCF as specified, in double precision, on lists of rows. */
export class NaiveNgcf {
  readonly parameters: Record<string, Matrix>;
  readonly #userCount: number;
  readonly #layers: number;
  readonly #regWeight: number;
  readonly #neighbours: number[][];

  constructor(
    { userCount, itemCount, train }: TrainingData,
    parameters: ParameterSnapshot,
    { layers, regWeight }: { layers: number; regWeight: number },
  ) {
    [this.#userCount, this.#layers, this.#regWeight] = [userCount, layers, regWeight];
    this.parameters = Object.fromEntries(
      [...parameters].map(([name, { shape, values }]) => [name, rowsOf(values, shape.at(-1)!)]),
    );
    // A + I, users first.
    this.#neighbours = Array.from({ length: userCount + itemCount }, (_, node) => [node]);
    for (let user = 0; user < userCount; user++) {
      for (const item of train.items.subarray(train.offsets[user], train.offsets[user + 1])) {
        this.#neighbours[user]!.push(userCount + item);
        this.#neighbours[userCount + item]!.push(user);
      }
    }
  }

  /** The rows of all users, then of all items. */
  propagate(drop: Drop = (message) => message): Matrix {
    let ego = [...this.parameters['user.id']!, ...this.parameters['item.id']!];
    const all = [ego];
    for (let layer = 1; layer <= this.#layers; layer++) {
      const side = this.#neighbours.map((nodes) => meanRow(nodes.map((node) => ego[node]!)));
      const sum = leaky(this.#linear(`ngcf.${layer}.graph`, side));
      const products = combine(ego, side, (x, y) => x * y);
      const bi = leaky(this.#linear(`ngcf.${layer}.interaction`, products));
      ego = combine(sum, bi, (x, y) => x + y).map((row) => row.map(drop));
      all.push(
        ego.map((row) => {
          const length = Math.max(Math.sqrt(dot(row, row)), 1e-12);
          return row.map((value) => value / length);
        }),
      );
    }
    return ego.map((_, node) => meanRow(all.map((rows) => rows[node]!)));
  }

  /**
   * BPR and the regulariser of a batch.
   * @param itemPart the item graph's contribution to each item's row
   */
  loss({ users, positives, negatives }: Triples, itemPart: ArrayLike<number>, drop?: Drop): number {
    const rows = this.propagate(drop);
    const itemRow = (item: number) =>
      rows[this.#userCount + item]!.map((value, c, row) => value + itemPart[item * row.length + c]!);
    const terms = [...users].map((user, k) => {
      const u = rows[user]!;
      const p = itemRow(positives[k]!);
      const n = itemRow(negatives[k]!);
      const margin = dot(u, p) - dot(u, n);
      return Math.log1p(Math.exp(-margin)) + (this.#regWeight * (dot(u, u) + dot(p, p) + dot(n, n))) / 2;
    });
    return mean(terms);
  }

  #linear(name: string, x: Matrix): Matrix {
    const [kernel, [bias]] = [this.parameters[`${name}.kernel`]!, this.parameters[`${name}.bias`]!];
    return x.map((row) => bias!.map((b, c) => row.reduce((sum, value, k) => sum + value * kernel[k]![c]!, b)));
  }
}

function leaky(x: Matrix): Matrix {
  return x.map((row) => row.map((value) => (value > 0 ? value : 0.01 * value)));
}

function combine(a: Matrix, b: Matrix, of: (x: number, y: number) => number): Matrix {
  return a.map((row, r) => row.map((value, c) => of(value, b[r]![c]!)));
}
