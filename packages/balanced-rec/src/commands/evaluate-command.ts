import { BalancedRecError } from '@balanced-rec/errors';
import { evaluateModel, parseMetric } from '@balanced-rec/eval';
import type { Command } from 'commander';

interface EvaluateFlags {
  readonly model: string;
  readonly split: string;
  readonly metrics: string;
  readonly engine: string;
  readonly package?: string;
  readonly json?: boolean;
}

const splits = ['validation', 'test'] as const;

/** `balanced-rec evaluate DIR --model DIR` */
export function addEvaluateCommand(program: Command): void {
  program
    .command('evaluate')
    .description('evaluate a saved model on a split of a dataset by full ranking')
    .argument('<dir>', 'a dataset folder')
    .requiredOption('-m, --model <dir>', 'a model folder, as `train` and `compare` write it')
    .option('--split <name>', splits.join(' or '), 'test')
    .option('--metrics <list>', 'comma-separated, such as recall@20,ndcg@10', 'recall@10,recall@20,ndcg@10,ndcg@20')
    .option('-e, --engine <name>', 'auto, gpu, native, wasm or cpu', 'auto')
    .option('--package <name>', "the package to import the backbone from, if it is not one of this project's")
    .option('--json', 'print JSON')
    .action(async (folder: string, flags: EvaluateFlags) => {
      const metrics = flags.metrics.split(',').map((text) => parseMetric(text.trim(), '--metrics'));
      const split = splits.find((name) => name === flags.split) ?? unknownSplit(flags.split);
      const { results, isOtherData } = await evaluateModel({
        ...{ model: flags.model, data: folder, split, metrics, engine: flags.engine, enginePlace: '--engine' },
        packageName: flags.package,
      });
      if (isOtherData)
        process.stderr.write('note: the model was trained on other data than this (another content hash)\n');
      if (flags.json) process.stdout.write(`${JSON.stringify(results)}\n`);
      else
        for (const [key, value] of Object.entries(results))
          process.stdout.write(`${split} ${key} ${value.toFixed(4)}\n`);
    });
}

function unknownSplit(found: string): never {
  throw new BalancedRecError({
    code: 'cli/bad-option',
    message: `there is no split "${found}" to evaluate on`,
    place: '--split',
    expected: splits.join(' or '),
    found,
    remedy: 'name one of these splits',
  });
}
