import { type GradConfig, getGradient, registerGradient } from '@tensorflow/tfjs-core';
import { elementwiseGradients } from './elementwise.js';
import { rowGradients } from './rows.js';
import { sparseGradients } from './sparse.js';
import { tripleGradients } from './triples.js';

const gradients: readonly GradConfig[] = [
  ...elementwiseGradients,
  ...rowGradients,
  ...sparseGradients,
  ...tripleGradients,
];

/** Gradients are the same for every engine. */
export function registerGradients(): void {
  for (const gradient of gradients) if (getGradient(gradient.kernelName) === undefined) registerGradient(gradient);
}
