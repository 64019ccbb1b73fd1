import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { onlyText, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { Command } from 'commander';
import { beforeAll, describe, expect, test } from 'vitest';
import { addEvaluateCommand } from '../../src/commands/evaluate-command.js';
import { addTrainCommand } from '../../src/commands/train-command.js';
import { type ErrorParts, expectOneError, runCli, runWell } from '../support/cli.js';

let root: string;

/** A trained VBPR, and damaged copies of it. */
beforeAll(async () => {
  root = await scratchFolder();
  await tinyDataset(root);
  await tinyDataset(root, { name: 'alone', modalities: onlyText });
  await tinyDataset(root, { name: 'larger', itemCount: 36 });
  const small = ['--set', 'embeddingDim=4', '-v', 'plain', '-p', 'mmrec', '--max-epochs', '1'];
  await runWell(['train', join(root, 'tiny'), '-b', 'vbpr', ...small, '--out', join(root, 'trained')]);
  const model = join(root, 'trained/models/tiny--vbpr--plain--s1');
  const copy = async (name: string, change: (manifest: Record<string, unknown>) => object) => {
    await cp(model, join(root, name), { recursive: true });
    const path = join(root, name, 'manifest.json');
    // Without checksums, as older versions wrote it; with them, the edited manifest would count as damaged.
    const { sha256: _, modelSha256: __, ...manifest } = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify(change(manifest)));
  };
  await copy('model', (manifest) => manifest);
  await copy('of-mmgcn', (manifest) => ({ ...manifest, backbone: 'mmgcn' }));
  await copy('wider', (manifest) => ({ ...manifest, config: { ...(manifest.config as object), embeddingDim: 5 } }));
  await copy('no-manifest', () => ({ hello: 'there' }));
  await copy('no-weights', (manifest) => manifest);
  await rm(join(root, 'no-weights/model.safetensors'));
  await copy('half', (manifest) => manifest);
  const weights = join(root, 'half/model.safetensors');
  await writeFile(weights, (await readFile(weights)).subarray(0, -8));
});

interface BadCall extends ErrorParts {
  readonly title: string;
  /** Words that start with `@` name a folder below the root. */
  readonly args: string;
}

const calls: BadCall[] = [
  {
    title: 'evaluate without the model folder',
    args: 'evaluate @tiny --model @nowhere',
    code: 'checkpoint/missing',
    place: 'nowhere/manifest.json',
    expected: 'model.safetensors',
    found: 'ENOENT',
    remedy: 'train',
  },
  {
    title: 'evaluate a truncated model',
    args: 'evaluate @tiny --model @half',
    code: 'safetensors/malformed',
    place: 'half/model.safetensors',
    expected: 'bytes',
    found: 'bytes',
    remedy: /./,
  },
  {
    title: 'evaluate the weights of another backbone',
    args: 'evaluate @tiny --model @of-mmgcn',
    code: 'parameters/mismatch',
    place: /./,
    expected: 'shape [',
    found: 'no such parameter',
    remedy: 'backbone',
  },
  {
    title: 'evaluate weights of another shape',
    args: 'evaluate @tiny --model @wider',
    code: 'parameters/mismatch',
    place: 'user.id',
    expected: 'shape [40,5]',
    found: 'shape [40,4]',
    remedy: 'configuration',
  },
  {
    title: 'evaluate on a dataset of another size',
    args: 'evaluate @larger --model @model --other-data',
    code: 'parameters/mismatch',
    place: 'item.id',
    expected: 'shape [36,4]',
    found: 'shape [30,4]',
    remedy: 'dataset',
  },
  {
    title: 'evaluate lists longer than the number of items',
    args: 'evaluate @tiny --model @model --metrics recall@20,ndcg@31',
    code: 'metrics/cutoff-too-large',
    place: 'tiny',
    expected: '30',
    found: '31',
    remedy: 'smaller',
  },
  {
    title: 'evaluate a malformed metric',
    args: 'evaluate @tiny --model @model --metrics recall20',
    code: 'metrics/malformed-metric',
    place: '--metrics',
    expected: 'recall@20',
    found: 'recall20',
    remedy: 'recall@20',
  },
  {
    title: 'train with an unknown engine',
    args: 'train @tiny -b vbpr --engine wsm --out @out',
    code: 'engine/unknown',
    place: '--engine',
    expected: 'wasm',
    found: 'wsm',
    remedy: 'wasm',
  },
  {
    title: 'train CKD on a single modality',
    args: 'train @alone -b vbpr --variant ckd --out @out',
    code: 'distill/one-modality',
    place: '--variant',
    expected: 'two modalities',
    found: 'text',
    remedy: /./,
  },
];

/** Less likely cases, run without a process each. */
const oddCalls: BadCall[] = [
  {
    title: 'evaluate something that is not a model',
    args: 'evaluate @tiny --model @no-manifest',
    code: 'checkpoint/malformed',
    place: 'no-manifest/manifest.json',
    expected: 'format 1',
    found: 'hello',
    remedy: /./,
  },
  {
    title: 'evaluate a model without weights',
    args: 'evaluate @tiny --model @no-weights',
    code: 'checkpoint/missing',
    place: 'no-weights/model.safetensors',
    expected: 'model.safetensors',
    found: 'ENOENT',
    remedy: /./,
  },
  {
    title: 'evaluate on a dataset without its modalities',
    args: 'evaluate @alone --model @model',
    code: 'dataset/missing-modality',
    place: 'alone',
    expected: 'image',
    found: /./,
    remedy: /./,
  },
  {
    title: 'evaluate an unknown metric',
    args: 'evaluate @tiny --model @model --metrics recal@20',
    code: 'metrics/unknown-metric',
    place: '--metrics',
    expected: 'recall',
    found: 'recal',
    remedy: 'recall',
  },
  {
    title: 'evaluate at cutoff 0',
    args: 'evaluate @tiny --model @model --metrics recall@0',
    code: 'metrics/bad-cutoff',
    place: '--metrics',
    expected: 'at least 1',
    found: '0',
    remedy: /./,
  },
  {
    title: 'evaluate an unknown split',
    args: 'evaluate @tiny --model @model --split tset',
    code: 'cli/bad-option',
    place: '--split',
    expected: 'test',
    found: 'tset',
    remedy: /./,
  },
  {
    title: 'train with a malformed backbone option',
    args: 'train @tiny -b vbpr --set embeddingDim --out @out',
    code: 'cli/bad-option',
    place: '--set',
    expected: 'key=value',
    found: 'embeddingDim',
    remedy: /./,
  },
  {
    title: 'train with a negative seed',
    args: 'train @tiny -b vbpr --seed=-1 --out @out',
    code: 'cli/bad-option',
    place: '--seed',
    expected: 'whole number',
    found: '-1',
    remedy: /./,
  },
  {
    title: 'train with an unknown variant',
    args: 'train @tiny -b vbpr --variant ckt --out @out',
    code: 'variant/unknown',
    place: '--variant',
    expected: 'ckd',
    found: 'ckt',
    remedy: 'ckd',
  },
  {
    title: 'train with an unknown protocol',
    args: 'train @tiny -b vbpr --protocol mmrek --out @out',
    code: 'protocol/unknown',
    place: '--protocol',
    expected: 'mmrec',
    found: 'mmrek',
    remedy: 'mmrec',
  },
];

function wordsOf(args: string): string[] {
  return args.split(' ').map((word) => (word.startsWith('@') ? join(root, word.slice(1)) : word));
}

describe.concurrent('a bad call is refused with one complete error, and nothing is written', () => {
  test.each(calls)('$title', async ({ args, title: _, ...parts }) => {
    const result = await runCli(wordsOf(args));
    expectOneError(result, parts);
    expect(result.stdout).toBe('');
    expect(existsSync(join(root, 'out'))).toBe(false);
  });

  test.each(oddCalls)('$title', async ({ args, title: _, code, ...parts }) => {
    const program = new Command();
    addTrainCommand(program);
    addEvaluateCommand(program);
    const error = await program.parseAsync(wordsOf(args), { from: 'user' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BalancedRecError);
    const { details } = error as BalancedRecError;
    expect(details.code).toBe(code);
    for (const [name, part] of Object.entries(parts)) expect(details[name as keyof typeof parts], name).toMatch(part);
    expect(existsSync(join(root, 'out'))).toBe(false);
  });
});
