import type { ParameterSnapshot, TrainingData, Triples } from '@balanced-rec/ckd-core/backbone';
import { add, dot, type Matrix, mean, meanRow, rowsOf } from '@balanced-rec/naive';

/** MMGCN as specified, in double precision, on lists of rows. */
export class NaiveMmgcn {
  readonly parameters: Record<string, Matrix>;
  readonly #data: TrainingData;
  readonly #slope: number;
  readonly #regWeight: number;
  readonly #layers: number;
  readonly #neighbours: number[][];

  constructor(
    data: TrainingData,
    parameters: ParameterSnapshot,
    { leakySlope, regWeight, layers }: { leakySlope: number; regWeight: number; layers: number },
  ) {
    this.#data = data;
    [this.#slope, this.#regWeight, this.#layers] = [leakySlope, regWeight, layers];
    this.parameters = Object.fromEntries(
      [...parameters].map(([name, { shape, values }]) => [name, rowsOf(values, shape.at(-1)!)]),
    );
    const { userCount, itemCount, train } = data;
    // A + I, users first.
    this.#neighbours = Array.from({ length: userCount + itemCount }, (_, node) => [node]);
    for (let user = 0; user < userCount; user++) {
      for (const item of train.items.subarray(train.offsets[user], train.offsets[user + 1])) {
        this.#neighbours[user]!.push(userCount + item);
        this.#neighbours[userCount + item]!.push(user);
      }
    }
  }

  /** The rows of all users, then of all items, with only some modalities known. */
  represent(modalities: readonly string[], observed: readonly string[]): Matrix {
    const parts = modalities.map((m) => this.#network(m, observed.includes(m)));
    return parts[0]!.map((row, r) => row.map((_, c) => mean(parts.map((part) => part[r]![c]!))));
  }

  /** BPR and the regulariser of a batch. */
  loss(modalities: readonly string[], observed: readonly string[], batch: Triples): number {
    const rows = this.represent(modalities, observed);
    const terms = [...batch.users].map((user, k) => {
      const u = rows[user]!;
      const p = rows[this.#data.userCount + batch.positives[k]!]!;
      const n = rows[this.#data.userCount + batch.negatives[k]!]!;
      const margin = dot(u, p) - dot(u, n);
      return Math.log1p(Math.exp(-margin)) + (this.#regWeight * (dot(u, u) + dot(p, p) + dot(n, n))) / 2;
    });
    return mean(terms);
  }

  #network(m: string, known: boolean): Matrix {
    const { userCount, itemCount, features } = this.#data;
    const { columns, values } = features[m]!;
    let [preferences, content] = [this.parameters[`user.preference.${m}`]!, rowsOf(values, columns)];
    if (!known) {
      preferences = repeat(meanRow(preferences), userCount);
      content = repeat(meanRow(content), itemCount);
    }
    const ids = [...this.parameters['user.id']!, ...this.parameters['item.id']!];
    let x = [...preferences, ...this.#linear(`projection.${m}`, content)].map((row) => {
      const length = Math.max(Math.sqrt(dot(row, row)), 1e-12);
      return row.map((value) => value / length);
    });
    for (let layer = 1; layer <= this.#layers; layer++) {
      const name = `gcn.${m}.${layer}`;
      const h = this.#leaky(this.#average(this.#linear(`${name}.conv`, x)));
      const y = add(this.#leaky(this.#linear(`${name}.linear`, x)), ids);
      x = this.#leaky(add(this.#linear(`${name}.gate`, h), y));
    }
    return x;
  }

  #linear(name: string, x: Matrix): Matrix {
    const [kernel, [bias]] = [this.parameters[`${name}.kernel`]!, this.parameters[`${name}.bias`]!];
    return x.map((row) => bias!.map((b, c) => row.reduce((sum, value, k) => sum + value * kernel[k]![c]!, b)));
  }

  #leaky(x: Matrix): Matrix {
    return x.map((row) => row.map((value) => (value > 0 ? value : this.#slope * value)));
  }

  /** D^-1 (A + I) x */
  #average(x: Matrix): Matrix {
    return this.#neighbours.map((nodes) => meanRow(nodes.map((node) => x[node]!)));
  }
}

function repeat(row: number[], count: number): Matrix {
  return Array.from({ length: count }, () => row);
}
