import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runWell } from './command-line.js';

/** A command that writes to a folder. */
export interface WritingCommand {
  readonly name: 'compare' | 'train' | 'synth' | 'prepare' | 'features' | 'export';
  /** Arguments for an output folder. */
  args(out: string): string[];
  /** Creates the files the command expects in its output folder. */
  before?(out: string): void;
}

export interface Inputs {
  readonly folder: string;
  readonly comparison: string;
}

const COMPARISON = `
datasets: [data]
backbones: [{ name: vbpr, set: { embeddingDim: 16 } }]
variants: [plain, ckd]
engine: wasm
protocol: { name: mmrec, maxEpochs: 3 }
`;

const encoder = fileURLToPath(new URL('../../../../examples/library/letters-encoder.ts', import.meta.url));

/** Creates the inputs of the commands: a dataset, a raw log and a trained model. */
export async function makeInputs(folder: string): Promise<Inputs> {
  mkdirSync(folder, { recursive: true });
  const data = join(folder, 'data');
  await runWell([
    'synth',
    data,
    '--users',
    '120',
    '--items',
    '80',
    '--per-user',
    '12',
    '--raw',
    'csv',
    '--name',
    'data',
  ]);
  const comparison = join(folder, 'comparison.yaml');
  writeFileSync(comparison, COMPARISON.replace('[data]', `[${data}]`));
  await runWell([
    'train',
    data,
    '-b',
    'vbpr',
    '-v',
    'plain',
    '--max-epochs',
    '2',
    '--engine',
    'wasm',
    '--out',
    join(folder, 'trained'),
  ]);
  return { folder, comparison };
}

export function writingCommands({ folder, comparison }: Inputs): WritingCommand[] {
  const data = join(folder, 'data');
  return [
    {
      name: 'compare',
      args: (out) => ['compare', comparison, '--out', out, '--checkpoint-every', '0.01', '--jobs', '2'],
    },
    {
      name: 'train',
      args: (out) => ['train', data, '-b', 'vbpr', '-v', 'ckd', '--max-epochs', '3', '--engine', 'wasm', '--out', out],
    },
    { name: 'synth', args: (out) => ['synth', out, '--users', '2000', '--items', '500', '--name', 'made'] },
    {
      name: 'prepare',
      args: (out) => [
        'prepare',
        join(data, 'raw', 'interactions.csv'),
        '--out',
        out,
        '--name',
        'made',
        '--memory',
        '500MB',
        '--threads',
        '1',
      ],
    },
    {
      name: 'features',
      args: (out) => ['features', out, '--text', 'title', '--encoder', encoder, '--batch', '8'],
      before: (out) => {
        mkdirSync(out, { recursive: true });
        const items = Array.from({ length: 300 }, (_, n) =>
          JSON.stringify({ itemID: n, item_id: `i${n}`, title: `item number ${n}` }),
        );
        writeFileSync(join(out, 'items.jsonl'), `${items.join('\n')}\n`);
      },
    },
    {
      name: 'export',
      args: (out) => [
        'export',
        join(folder, 'trained', 'models', 'data--vbpr--plain--s1'),
        '--data',
        data,
        '--out',
        out,
      ],
    },
  ];
}
