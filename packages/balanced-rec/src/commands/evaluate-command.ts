import { evaluateModel, parseMetric } from '@balanced-rec/eval';
import { type DataDifference, describeDifference } from '@balanced-rec/models';
import type { Command } from 'commander';
import { type EngineFlags, withEngineOptions } from '../options/engine-options.js';
import { commaSeparated, oneOf } from '../options/option-values.js';

interface EvaluateFlags extends EngineFlags {
  readonly model: string;
  readonly split: (typeof splits)[number];
  readonly metrics: string;
  readonly otherData?: boolean | undefined;
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
    .option(
      '--other-data',
      'allow a dataset that the model was not trained on, and say what differs; numbers are too high if it was trained on what is measured',
    )
    .option('--json', 'print JSON')
    .action(async (data: string, flags: EvaluateFlags) => {
      const { model, split, metrics, engine, package: packageName, otherData, json } = flags;
      const { results, difference } = await evaluateModel({
        ...{ model, data, split, engine, enginePlace: '--engine', packageName, otherData },
        metrics: commaSeparated('--metrics')(metrics).map((text) => parseMetric(text, '--metrics')),
      });
      if (difference) process.stderr.write(`warning: ${describe(difference, split)}\n`);
      if (json)
        process.stdout.write(`${JSON.stringify({ ...results, ...(difference ? { otherData: difference } : {}) })}\n`);
      else
        for (const [key, value] of Object.entries(results))
          process.stdout.write(`${split} ${key} ${value.toFixed(4)}\n`);
    });
}

function describe(difference: DataDifference, split: (typeof splits)[number]): string {
  const what = `the model was trained on different data: ${describeDifference(difference)}`;
  const count = difference.trainedOn?.[split];
  if (count === undefined) return what;
  return `${what}, and it was trained on ${count} of the ${split} interactions`;
}
