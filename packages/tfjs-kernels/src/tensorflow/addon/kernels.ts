import { engine, type KernelConfig, type Tensor, type Tensor2D, type TensorInfo } from '@tensorflow/tfjs-core';
import type { AdamAttributes, AdamTables, TripleIds } from '../../kernel/signatures.js';
import { nodeBuiltin } from '../../tensorflow-library/node.js';
import type { NodeBackend } from '../node-backend.js';
import { asTensors, topKInBlocks } from '../top-k.js';
import { type AddonContext, defineKernel } from './define-kernel.js';
import { trackSharing } from './sharing.js';

/**
 * Adds our own CPU operations to TensorFlow from one compiled file, loaded once per process. Returns the kernels that use them.
 *
 * @throws whatever loading a shared library throws
 */
export function loadAddon(path: string): readonly KernelConfig[] {
  nodeBuiltin('node:module').createRequire(path)(path);
  trackSharing(engine().backend as unknown as NodeBackend);
  return addonKernels;
}

/** Our kernels on the operations that the addon adds to TensorFlow on the CPU. */
export const addonKernels: readonly KernelConfig[] = [
  // adam
  defineKernel('AdamStep', (context, inputs, attributes) => {
    const [p, m, v] = ownTables(context, inputs);
    context.run('AdamStep', p, inputs.gradient, m, v, constants(context, attributes));
    return [p, m, v];
  }),
  defineKernel('AdamStepRows', (context, inputs, { ids, ...attributes }) => {
    const [p, m, v] = ownTables(context, inputs);
    context.run('AdamStepRows', p, inputs.gradient, m, v, context.ints(ids), constants(context, attributes));
    return [p, m, v];
  }),
  defineKernel('AdamMissedSteps', (context, inputs, { ids, groups, offsets, segments, epsilon }) => {
    const [p, m, v] = ownTables(context, inputs);
    const [rows, groupOfRow, starts] = [ids, groups, offsets].map((values) => context.ints(values));
    context.run(
      'AdamMissedSteps',
      ...[p, m, v, rows!, groupOfRow!, starts!],
      ...[context.floats(segments), context.floats([epsilon])],
    );
    return [p, m, v];
  }),
  // elementwise
  defineKernel('BiasRectify', ({ run, floats }, { x, bias, first, second }, { slope }) => {
    const none = floats([]);
    return run('BiasRectify', x, bias, first ?? none, second ?? none, floats([slope]));
  }),
  defineKernel('ColumnSum', ({ run }, { x }) => run('ColumnSum', x)),
  defineKernel('LeakyRectify', ({ run, floats }, { x }, { slope }) => run('LeakyRectify', x, floats([slope]))),
  defineKernel('LeakyRectifyGrad', ({ run, floats }, { x, dy }, { slope }) =>
    run('LeakyRectifyGrad', x, dy, floats([slope])),
  ),
  defineKernel('StableSoftplus', ({ run }, { x }) => run('StableSoftplus', x)),
  defineKernel('StableSoftplusGrad', ({ run }, { x, dy }) => run('StableSoftplusGrad', x, dy)),
  defineKernel('SumOfSquares', ({ run }, { x }) => run('SumOfSquares', x)),
  // rows
  defineKernel('GatherRows', ({ run }, { table, ids }) => run('GatherRows', table, ids)),
  defineKernel('ScatterAddRows', ({ run, ints }, { updates, ids }, { rows }) =>
    run('ScatterAddRows', updates, ids, ints([rows])),
  ),
  defineKernel('NormalizeRows', ({ run, floats }, { x }, { epsilon }) => run('NormalizeRows', x, floats([epsilon]))),
  defineKernel('NormalizeRowsGrad', ({ run, floats }, { x, dy }, { epsilon }) =>
    run('NormalizeRowsGrad', x, dy, floats([epsilon])),
  ),
  defineKernel('RowDot', ({ run }, { a, b }) => run('RowDot', a, b)),
  defineKernel('ScaleRows', ({ run }, { x, weights }) => run('ScaleRows', x, weights)),
  // sparse
  defineKernel('CsrMatMul', ({ run }, { values, dense }, { pattern }) =>
    run('CsrMatMul', pattern.rowOffsetsTensor(), pattern.columnIndicesTensor(), values, dense),
  ),
  defineKernel('SampledMatMul', ({ run }, { a, b }, { pattern }) =>
    run('SampledMatMul', pattern.rowOffsetsTensor(), pattern.columnIndicesTensor(), a, b),
  ),
  defineKernel('SegmentSoftmax', ({ run }, { x }, { pattern }) => run('SegmentSoftmax', pattern.rowOffsetsTensor(), x)),
  defineKernel('SegmentSoftmaxGrad', ({ run }, { y, dy }, { pattern }) =>
    run('SegmentSoftmaxGrad', pattern.rowOffsetsTensor(), y, dy),
  ),
  defineKernel('SegmentSum', ({ run }, { x }, { pattern }) => run('SegmentSum', pattern.rowOffsetsTensor(), x)),
  // top-k
  defineKernel('TopKOfProduct', ({ runMany, ints }, inputs, { k, excluded }) => {
    const [users, items] = [inputs.users as Tensor2D, inputs.items as Tensor2D];
    const n = users.shape[0];
    const excludedItems = ints(excluded?.items ?? []);
    const offsets = excluded?.offsets ?? new Int32Array(n + 1);
    const best = topKInBlocks(users, items, k, (scores, first) => {
      const blockOffsets = ints(offsets.slice(first, first + scores.shape[0] + 1));
      const selected = runMany('SelectTopK', 3, scores, blockOffsets, excludedItems, ints([k]));
      const [ids, bestScores, numbers] = selected as [Tensor, Tensor, Tensor];
      return { ids, scores: bestScores, notANumber: numbers.dataSync().indexOf(0) };
    });
    return asTensors(best, n, k);
  }),
  // triples
  defineKernel('TripleMargins', (context, { users, items }, { triples }) =>
    context.run('TripleMargins', users, items, ...lists(context, triples)),
  ),
  defineKernel('TripleMarginsUsersGrad', (context, { items, dy }, { triples, rows }) =>
    context.run('TripleMarginsUsersGrad', items, dy, ...lists(context, triples), context.ints([rows])),
  ),
  defineKernel('TripleMarginsItemsGrad', (context, { users, dy }, { triples, rows }) =>
    context.run('TripleMarginsItemsGrad', users, dy, ...lists(context, triples), context.ints([rows])),
  ),
  defineKernel('SquaresOfRows', ({ run, ints }, { table }, { ids }) => run('SquaresOfRows', table, ints(ids))),
  defineKernel('SquaresOfRowsGrad', ({ run, ints }, { table, dy }, { ids }) =>
    run('SquaresOfRowsGrad', table, dy, ints(ids)),
  ),
];

/** p, m and v for writing in place. */
function ownTables(
  { ownMemory }: AddonContext,
  { parameter, firstMoment, secondMoment }: AdamTables,
): [p: TensorInfo, m: TensorInfo, v: TensorInfo] {
  return [ownMemory(parameter), ownMemory(firstMoment), ownMemory(secondMoment)];
}

/** In the order in which adam.cc reads them. */
function constants(
  { floats }: AddonContext,
  { beta1, beta2, epsilon, stepSize, correction }: AdamAttributes,
): TensorInfo {
  return floats([beta1, 1 - beta1, beta2, 1 - beta2, epsilon, stepSize, correction]);
}

function lists({ ints }: AddonContext, { users, positives, negatives }: TripleIds): TensorInfo[] {
  return [ints(users), ints(positives), ints(negatives)];
}
