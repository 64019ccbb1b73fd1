import { STABLE_SOFTPLUS, STABLE_SOFTPLUS_GRAD } from '../kernel/names.js';
import { runKernel } from '../kernel/run-kernel.js';
import { defineGradient } from './define-gradient.js';

export const softplusGradient = defineGradient(STABLE_SOFTPLUS, { inputs: ['x'] }, (dy, saved) => ({
  x: () => runKernel(STABLE_SOFTPLUS_GRAD, { x: saved[0]!, dy }),
}));
