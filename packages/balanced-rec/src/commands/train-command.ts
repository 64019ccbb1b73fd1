import { type Protocol, protocols } from '@balanced-rec/ckd-core';
import { BalancedRecError } from '@balanced-rec/errors';
import { gigabytes, trainModel, variantNames } from '@balanced-rec/eval';
import { describeDamage } from '@balanced-rec/files';
import type { Command } from 'commander';
import { type EngineFlags, withEngineOptions } from '../options/engine-options.js';
import { assignments, didYouMean, positiveInteger, wholeNumber } from '../options/option-values.js';
import { RunProgress } from '../progress/run-progress.js';
import { describeFinding } from '../text/describe-dataset.js';
import { interruptionSignal } from './interruption.js';
import { NO_INTERACTIONS } from './model-options.js';

interface TrainFlags extends EngineFlags {
  readonly backbone: string;
  readonly variant: string;
  readonly seed: number;
  readonly protocol: string;
  readonly maxEpochs?: number;
  readonly validationUsers?: number;
  readonly set: Record<string, unknown>;
  readonly out: string;
  readonly interactions: boolean;
}

/** `balanced-rec train DIR --backbone NAME --out DIR` */
export function addTrainCommand(program: Command): void {
  const command = program
    .command('train')
    .description('train one model (and the teachers it needs) and save it with its record')
    .argument('<dir>', 'a dataset folder (MMRec or LATTICE layout)')
    .requiredOption('-b, --backbone <name>', 'vbpr, mmgcn, ... or any other with --package')
    .option('-v, --variant <name>', variantNames(['<modality>']).join(', '), 'ckd')
    .option('-s, --seed <n>', 'seed of all randomness', wholeNumber('--seed'), 1)
    .option('-p, --protocol <name>', Object.keys(protocols).join(' or '), 'ckd-paper')
    .option('--max-epochs <n>', 'stop after this many epochs', positiveInteger('--max-epochs'))
    .option(
      '--validation-users <n>',
      'select the model on at most this many users, drawn with the seed (default: all); the test split is always ranked in full',
      positiveInteger('--validation-users'),
    )
    .option('--set <key=value>', "override one of the backbone's options (repeatable)", assignments('--set'), {});
  withEngineOptions(command)
    .requiredOption('-o, --out <dir>', 'output folder')
    .option('--no-interactions', NO_INTERACTIONS)
    .action(async (folder: string, flags: TrainFlags) => {
      const protocol = protocolNamed(flags);
      let progress: RunProgress | undefined;
      const { record, folder: model } = await trainModel({
        data: folder,
        backbone: { name: flags.backbone, package: flags.package, config: flags.set },
        ...{ variant: flags.variant, seed: flags.seed, protocol, engine: flags.engine, out: flags.out },
        saveInteractions: flags.interactions,
        placeOf: (option) => `--${option}`,
        listener: {
          read: ({ findings }) => {
            for (const finding of findings) say(describeFinding(finding));
          },
          estimated: (bytes, freeBytes) =>
            say(`training needs about ${gigabytes(bytes)} GB of memory; ${gigabytes(freeBytes)} GB are free`),
          started: (run) => {
            progress = new RunProgress(run);
          },
          event: (event) => {
            progress?.observe(event);
            if (progress && event.validation) say(progress.line());
          },
          damaged: (damage) => say(`warning: ${describeDamage(damage)}`),
        },
        signal: interruptionSignal(),
      });
      for (const [metric, value] of Object.entries(record.result.test))
        process.stdout.write(`test ${metric} ${value.toFixed(4)}\n`);
      if (model !== undefined) process.stdout.write(`model: ${model}\n`);
    });
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function protocolNamed({ protocol: name, maxEpochs, validationUsers }: TrainFlags): Protocol {
  const protocol: Protocol | undefined = Object.hasOwn(protocols, name)
    ? protocols[name as keyof typeof protocols]
    : undefined;
  if (protocol)
    return { ...protocol, ...(maxEpochs ? { maxEpochs } : {}), ...(validationUsers ? { validationUsers } : {}) };
  const names = Object.keys(protocols);
  throw new BalancedRecError({
    code: 'protocol/unknown',
    message: `there is no protocol "${name}"`,
    place: '--protocol',
    expected: `one of: ${names.join(', ')}`,
    found: name,
    remedy: didYouMean(name, names) ?? 'name one of these protocols',
  });
}
