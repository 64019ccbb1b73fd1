import { unsortedSegmentSum } from '@tensorflow/tfjs-core';
import { SEGMENT_SUM } from '../kernel/names.js';
import type { PatternAttributes, UnaryInputs } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

export const segmentSumKernel = defineKernel<UnaryInputs, PatternAttributes>(SEGMENT_SUM, ({ x }, { pattern }) =>
  unsortedSegmentSum(x, pattern.rowIndicesTensor(), pattern.rows),
);
