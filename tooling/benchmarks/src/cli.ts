import { parseArgs } from 'node:util';
import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import { benchKernels } from './bench-kernels.js';
import { benchStep } from './bench-step.js';
import { describeMachine } from './machine.js';

const usage = `usage: pnpm bench kernels [--repeats N]
       pnpm bench step --data DIR --backbone vbpr|mmgcn [--engine auto|gpu|native|wasm|cpu] [--batch-size N] [--repeats N]
Prints one JSON document: the machine, the settings, median milliseconds.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      backbone: { type: 'string', default: 'vbpr' },
      engine: { type: 'string', default: 'wasm' },
      'batch-size': { type: 'string', default: '1024' },
      repeats: { type: 'string', default: '20' },
    },
  });
  const repeats = wholeNumber(values.repeats);
  const batchSize = wholeNumber(values['batch-size']);
  if (!repeats || !batchSize) return explain();
  const before = describeMachine();
  if (positionals[0] === 'kernels') {
    print({ benchmark: 'kernels', machine: before, ...(await benchKernels(repeats)) });
    return 0;
  }
  if (positionals[0] === 'step' && values.data) {
    const { data, backbone } = values;
    const engine = values.engine as EngineName;
    print({ benchmark: 'step', machine: before, ...(await benchStep({ data, backbone, engine, batchSize, repeats })) });
    return 0;
  }
  return explain();
}

function explain(): number {
  console.error(usage);
  return 2;
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof BalancedRecError ? error.message : error);
  process.exitCode = 1;
}
