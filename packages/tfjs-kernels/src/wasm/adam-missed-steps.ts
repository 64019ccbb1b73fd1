import { ADAM_MISSED_STEPS } from '../kernel/names.js';
import type { AdamMissedStepsAttributes, AdamTables } from '../kernel/signatures.js';
import { defineKernel } from './define-kernel.js';

/** Writes into a variable's own memory where nothing else holds it, else into a copy. */
export const adamMissedStepsKernel = defineKernel<AdamTables, AdamMissedStepsAttributes>(
  ADAM_MISSED_STEPS,
  (wasm, { parameter, firstMoment, secondMoment }, { ids, groups, offsets, segments, epsilon }) => {
    const targets = [parameter, firstMoment, secondMoment].map((source) => wasm.ownMemory(source));
    const [p, m, v] = targets.map((target) => wasm.address(target)) as [number, number, number];
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
        ...([ids.length, parameter.shape[1]!, epsilon] as const),
      );
    });
    for (const target of targets) wasm.forgetPacked(target);
    return targets;
  },
);
