import { parseArgs } from 'node:util';
import { BalancedRecError } from '@balanced-rec/errors';
import type { EngineName } from '@balanced-rec/tfjs-kernels';
import { describeMachine } from './machine.js';
import { positiveInteger, positiveIntegers } from './option-values.js';

const usage = `usage: pnpm bench kernels [--repeats N]
       pnpm bench step --data DIR --backbone vbpr|mmgcn|grcn|lattice|bm3|freedom [--engine ENGINE] [--batch-size N] [--repeats N]
       pnpm bench graph [--items N,N,...] [--columns N] [--neighbours N] [--engine ENGINE]
       pnpm bench table [--rows N] [--columns N] [--batch-size N] [--engine ENGINE] [--repeats N]
ENGINE is auto, gpu, native, wasm or cpu. Prints one JSON document: the machine, the settings, what was measured.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      backbone: { type: 'string', default: 'vbpr' },
      engine: { type: 'string', default: 'wasm' },
      'batch-size': { type: 'string', default: '1024' },
      repeats: { type: 'string', default: '20' },
      items: { type: 'string', default: '10000,30000,100000' },
      rows: { type: 'string', default: '7050' },
      columns: { type: 'string' },
      neighbours: { type: 'string', default: '10' },
    },
  });
  const repeats = positiveInteger('--repeats', values.repeats);
  const batchSize = positiveInteger('--batch-size', values['batch-size']);
  const engine = values.engine as EngineName;
  const before = describeMachine();
  // Imported when asked for: a graph is measured in a child process, whose peak of memory may start at this one's.
  if (positionals[0] === 'kernels') {
    const { benchKernels } = await import('./bench-kernels.js');
    print({ benchmark: 'kernels', machine: before, ...(await benchKernels(repeats)) });
    return 0;
  }
  if (positionals[0] === 'step' && values.data) {
    const { benchStep } = await import('./bench-step.js');
    const { data, backbone } = values;
    print({ benchmark: 'step', machine: before, ...(await benchStep({ data, backbone, engine, batchSize, repeats })) });
    return 0;
  }
  if (positionals[0] === 'graph') {
    const { benchGraph } = await import('./bench-graph.js');
    const items = positiveIntegers('--items', values.items);
    const columns = positiveInteger('--columns', values.columns ?? '64');
    const neighbours = positiveInteger('--neighbours', values.neighbours);
    print({ benchmark: 'graph', machine: before, ...(await benchGraph({ items, columns, neighbours, engine })) });
    return 0;
  }
  if (positionals[0] === 'table') {
    const { benchTable } = await import('./bench-table.js');
    const rows = positiveInteger('--rows', values.rows);
    const columns = positiveInteger('--columns', values.columns ?? '4096');
    print({
      benchmark: 'table',
      machine: before,
      ...(await benchTable({ rows, columns, batchSize, engine, repeats })),
    });
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

/** What parseArgs throws at an option that it does not know. */
function isUsageError(error: unknown): error is TypeError {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}

try {
  process.exitCode = await main();
} catch (error) {
  if (isUsageError(error)) console.error(`${error.message}\n${usage}`);
  else console.error(error instanceof BalancedRecError ? error.message : error);
  process.exitCode = 1;
}
