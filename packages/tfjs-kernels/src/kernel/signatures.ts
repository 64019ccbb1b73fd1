import type { Tensor1D, TensorInfo } from '@tensorflow/tfjs-core';
import type { CsrPattern } from './csr-pattern.js';

/** The names under which our kernels are registered with TF.js. None of them is a name of TF.js's own. */
export type KernelName = keyof KernelSignatures;

/** The inputs and attributes of each kernel, by family, the same on every engine. Inputs are tensors; attributes are everything else. */
interface KernelSignatures {
  // adam
  AdamStep: Signature<AdamInputs, AdamAttributes>;
  AdamStepRows: Signature<AdamInputs, AdamRowsAttributes>;
  AdamMissedSteps: Signature<AdamTables, AdamMissedStepsAttributes>;
  // elementwise
  LeakyRectify: Signature<Inputs<'x'>, SlopeAttributes>;
  LeakyRectifyGrad: Signature<Inputs<'x' | 'dy'>, SlopeAttributes>;
  StableSoftplus: Signature<Inputs<'x'>>;
  StableSoftplusGrad: Signature<Inputs<'x' | 'dy'>>;
  BiasRectify: Signature<Inputs<'x' | 'bias', 'first' | 'second'>, SlopeAttributes>;
  ColumnSum: Signature<Inputs<'x'>>;
  SumOfSquares: Signature<Inputs<'x'>>;
  // rows
  GatherRows: Signature<Inputs<'table' | 'ids'>>;
  ScatterAddRows: Signature<Inputs<'updates' | 'ids'>, RowsAttributes>;
  Linear: Signature<Inputs<'x' | 'kernel', 'bias'>>;
  NormalizeRows: Signature<Inputs<'x'>, EpsilonAttributes>;
  NormalizeRowsGrad: Signature<Inputs<'x' | 'dy'>, EpsilonAttributes>;
  RowDot: Signature<Inputs<'a' | 'b'>>;
  ScaleRows: Signature<Inputs<'x' | 'weights'>>;
  // sparse
  CsrMatMul: Signature<Inputs<'values' | 'dense'>, CsrMatMulAttributes>;
  SampledMatMul: Signature<Inputs<'a' | 'b'>, PatternAttributes>;
  SegmentSoftmax: Signature<Inputs<'x'>, PatternAttributes>;
  SegmentSoftmaxGrad: Signature<Inputs<'y' | 'dy'>, PatternAttributes>;
  SegmentSum: Signature<Inputs<'x'>, PatternAttributes>;
  // top-k
  TopKOfProduct: Signature<Inputs<'users' | 'items'>, TopKAttributes>;
  // triples
  TripleMargins: Signature<Inputs<'users' | 'items'>, TripleAttributes>;
  TripleMarginsUsersGrad: Signature<Inputs<'items' | 'dy'>, TripleAttributes & RowsAttributes>;
  TripleMarginsItemsGrad: Signature<Inputs<'users' | 'dy'>, TripleAttributes & RowsAttributes>;
  SquaresOfRows: Signature<Inputs<'table'>, RowIdsAttributes>;
  SquaresOfRowsGrad: Signature<Inputs<'table' | 'dy'>, RowIdsAttributes>;
}

export type InputsOf<Name extends KernelName> = KernelSignatures[Name]['inputs'];

export type AttributesOf<Name extends KernelName> = KernelSignatures[Name]['attributes'];

interface Signature<Inputs, Attributes = unknown> {
  readonly inputs: Inputs;
  readonly attributes: Attributes;
}

/** Tensors by name, some of them optional. */
export type Inputs<Name extends string, Optional extends string = never> = {
  readonly [Each in Name]: TensorInfo;
} & { readonly [Each in Optional]?: TensorInfo };

export type AdamTables = Inputs<'parameter' | 'firstMoment' | 'secondMoment'>;

export type AdamInputs = AdamTables & Inputs<'gradient'>;

export interface AdamAttributes {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** learningRate / (1 - beta1^step), in double precision. */
  readonly stepSize: number;
  /** sqrt(1 - beta2^step), in double precision. */
  readonly correction: number;
}

interface AdamRowsAttributes extends AdamAttributes {
  /** Distinct rows, in the order of the gradient's rows. */
  readonly ids: Int32Array;
}

export interface AdamMissedStepsAttributes {
  /** Distinct rows. */
  readonly ids: Int32Array;
  /** For each row, the group of segments that it goes through. */
  readonly groups: Int32Array;
  /** Group g consists of segments offsets[g] up to offsets[g + 1]. */
  readonly offsets: Int32Array;
  /** SEGMENT_FLOATS numbers each. */
  readonly segments: Float32Array;
  readonly epsilon: number;
}

interface SlopeAttributes {
  readonly slope: number;
}

interface EpsilonAttributes {
  readonly epsilon: number;
}

/** The number of rows of the output table. */
interface RowsAttributes {
  readonly rows: number;
}

interface RowIdsAttributes {
  readonly ids: Int32Array;
}

interface PatternAttributes {
  readonly pattern: CsrPattern;
}

export interface CsrMatMulAttributes extends PatternAttributes {
  /** The values in the order of the transposed pattern, if they are constant and therefore known in advance. */
  readonly transposedValues?: () => Tensor1D;
}

interface TopKAttributes {
  readonly k: number;
  readonly excluded?: Excluded | undefined;
}

/** The items to leave out for each user, in CSR format; interactions have the same structure. */
export interface Excluded {
  /** `[users + 1]`: the items of user u are items[offsets[u]] up to items[offsets[u + 1]]. */
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

interface TripleAttributes {
  readonly triples: TripleIds;
}

/** Row numbers in a table of users and a table of items, as three lists of equal length. */
export interface TripleIds {
  readonly users: Int32Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}
