import { ADAM_STEP_ROWS } from '../kernel/names.js';
import type { AdamInputs, AdamRowsAttributes } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

/** Writes into a variable's own memory where nothing else holds it, else into a copy. */
export const adamStepRowsKernel = defineKernel<AdamInputs, AdamRowsAttributes>(
  ADAM_STEP_ROWS,
  (wasm, { parameter, gradient, firstMoment, secondMoment }, attributes) => {
    const { ids, beta1, beta2, epsilon, stepSize, correction } = attributes;
    const targets = [parameter, firstMoment, secondMoment].map((source) => wasm.ownMemory(source));
    const [p, m, v] = targets.map((target) => wasm.address(target)) as [number, number, number];
    wasm.withScratch(4 * ids.length, (idsAddress) => {
      wasm.writeInts(idsAddress, ids);
      wasm.kernels.adamRows(
        ...([p, wasm.address(gradient), m, v, idsAddress, ids.length, parameter.shape[1]!] as const),
        ...([stepSize, beta1, 1 - beta1, beta2, 1 - beta2, correction, epsilon] as const),
      );
    });
    for (const target of targets) wasm.forgetPacked(target);
    return targets;
  },
);
