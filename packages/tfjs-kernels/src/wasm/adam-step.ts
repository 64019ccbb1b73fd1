import { ADAM_STEP } from '../kernel/names.js';
import type { AdamAttributes, AdamInputs } from '../kernel/signatures.js';
import { sizeOf } from './context.js';
import { defineKernel } from './define-kernel.js';

/** Writes into a variable's own memory where nothing else holds it, else into a new tensor. */
export const adamStepKernel = defineKernel<AdamInputs, AdamAttributes>(
  ADAM_STEP,
  (wasm, { parameter, gradient, firstMoment, secondMoment }, { beta1, beta2, epsilon, stepSize, correction }) => {
    const sources = [parameter, firstMoment, secondMoment];
    const targets = sources.map((source) =>
      wasm.isSoleOwner(source) ? wasm.share(source) : wasm.output(source.shape),
    );
    const [p, m, v] = sources.map((source) => wasm.address(source)) as [number, number, number];
    const [pOut, mOut, vOut] = targets.map((target) => wasm.address(target)) as [number, number, number];
    const size = sizeOf(parameter.shape);
    wasm.kernels.adam(
      ...([p, wasm.address(gradient), m, v, pOut, mOut, vOut, size] as const),
      ...([stepSize, beta1, 1 - beta1, beta2, 1 - beta2, correction, epsilon] as const),
    );
    for (const target of targets) wasm.forgetPacked(target);
    return targets;
  },
);
