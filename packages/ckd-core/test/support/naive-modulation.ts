const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;

/** s_m and k_m of OGM-GE from each modality's own margins of a batch, computed directly from the definition in double precision. */
export function naiveModulation(margins: Readonly<Record<string, Float64Array>>, alpha: number) {
  const scores = Object.fromEntries(Object.entries(margins).map(([m, own]) => [m, mean(Array.from(own, sigmoid))]));
  const scales = Object.fromEntries(
    Object.entries(scores).map(([m, score]) => {
      const others = Object.keys(scores).filter((other) => other !== m);
      const ratio = score / mean(others.map((other) => scores[other]!));
      return [m, ratio > 1 ? 1 - Math.tanh(alpha * ratio) : 1];
    }),
  );
  return { scores, scales };
}
