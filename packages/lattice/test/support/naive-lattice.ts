import type { ParameterSnapshot, TrainingData, Triples } from '@balanced-rec/ckd-core/backbone';
import {
  dot,
  identity,
  type Matrix,
  matMul,
  matricesOf,
  normalized,
  rowsOf,
  softmax,
  sum,
  weightedSum,
} from '@balanced-rec/naive';

export interface NaiveLatticeOptions {
  readonly modalities: readonly string[];
  readonly cfModel: 'lightgcn' | 'mf';
  readonly layers: number;
  readonly itemLayers: number;
  readonly neighbours: number;
  readonly lambda: number;
  readonly regWeight: number;
}

/** What an epoch keeps: each modality's unnormalised learned graph, and the logits that mix them. */
export interface Learned {
  readonly graphs: Readonly<Record<string, Matrix>>;
  readonly logits: Readonly<Record<string, number>>;
}

/** LATTICE as specified, on dense matrices. */
export class NaiveLattice {
  parameters: Record<string, Matrix> = {};
  readonly #options: NaiveLatticeOptions;
  readonly #userCount: number;
  readonly #originals: Readonly<Record<string, Matrix>>;
  /** D^-1 (A + I), users first. */
  readonly #adjacency: Matrix;

  constructor(data: TrainingData, parameters: ParameterSnapshot, options: NaiveLatticeOptions) {
    this.#options = options;
    this.#userCount = data.userCount;
    this.#originals = this.#byModality((m) => {
      const { values, columns } = data.features[m]!;
      return symmetric(this.#similarities(rowsOf(values, columns)));
    });
    const edges = identity(data.userCount + data.itemCount);
    for (let user = 0; user < data.userCount; user++) {
      for (const item of data.train.items.subarray(data.train.offsets[user], data.train.offsets[user + 1])) {
        edges[user]![data.userCount + item] = edges[data.userCount + item]![user] = 1;
      }
    }
    this.#adjacency = edges.map((row) => row.map((value) => value / sum(row)));
    this.moveTo(parameters);
  }

  moveTo(parameters: ParameterSnapshot): void {
    this.parameters = matricesOf(parameters);
  }

  /** The graphs of the current parameters. */
  learned(): Learned {
    return {
      graphs: this.#byModality((m) => {
        const bias = this.parameters[`projection.${m}.bias`]![0]!;
        const projected = matMul(this.parameters[`features.${m}`]!, this.parameters[`projection.${m}.kernel`]!);
        return this.#similarities(projected.map((row) => row.map((value, c) => value + bias[c]!)));
      }),
      logits: this.#byModality((m) => this.parameters.modalWeight![0]![this.#options.modalities.indexOf(m)]!),
    };
  }

  itemGraph(observed: readonly string[], { graphs, logits }: Learned = this.learned()): Matrix {
    const weights = softmax(observed.map((m) => logits[m]!));
    const mix = (of: Readonly<Record<string, Matrix>>) =>
      weightedSum(
        weights,
        observed.map((m) => of[m]!),
      );
    const { lambda } = this.#options;
    return weightedSum([1 - lambda, lambda], [symmetric(mix(graphs)), mix(this.#originals)]);
  }

  /** The rows of all users, then of all items, with only some modalities known. */
  represent(observed: readonly string[], learned?: Learned): Matrix {
    const depths = [[...this.parameters['user.id']!, ...this.parameters['item.id']!]];
    const layers = this.#options.cfModel === 'mf' ? 0 : this.#options.layers;
    for (let k = 0; k < layers; k++) depths.push(matMul(this.#adjacency, depths[k]!));
    const nodes = weightedSum(
      depths.map(() => 1 / depths.length),
      depths,
    );
    if (observed.length === 0) return nodes;
    const graph = this.itemGraph(observed, learned);
    let h = this.parameters['item.id']!;
    for (let k = 0; k < this.#options.itemLayers; k++) h = matMul(graph, h);
    const users = nodes.slice(0, this.#userCount);
    return [...users, ...weightedSum([1, 1], [nodes.slice(this.#userCount), normalized(h)])];
  }

  /** BPR and the regulariser. */
  terms(observed: readonly string[], { users, positives, negatives }: Triples, learned?: Learned) {
    const rows = this.represent(observed, learned);
    const triples = [...users].map((user, k) => {
      const itemRow = (item: number) => rows[this.#userCount + item]!;
      return { u: rows[user]!, p: itemRow(positives[k]!), n: itemRow(negatives[k]!) };
    });
    const bpr = triples.map(({ u, p, n }) => Math.log1p(Math.exp(dot(u, n) - dot(u, p))));
    const halfSquares = triples.map(({ u, p, n }) => (dot(u, u) + dot(p, p) + dot(n, n)) / 2);
    return {
      bpr: sum(bpr) / triples.length,
      regularizer: (this.#options.regWeight * sum(halfSquares)) / triples.length,
    };
  }

  loss(observed: readonly string[], batch: Triples, learned?: Learned): number {
    return sum(Object.values(this.terms(observed, batch, learned)));
  }

  /** The cosine between each row and its nearest rows, including itself; zero elsewhere. */
  #similarities(features: Matrix): Matrix {
    const unit = normalized(features);
    return unit.map((row) => {
      const cosines = unit.map((other) => dot(row, other));
      const least = [...cosines].sort((a, b) => b - a)[Math.min(this.#options.neighbours, unit.length) - 1]!;
      return cosines.map((cosine) => (cosine >= least ? cosine : 0));
    });
  }

  #byModality<T>(value: (m: string) => T): Record<string, T> {
    return Object.fromEntries(this.#options.modalities.map((m) => [m, value(m)]));
  }
}

/** D^-1/2 S D^-1/2 by row sums; an item whose row sum is not positive, for which this is undefined, is connected to nothing. */
function symmetric(similarities: Matrix): Matrix {
  const scales = similarities.map((row) => (sum(row) > 0 ? sum(row) ** -0.5 : 0));
  return similarities.map((row, r) => row.map((value, c) => scales[r]! * value * scales[c]!));
}
