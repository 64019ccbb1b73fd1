import { mul } from '@tensorflow/tfjs-core';
import { SUM_OF_SQUARES } from '../kernel/names.js';
import { defineGradient } from './define-gradient.js';

export const sumOfSquaresGradient = defineGradient(SUM_OF_SQUARES, { inputs: ['x'] }, (dy, saved) => ({
  x: () => mul(saved[0]!, mul(dy, 2)),
}));
