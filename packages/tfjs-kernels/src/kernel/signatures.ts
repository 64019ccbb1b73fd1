import type { Tensor1D, TensorInfo } from '@tensorflow/tfjs-core';
import type { CsrPattern } from './csr-pattern.js';

/** What each kernel is given, whatever the engine. Inputs are tensors; attributes are everything else. */
export interface PatternAttributes {
  readonly pattern: CsrPattern;
}
export interface CsrMatMulInputs {
  readonly values: TensorInfo;
  readonly dense: TensorInfo;
}
export interface CsrMatMulAttributes extends PatternAttributes {
  /** The values in the order of the transposed pattern, where they are constant and therefore known beforehand. */
  readonly transposedValues?: () => Tensor1D;
}
export interface PairInputs {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}
export interface UnaryInputs {
  readonly x: TensorInfo;
}
export interface UnaryGradInputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}
export interface SoftmaxGradInputs {
  readonly y: TensorInfo;
  readonly dy: TensorInfo;
}
export interface GatherRowsInputs {
  readonly table: TensorInfo;
  readonly ids: TensorInfo;
}
export interface ScatterAddRowsInputs {
  readonly updates: TensorInfo;
  readonly ids: TensorInfo;
}
export interface ScatterAddRowsAttributes {
  readonly rows: number;
}
export interface LinearInputs {
  readonly x: TensorInfo;
  readonly kernel: TensorInfo;
  readonly bias?: TensorInfo;
}
export interface SlopeAttributes {
  readonly slope: number;
}
export interface EpsilonAttributes {
  readonly epsilon: number;
}
export interface ScaleRowsInputs {
  readonly x: TensorInfo;
  readonly weights: TensorInfo;
}
/** Rows of a table of users and of one of items, three lists of equal length. */
export interface TripleIds {
  readonly users: Int32Array;
  readonly positives: Int32Array;
  readonly negatives: Int32Array;
}
export interface TripleMarginsInputs {
  readonly users: TensorInfo;
  readonly items: TensorInfo;
}
export interface TripleAttributes {
  readonly triples: TripleIds;
}
export interface TripleMarginsUsersGradInputs {
  readonly items: TensorInfo;
  readonly dy: TensorInfo;
}
export interface TripleMarginsItemsGradInputs {
  readonly users: TensorInfo;
  readonly dy: TensorInfo;
}
/** Of the table whose gradient is computed. */
export interface TripleGradAttributes extends TripleAttributes {
  readonly rows: number;
}
export interface TableInputs {
  readonly table: TensorInfo;
}
export interface TableGradInputs extends TableInputs {
  readonly dy: TensorInfo;
}
export interface RowIdsAttributes {
  readonly ids: Int32Array;
}
export interface BiasRectifyInputs {
  readonly x: TensorInfo;
  readonly bias: TensorInfo;
  readonly first?: TensorInfo;
  readonly second?: TensorInfo;
}
export interface AdamInputs {
  readonly parameter: TensorInfo;
  readonly gradient: TensorInfo;
  readonly firstMoment: TensorInfo;
  readonly secondMoment: TensorInfo;
}
export interface AdamAttributes {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** learningRate / (1 - beta1^step), in double precision. */
  readonly stepSize: number;
  /** sqrt(1 - beta2^step), in double precision. */
  readonly correction: number;
}
export interface AdamRowsAttributes extends AdamAttributes {
  /** Distinct rows, in the order of the gradient's. */
  readonly ids: Int32Array;
}
export interface AdamTables {
  readonly parameter: TensorInfo;
  readonly firstMoment: TensorInfo;
  readonly secondMoment: TensorInfo;
}
export interface AdamMissedStepsAttributes {
  /** Distinct rows. */
  readonly ids: Int32Array;
  /** For each of them which group of segments it goes through. */
  readonly groups: Int32Array;
  /** Group g has the segments offsets[g] up to offsets[g + 1]. */
  readonly offsets: Int32Array;
  /** SEGMENT_FLOATS numbers each. */
  readonly segments: Float32Array;
  readonly epsilon: number;
}
export interface TopKInputs {
  readonly users: TensorInfo;
  readonly items: TensorInfo;
}
export interface TopKAttributes {
  readonly k: number;
  readonly excluded?: Excluded;
}
/** The items to leave out for each user: those of user u are ids[offsets[u]] up to ids[offsets[u + 1]]. */
export interface Excluded {
  readonly offsets: Int32Array;
  readonly ids: Int32Array;
}
