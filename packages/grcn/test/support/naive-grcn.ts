import type { ParameterSnapshot, TrainingData, Triples } from '@balanced-rec/ckd-core/backbone';
import {
  affine,
  dot,
  type Matrix,
  matricesOf,
  mean,
  meanRow,
  normalized,
  plusWeighted,
  rowsOf,
  softmax,
} from '@balanced-rec/naive';

export interface NaiveGrcnOptions {
  readonly modalities: readonly string[];
  readonly routing: 'reference' | 'paper';
  readonly routingIterations: number;
  readonly leakySlope: number;
  readonly regWeight: number;
}

/** GRCN as specified, on lists of rows. */
export class NaiveGrcn {
  readonly parameters: Record<string, Matrix>;
  readonly #data: TrainingData;
  readonly #options: NaiveGrcnOptions;
  /** The nodes that each node has an edge from; users first. */
  readonly #sources: number[][];

  constructor(data: TrainingData, parameters: ParameterSnapshot, options: NaiveGrcnOptions) {
    [this.#data, this.#options, this.parameters] = [data, options, matricesOf(parameters)];
    const { userCount, itemCount, train } = data;
    this.#sources = Array.from({ length: userCount + itemCount }, () => []);
    for (let user = 0; user < userCount; user++) {
      for (const item of train.items.subarray(train.offsets[user], train.offsets[user + 1])) {
        this.#sources[user]!.push(userCount + item);
        this.#sources[userCount + item]!.push(user);
      }
    }
  }

  /** The rows of all users, then of all items, with only some modalities known. */
  represent(observed: readonly string[]): Matrix {
    const content = this.#options.modalities.map((m) => this.#content(m, observed.includes(m)));
    const weights = this.#sources.map((sources, target) =>
      sources.map((source, k) =>
        Math.max(0, ...content.map(({ alpha }, m) => alpha[target]![k]! * this.#confidence(source, m))),
      ),
    );
    const propagate = (x: Matrix) =>
      this.#sources.map((sources, target) =>
        plusWeighted(
          x[target]!.map(() => 0),
          weights[target]!,
          sources.map((source) => x[source]!),
        ),
      );
    const x0 = normalized([...this.parameters['user.id']!, ...this.parameters['item.id']!]);
    const x1 = propagate(x0);
    const x2 = propagate(x1);
    return x0.map((row, node) => [
      ...row.map((value, c) => value + x1[node]![c]! + x2[node]![c]!),
      ...content.flatMap(({ nodes }) => nodes[node]!),
    ]);
  }

  /** BPR and the two parts of the regulariser. */
  terms(observed: readonly string[], { users, positives, negatives }: Triples) {
    const rows = this.represent(observed);
    const margins = [...users].map((user, k) => {
      const itemRow = (item: number) => rows[this.#data.userCount + item]!;
      return dot(rows[user]!, itemRow(positives[k]!)) - dot(rows[user]!, itemRow(negatives[k]!));
    });
    const { modalities, regWeight } = this.#options;
    const meanSquare = (name: string, ids?: Iterable<number>) => {
      const table = this.parameters[name]!;
      return mean((ids ? [...ids].map((id) => table[id]!) : table).flat().map((x) => x * x));
    };
    const ofIds = meanSquare('user.id', users) + meanSquare('item.id', [...positives, ...negatives]);
    const ofContent = modalities.map((m) => meanSquare(`user.preference.${m}`, users));
    return {
      bpr: mean(margins.map((margin) => Math.log1p(Math.exp(-margin)))),
      embedding: regWeight * (ofIds + meanSquare(`user.preference.${modalities[0]}`)),
      content: regWeight * ofContent.reduce((a, b) => a + b),
    };
  }

  loss(observed: readonly string[], batch: Triples): number {
    return Object.values(this.terms(observed, batch)).reduce((a, b) => a + b);
  }

  #confidence(node: number, m: number): number {
    return this.parameters.confidence![node]![m]!;
  }

  #content(m: string, known: boolean): { nodes: Matrix; alpha: Matrix } {
    const { userCount, itemCount, features } = this.#data;
    let preferences = this.parameters[`user.preference.${m}`]!;
    let content = rowsOf(features[m]!.values, features[m]!.columns);
    if (!known) {
      const [preference, row] = [meanRow(preferences), meanRow(content)];
      preferences = Array.from({ length: userCount }, () => preference);
      content = Array.from({ length: itemCount }, () => row);
    }
    const projected = affine(
      content,
      this.parameters[`projection.${m}.kernel`]!,
      this.parameters[`projection.${m}.bias`]![0]!,
    );
    const f = normalized(
      projected.map((row) => row.map((value) => (value > 0 ? value : this.#options.leakySlope * value))),
    );
    let p = normalized(preferences);
    for (let k = 0; k < this.#options.routingIterations; k++) p = this.#route(p, f);
    const x = [...p, ...f];
    const alpha = x.map((row, target) => softmax(this.#sources[target]!.map((source) => dot(row, x[source]!))));
    const nodes = x.map((row, target) =>
      plusWeighted(
        row,
        alpha[target]!,
        this.#sources[target]!.map((source) => x[source]!),
      ),
    );
    return { nodes, alpha };
  }

  #route(p: Matrix, f: Matrix): Matrix {
    if (this.#options.routing === 'reference') return normalized(p);
    return normalized(
      p.map((row, user) => {
        const rows = this.#sources[user]!.map((node) => f[node - this.#data.userCount]!);
        return plusWeighted(row, softmax(rows.map((item) => dot(row, item))), rows);
      }),
    );
  }
}
