import { SEGMENT_FLOATS } from '../kernel/adam-segments.js';
import { ADAM_MISSED_STEPS } from '../kernel/names.js';
import type { AdamMissedStepsAttributes, AdamTables } from '../kernel/signatures.js';
import { copiesOf } from './adam-step.js';
import { defineKernel } from './define-kernel.js';

/** Writes new arrays: the cpu backend may hold an array that its user still holds too. */
export const adamMissedStepsKernel = defineKernel<AdamTables, AdamMissedStepsAttributes>(
  ADAM_MISSED_STEPS,
  (cpu, inputs, { ids, groups, offsets, segments, epsilon }) => {
    const [p, m, v] = copiesOf(cpu, inputs);
    const d = inputs.parameter.shape[1]!;
    for (const [i, id] of ids.entries()) {
      const [first, end] = [offsets[groups[i]!]!, offsets[groups[i]! + 1]!];
      for (let at = id * d; at < (id + 1) * d; at++) {
        let s = Math.sqrt(v[at]!);
        for (let k = first * SEGMENT_FLOATS; k < end * SEGMENT_FLOATS; k += SEGMENT_FLOATS) {
          const denominator = segments[k + 1]! * s + epsilon;
          const x = s / denominator;
          const tail = x * x * (segments[k + 2]! - x * segments[k + 3]!);
          p[at]! -= ((segments[k]! * m[at]!) / denominator) * (1 + tail);
          m[at]! *= segments[k + 4]!;
          v[at]! *= segments[k + 5]!;
          s *= segments[k + 6]!;
        }
      }
    }
    return [p, m, v].map((values) => cpu.output(inputs.parameter.shape, values));
  },
);
