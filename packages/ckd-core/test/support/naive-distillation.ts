import type { DistillationOptions } from '../../src/distillation/distill.js';

/** Margins of one batch in double precision: under each view of the student, and from the teachers. */
export interface NaiveMargins {
  readonly joint: Float64Array;
  readonly only: Readonly<Record<string, Float64Array>>;
  readonly without: Readonly<Record<string, Float64Array>>;
  readonly teacher: Readonly<Record<string, Float64Array>>;
}

/** The same for the pairs of the generic term. */
export interface NaivePairMargins {
  readonly only: Readonly<Record<string, Float64Array>>;
  readonly teacher: Readonly<Record<string, Float64Array>>;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;

export function naiveSpecific(teacher: Float64Array, student: Float64Array): Float64Array {
  return teacher.map((t, k) => Math.max(0, t - student[k]!));
}

export function naiveGeneric(teacher: Float64Array, student: Float64Array, temperature: number): number {
  return mean(
    teacher.map((margin, k) => {
      const t = sigmoid(margin / temperature);
      const q = sigmoid(student[k]! / temperature);
      return -(t * Math.log(q + 1e-8) + (1 - t) * Math.log(1 - q + 1e-8));
    }),
  );
}

/** c_m and w_m of one triple, computed directly from the definition. */
export function naiveWeights(
  joint: number,
  only: Readonly<Record<string, number>>,
  without: Readonly<Record<string, number>>,
): { coefficients: Record<string, number>; weights: Record<string, number> } {
  const modalities = Object.keys(only);
  const coefficients: Record<string, number> = {};
  for (const m of modalities) {
    const ratio = (joint - without[m]!) / only[m]!;
    coefficients[m] = Number.isNaN(ratio) ? 1e-8 : Math.min(10, Math.max(1e-8, ratio));
  }
  const total = Object.values(coefficients).reduce((a, b) => a + b);
  const weights = Object.fromEntries(
    modalities.map((m) => [m, (modalities.length * (1 - coefficients[m]! / total)) / (modalities.length - 1)]),
  );
  return { coefficients, weights };
}

export interface NaiveStep {
  readonly coefficients: Record<string, number[]>;
  readonly weights: Record<string, number[]>;
  readonly specific: Record<string, number[]>;
  readonly generic: Record<string, number>;
  readonly loss: number;
}

/** A whole step from margins. `fixedWeights` replaces the weights, which the gradient treats as constants. */
export function naiveStep(
  margins: NaiveMargins,
  pairs: NaivePairMargins,
  options: Pick<DistillationOptions, 'kdRatio' | 'lambda' | 'temperature' | 'specific' | 'generic' | 'reweighting'>,
  fixedWeights?: Record<string, number[]>,
): NaiveStep {
  const modalities = Object.keys(margins.only);
  const perTriple = [...margins.joint].map((joint, k) =>
    naiveWeights(
      joint,
      Object.fromEntries(modalities.map((m) => [m, margins.only[m]![k]!])),
      Object.fromEntries(modalities.map((m) => [m, margins.without[m]![k]!])),
    ),
  );
  const byModality = (value: (m: string, k: number) => number) =>
    Object.fromEntries(modalities.map((m) => [m, perTriple.map((_, k) => value(m, k))]));
  const weights = fixedWeights ?? byModality((m, k) => (options.reweighting ? perTriple[k]!.weights[m]! : 1));
  const specific = Object.fromEntries(
    modalities.map((m) => [m, [...naiveSpecific(margins.teacher[m]!, margins.only[m]!)]]),
  );
  const generic = Object.fromEntries(
    modalities.map((m) => [m, naiveGeneric(pairs.teacher[m]!, pairs.only[m]!, options.temperature)]),
  );
  const lacking = perTriple.map((_, k) =>
    modalities.reduce((sum, m) => {
      const s = options.specific ? specific[m]![k]! : 0;
      const g = options.generic ? generic[m]! : 0;
      return sum + weights[m]![k]! * (s + options.lambda * g);
    }, 0),
  );
  return {
    coefficients: byModality((m, k) => perTriple[k]!.coefficients[m]!),
    weights,
    specific,
    generic,
    loss: options.kdRatio * mean(lacking),
  };
}
