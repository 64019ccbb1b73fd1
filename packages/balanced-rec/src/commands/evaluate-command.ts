import { evaluateModel, parseMetric } from '@balanced-rec/eval';
import type { Command } from 'commander';
import { type EngineFlags, withEngineOptions } from '../options/engine-options.js';
import { commaSeparated, oneOf } from '../options/option-values.js';

interface EvaluateFlags extends EngineFlags {
  readonly model: string;
  readonly split: (typeof splits)[number];
  readonly metrics: string;
  readonly json?: boolean | undefined;
}

const splits = ['validation', 'test'] as const;

/** `balanced-rec evaluate DIR --model DIR` */
export function addEvaluateCommand(program: Command): void {
  const command = program
    .command('evaluate')
    .description('evaluate a saved model on a dataset split by full ranking')
    .argument('<dir>', 'a dataset folder')
    .requiredOption('-m, --model <dir>', 'a model folder written by `train` or `compare`')
    .option('--split <name>', splits.join(' or '), oneOf('--split', splits), 'test')
    .option('--metrics <list>', 'comma-separated, such as recall@20,ndcg@10', 'recall@10,recall@20,ndcg@10,ndcg@20');
  withEngineOptions(command)
    .option('--json', 'print JSON')
    .action(async (data: string, { model, split, metrics, engine, package: packageName, json }: EvaluateFlags) => {
      const { results, isOtherData } = await evaluateModel({
        ...{ model, data, split, engine, enginePlace: '--engine', packageName },
        metrics: commaSeparated(metrics).map((text) => parseMetric(text, '--metrics')),
      });
      if (isOtherData)
        process.stderr.write('note: the model was trained on different data (the content hashes differ)\n');
      if (json) process.stdout.write(`${JSON.stringify(results)}\n`);
      else
        for (const [key, value] of Object.entries(results))
          process.stdout.write(`${split} ${key} ${value.toFixed(4)}\n`);
    });
}
