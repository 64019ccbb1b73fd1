import type { ParameterSnapshot, TrainingData, Triples } from '@balanced-rec/ckd-core/backbone';
import { add, affine, dot, frobenius, type Matrix, matricesOf, mean, meanOf, sum } from '@balanced-rec/naive';

export interface NaiveBm3Options {
  readonly modalities: readonly string[];
  readonly layers: number;
  readonly regWeight: number;
  readonly clWeight: number;
}

/** The targets of a batch's embeddings: its users, its positives, and the positives' content by modality. */
export interface Targets {
  readonly users: Matrix;
  readonly items: Matrix;
  readonly content: Readonly<Record<string, Matrix>>;
}

/** BM3 as specified, on lists of rows. */
export class NaiveBm3 {
  readonly parameters: Record<string, Matrix>;
  readonly #data: TrainingData;
  readonly #options: NaiveBm3Options;
  /** The nodes that each node has an edge to; users first. */
  readonly #neighbours: number[][];

  constructor(data: TrainingData, parameters: ParameterSnapshot, options: NaiveBm3Options) {
    [this.#data, this.#options, this.parameters] = [data, options, matricesOf(parameters)];
    const { userCount, itemCount, train } = data;
    this.#neighbours = Array.from({ length: userCount + itemCount }, () => []);
    for (let user = 0; user < userCount; user++) {
      for (const item of train.items.subarray(train.offsets[user], train.offsets[user + 1])) {
        this.#neighbours[user]!.push(userCount + item);
        this.#neighbours[userCount + item]!.push(user);
      }
    }
  }

  /** The rows of all users, then of all items, with only some modalities known. */
  represent(observed: readonly string[]): Matrix {
    const { users, items } = this.#propagated();
    const isJoint = observed.length === this.#options.modalities.length;
    if (isJoint) return this.#predict([...users, ...items]);
    const content = observed.map((m) => this.#predict(this.#content(m)));
    return [
      ...this.#predict(users),
      ...(content.length === 0 ? items.map((row) => row.map(() => 0)) : meanOf(content)),
    ];
  }

  /** The current targets of a batch, before dropout. */
  targets({ users, positives }: Triples): Targets {
    const tables = this.#propagated();
    const content = this.#options.modalities.map((m) => [m, rowsAt(this.#content(m), positives)] as const);
    return {
      users: rowsAt(tables.users, users),
      items: rowsAt(tables.items, positives),
      content: Object.fromEntries(content),
    };
  }

  /** The terms of the objective, with targets held fixed. */
  terms(observed: readonly string[], { users, positives }: Triples, targets: Targets): Record<string, number> {
    const tables = this.#propagated();
    const { regWeight, clWeight } = this.#options;
    const norms = frobenius(tables.users) + frobenius(tables.items);
    const ofContent = observed.flatMap((m) => {
      const predicted = this.#predict(rowsAt(this.#content(m), positives));
      return [
        [`alignment.${m}`, clWeight * distance(predicted, targets.items)] as const,
        [`consistency.${m}`, clWeight * distance(predicted, targets.content[m]!)] as const,
      ];
    });
    return {
      'user-item': distance(this.#predict(rowsAt(tables.users, users)), targets.items),
      'item-user': distance(this.#predict(rowsAt(tables.items, positives)), targets.users),
      regularizer: (regWeight * norms) / tables.items.length,
      ...Object.fromEntries(ofContent),
    };
  }

  loss(observed: readonly string[], batch: Triples, targets: Targets): number {
    return sum(Object.values(this.terms(observed, batch, targets)));
  }

  #propagated(): { users: Matrix; items: Matrix } {
    const ids = this.parameters['item.id']!;
    const depths = [[...this.parameters['user.id']!, ...ids]];
    const scale = (node: number) => (this.#neighbours[node]!.length + 1e-7) ** -0.5;
    for (let k = 0; k < this.#options.layers; k++) {
      const x = depths[k]!;
      depths.push(
        x.map((row, node) =>
          row.map((_, c) => sum(this.#neighbours[node]!.map((other) => scale(node) * scale(other) * x[other]![c]!))),
        ),
      );
    }
    const nodes = meanOf(depths);
    const { userCount } = this.#data;
    return { users: nodes.slice(0, userCount), items: add(nodes.slice(userCount), ids) };
  }

  #predict(x: Matrix): Matrix {
    return affine(x, this.parameters['predictor.kernel']!, this.parameters['predictor.bias']![0]!);
  }

  #content(m: string): Matrix {
    const [kernel, bias] = [this.parameters[`projection.${m}.kernel`]!, this.parameters[`projection.${m}.bias`]!];
    return affine(this.parameters[`features.${m}`]!, kernel, bias[0]!);
  }
}

function rowsAt(x: Matrix, ids: Iterable<number>): Matrix {
  return [...ids].map((id) => x[id]!);
}

/** The mean over rows of 1 - cos(a, b); a row of zeros has a cosine of zero with any row. */
function distance(a: Matrix, b: Matrix): number {
  return mean(a.map((row, r) => 1 - dot(row, b[r]!) / Math.max(Math.sqrt(dot(row, row) * dot(b[r]!, b[r]!)), 1e-12)));
}
