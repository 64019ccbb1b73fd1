import type { ParameterSnapshot, TrainingData, Triples } from '@balanced-rec/ckd-core/backbone';
import { dot, type Matrix, matMul, matricesOf, rowsOf, sum, weightedSum, zeros } from '@balanced-rec/naive';

export interface NaiveFreedomOptions {
  readonly layers: number;
  readonly itemLayers: number;
  readonly neighbours: number;
  readonly regWeight: number;
  /** The weight of each modality's item graph. */
  readonly weights: Readonly<Record<string, number>>;
}

/** A user and an item. */
export type Edge = readonly [number, number];

/** FREEDOM as specified, on dense matrices. */
export class NaiveFreedom {
  readonly parameters: Record<string, Matrix>;
  /** The training interactions, by user and then item. */
  readonly edges: readonly Edge[];
  readonly #data: TrainingData;
  readonly #options: NaiveFreedomOptions;
  readonly #graphs: Readonly<Record<string, Matrix>>;

  constructor(data: TrainingData, parameters: ParameterSnapshot, options: NaiveFreedomOptions) {
    [this.#data, this.#options, this.parameters] = [data, options, matricesOf(parameters)];
    const { offsets, items } = data.train;
    this.edges = Array.from({ length: data.userCount }, (_, user) =>
      [...items.subarray(offsets[user], offsets[user + 1])].map((item) => [user, item] as const),
    ).flat();
    const graphs = Object.entries(data.features).map(
      ([m, { values, columns }]) => [m, frozenGraph(rowsOf(values, columns), options.neighbours)] as const,
    );
    this.#graphs = Object.fromEntries(graphs);
  }

  /** The frozen item graph of the observed modalities. */
  itemGraph(observed: readonly string[]): Matrix {
    const weights = observed.map((m) => this.#options.weights[m]!);
    const shares = weights.map((weight) => weight / sum(weights));
    return weightedSum(
      shares,
      observed.map((m) => this.#graphs[m]!),
    );
  }

  /** D^-1/2 A D^-1/2 of the given interactions, with degrees counted over them; users first. */
  adjacency(edges: readonly Edge[]): Matrix {
    const { userCount, itemCount } = this.#data;
    const a = zeros(userCount + itemCount);
    for (const [user, item] of edges) a[user]![userCount + item] = a[userCount + item]![user] = 1;
    const scales = a.map((row) => (sum(row) + 1e-7) ** -0.5);
    return a.map((row, r) => row.map((value, c) => scales[r]! * value * scales[c]!));
  }

  /** The value that an interaction's chance of being kept is proportional to. */
  keepWeights(): number[] {
    const adjacency = this.adjacency(this.edges);
    return this.edges.map(([user, item]) => adjacency[user]![this.#data.userCount + item]!);
  }

  /** The rows of all users, then of all items, with only some modalities known. */
  represent(observed: readonly string[], edges = this.edges): Matrix {
    const [adjacency, ids] = [this.adjacency(edges), this.parameters['item.id']!];
    const depths = [[...this.parameters['user.id']!, ...ids]];
    for (let k = 0; k < this.#options.layers; k++) depths.push(matMul(adjacency, depths[k]!));
    const nodes = weightedSum(
      depths.map(() => 1 / depths.length),
      depths,
    );
    if (observed.length === 0) return nodes;
    const graph = this.itemGraph(observed);
    let h = ids;
    for (let k = 0; k < this.#options.itemLayers; k++) h = matMul(graph, h);
    const { userCount } = this.#data;
    return [...nodes.slice(0, userCount), ...weightedSum([1, 1], [nodes.slice(userCount), h])];
  }

  /** BPR of the view and of each observed modality. */
  terms(observed: readonly string[], batch: Triples, edges = this.edges): Record<string, number> {
    const rows = this.represent(observed, edges);
    const bpr = (itemRows: Matrix) => {
      const losses = [...batch.users].map((user, k) => {
        const [positive, negative] = [itemRows[batch.positives[k]!]!, itemRows[batch.negatives[k]!]!];
        return Math.log1p(Math.exp(dot(rows[user]!, negative) - dot(rows[user]!, positive)));
      });
      return sum(losses) / losses.length;
    };
    const ofModalities = observed.map((m) => [`bpr.${m}`, this.#options.regWeight * bpr(this.#projected(m))] as const);
    return { bpr: bpr(rows.slice(this.#data.userCount)), ...Object.fromEntries(ofModalities) };
  }

  loss(observed: readonly string[], batch: Triples, edges = this.edges): number {
    return sum(Object.values(this.terms(observed, batch, edges)));
  }

  #projected(m: string): Matrix {
    const bias = this.parameters[`projection.${m}.bias`]![0]!;
    const product = matMul(this.parameters[`features.${m}`]!, this.parameters[`projection.${m}.kernel`]!);
    return product.map((row) => row.map((value, c) => value + bias[c]!));
  }
}

/** 1 / k where an item is among another's k nearest by cosine, including itself. */
function frozenGraph(features: Matrix, neighbours: number): Matrix {
  const k = Math.min(neighbours, features.length);
  const cosine = (a: number[], b: number[]) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  return features.map((row) => {
    const cosines = features.map((other) => cosine(row, other));
    const least = [...cosines].sort((a, b) => b - a)[k - 1]!;
    return cosines.map((value) => (value >= least ? 1 / k : 0));
  });
}
