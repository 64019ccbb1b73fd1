import { grads, memory, mul, sum, type Tensor, tensor, tensor1d, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { gatherRows } from '../../src/index.ts';
import { cases, type OperationCase } from '../support/cases.ts';
import { activate, describeOnEveryEngine } from '../support/engines.ts';
import { expectClose, floats } from '../support/numbers.ts';

describeOnEveryEngine('operations', (engine) => {
  beforeAll(async () => void (await activate(engine)));

  it.each(cases)('$name matches its definition', ({ inputs, run, naive }) => {
    tidy(() =>
      expectClose(
        run(...inputs.map(upload)).dataSync(),
        naive(...inputs.map(({ values }) => Float64Array.from(values))),
      ),
    );
  });

  it.each(cases)('$name has the gradient that central differences give', (operation) => {
    const weights = floats(
      operation.naive(...operation.inputs.map(({ values }) => Float64Array.from(values))).length,
      99,
    );
    const gradients = tidy(() => gradientsOf(operation, weights).map((gradient) => gradient.dataSync()));
    gradients.forEach(
      (gradient, which) => void expectClose(gradient, centralDifferences(operation, weights, which), 1e-4),
    );
  });

  it.each(cases)('$name leaves no tensor behind', (operation) => {
    const weights = floats(
      operation.naive(...operation.inputs.map(({ values }) => Float64Array.from(values))).length,
      99,
    );
    const once = () => {
      const inputs = operation.inputs.map(upload);
      operation.run(...inputs).dispose();
      for (const each of inputs) each.dispose();
      tidy(() => void gradientsOf(operation, weights));
    };
    once();
    const before = counts();
    once();
    expect(counts()).toEqual(before);
  });

  it('refuses to gather rows that do not exist', () => {
    tidy(() => {
      const table = tensor2d(floats(10, 2), [5, 2]);
      for (const id of [5, -1]) {
        expect(() => gatherRows(table, Int32Array.of(0, id))).toThrow(
          expect.objectContaining({ code: 'kernels/id-out-of-range' }),
        );
        expect(() => gatherRows(table, tensor1d([0, id], 'int32'))).toThrow(String(id));
      }
    });
  });
});

function upload({ shape, values }: OperationCase['inputs'][number]): Tensor {
  return tensor(values.slice(), shape);
}

function counts() {
  const { numTensors, numBytes, numDataBuffers } = memory();
  return { numTensors, numBytes, numDataBuffers };
}

/** The gradient of the weighted sum of the outputs with respect to each input. */
function gradientsOf({ inputs, run }: OperationCase, weights: Float32Array): Tensor[] {
  const weighted = (...tensors: Tensor[]) => {
    const out = run(...tensors);
    return sum(mul(out, tensor(weights.slice(), out.shape)));
  };
  return grads(weighted)(inputs.map(upload));
}

function centralDifferences({ inputs, naive }: OperationCase, weights: Float32Array, which: number): Float64Array {
  const step = 1e-5;
  const values = inputs.map((each) => Float64Array.from(each.values));
  const varied = values[which]!;
  const weighted = () => naive(...values).reduce((total, value, i) => total + value * weights[i]!, 0);
  return varied.map((value, i) => {
    varied[i] = value + step;
    const above = weighted();
    varied[i] = value - step;
    const below = weighted();
    varied[i] = value;
    return (above - below) / (2 * step);
  });
}
