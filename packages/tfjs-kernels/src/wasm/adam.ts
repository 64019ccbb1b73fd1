import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { AdamAttributes, AdamTables } from '../kernel/signatures.js';
import { defineKernel, sizeOf, type WasmContext } from './context.js';
import type { AdamConstants } from './kernel-module.js';

/** These write into a variable's own memory if it is not shared. */
export const adamKernels: readonly KernelConfig[] = [
  defineKernel('AdamStep', (wasm, { parameter, gradient, firstMoment, secondMoment }, attributes) => {
    const sources = [parameter, firstMoment, secondMoment];
    // All elements are written, so a new tensor is enough where other kernels need a copy.
    const targets = sources.map((source) =>
      wasm.isSoleOwner(source) ? wasm.share(source) : wasm.output(source.shape),
    );
    const [p, m, v] = sources.map((source) => wasm.address(source)) as [number, number, number];
    const [pOut, mOut, vOut] = targets.map((target) => wasm.address(target)) as [number, number, number];
    const size = sizeOf(parameter.shape);
    wasm.kernels.adam(p, wasm.address(gradient), m, v, pOut, mOut, vOut, size, ...constants(attributes));
    for (const target of targets) wasm.forgetPacked(target);
    return targets;
  }),
  defineKernel('AdamStepRows', (wasm, inputs, { ids, ...attributes }) => {
    const [g, d] = [wasm.address(inputs.gradient), inputs.parameter.shape[1]!];
    return inOwnMemory(wasm, inputs, (p, m, v) =>
      wasm.withScratch(4 * ids.length, (idsAddress) => {
        wasm.writeInts(idsAddress, ids);
        wasm.kernels.adamRows(p, g, m, v, idsAddress, ids.length, d, ...constants(attributes));
      }),
    );
  }),
  defineKernel('AdamMissedSteps', (wasm, inputs, { ids, groups, offsets, segments, epsilon }) =>
    inOwnMemory(wasm, inputs, (p, m, v) =>
      wasm.withScratch(4 * (ids.length + groups.length + offsets.length + segments.length), (idsAddress) => {
        const groupsAddress = idsAddress + 4 * ids.length;
        const offsetsAddress = groupsAddress + 4 * groups.length;
        const segmentsAddress = offsetsAddress + 4 * offsets.length;
        wasm.writeInts(idsAddress, ids);
        wasm.writeInts(groupsAddress, groups);
        wasm.writeInts(offsetsAddress, offsets);
        wasm.writeFloats(segmentsAddress, segments);
        wasm.kernels.adamMissedSteps(
          ...([p, m, v, idsAddress, groupsAddress, offsetsAddress, segmentsAddress] as const),
          ...([ids.length, inputs.parameter.shape[1]!, epsilon] as const),
        );
      }),
    ),
  ),
];

/** Runs `write` with the addresses of p, m and v, or of copies if their memory is shared, and returns what it has written. */
function inOwnMemory(
  wasm: WasmContext,
  { parameter, firstMoment, secondMoment }: AdamTables,
  write: (p: number, m: number, v: number) => void,
): TensorInfo[] {
  const targets = [parameter, firstMoment, secondMoment].map((source) => wasm.ownMemory(source));
  const [p, m, v] = targets.map((target) => wasm.address(target)) as [number, number, number];
  write(p, m, v);
  for (const target of targets) wasm.forgetPacked(target);
  return targets;
}

function constants({ beta1, beta2, epsilon, stepSize, correction }: AdamAttributes): AdamConstants {
  return [stepSize, beta1, 1 - beta1, beta2, 1 - beta2, correction, epsilon];
}
