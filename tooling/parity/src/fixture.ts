import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';

/** A tensor as stored in the fixtures: row-major. */
export interface FixtureTensor {
  readonly shape: number[];
  readonly data: number[];
}

/** The triples of a backbone's batch. */
export interface FixtureBatch {
  readonly users: number[];
  readonly pos: number[];
  readonly neg: number[];
}

interface FixtureHeader {
  readonly model: string;
  readonly nUsers: number;
  readonly nItems: number;
}

type Tensors = Readonly<Record<string, FixtureTensor>>;
type Forward = Readonly<Record<string, { readonly user: FixtureTensor; readonly item: FixtureTensor }>>;

interface FixtureAdam {
  readonly lr: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly eps: number;
  readonly losses: number[];
  readonly params: Tensors;
}

/** The weights that interactions are sampled by, and the values of the ones kept. Interactions are in the fixture's order. */
export interface FixturePruning {
  readonly edgeValues: number[];
  readonly keep: number[];
  readonly keepValues: number[];
}

/** The common fields of all model fixtures, with or without distillation. */
export interface ModelFixture extends FixtureHeader {
  readonly embeddingDim: number;
  readonly hyper: Readonly<Record<string, number>>;
  readonly features: Tensors;
  readonly interactions: readonly (readonly [number, number])[];
  readonly params: Tensors;
  readonly trainable: readonly string[];
  readonly batches: readonly FixtureBatch[];
  readonly forward: Forward;
  readonly grads: Tensors;
  readonly adam: FixtureAdam;
  /** The same steps when parameters without a gradient are skipped. */
  readonly adamSetToNone?: FixtureAdam;
  readonly pruning?: FixturePruning;
}

export interface BackboneFixture extends ModelFixture {
  readonly losses: { readonly total: number; readonly parts: Readonly<Record<string, number>> };
}

interface CkdLosses {
  readonly total: number;
  readonly mf: number;
  readonly emb: number;
  readonly kd: number;
}

export interface CkdFixture extends ModelFixture {
  readonly backbone: string;
  readonly kdBatches: readonly { readonly users: number[]; readonly itemsJ: number[]; readonly itemsK: number[] }[];
  readonly teachers: Readonly<
    Record<string, { readonly params: Tensors; readonly embeddings: { user: FixtureTensor; item: FixtureTensor } }>
  >;
  readonly weights: Readonly<Record<string, number[]>>;
  readonly coefficients: Readonly<Record<string, number[]>>;
  readonly specific: Readonly<Record<string, number[]>>;
  readonly generic: Readonly<Record<string, number>>;
  readonly losses: CkdLosses;
  readonly ablations: Readonly<Record<string, { readonly losses: CkdLosses; readonly grads: Tensors }>>;
}

type PerCutoff<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

export interface MetricsFixture extends FixtureHeader {
  readonly K: number[];
  readonly scores: FixtureTensor;
  readonly train: number[][];
  readonly test: number[][];
  readonly rankings: number[][];
  readonly mmrec: { readonly perUser: PerCutoff<number[]>; readonly mean: PerCutoff<number> };
  readonly ckdOfficial: { readonly perUser: PerCutoff<number[]>; readonly mean: PerCutoff<number> };
}

interface FixtureMatrix {
  readonly shape: number[];
  readonly rows: number[];
  readonly cols: number[];
  readonly values: number[];
}

export interface AdjacencyFixture extends FixtureHeader {
  readonly interactions: readonly (readonly [number, number])[];
  readonly rowMeanSelfLoop: FixtureMatrix;
  readonly rowMean: FixtureMatrix;
  readonly symmetric: FixtureMatrix;
}

/** A fixture file whose kind is not known yet. */
export interface Fixture extends FixtureHeader {
  readonly [field: string]: unknown;
}

/** @throws BalancedRecError `parity/malformed-fixture` */
export async function readFixture(path: string): Promise<Fixture> {
  const text = await readFile(path, 'utf8');
  const fail = (found: string, cause?: unknown): never => {
    throw new BalancedRecError({
      code: 'parity/malformed-fixture',
      message: 'this is not a parity fixture',
      place: basename(path),
      expected: 'a JSON object with a "model"',
      found,
      remedy: 'fix the file, or remove it from the folder',
      cause,
    });
  };
  let fixture: Partial<Fixture>;
  try {
    fixture = JSON.parse(text);
  } catch (cause) {
    return fail(String(cause), cause);
  }
  return typeof fixture?.model === 'string' ? (fixture as Fixture) : fail(text.slice(0, 60));
}
