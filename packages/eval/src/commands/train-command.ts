import { type Protocol, protocols } from '@balanced-rec/ckd-core';
import { readDataset } from '@balanced-rec/datasets';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { describeDamage } from '@balanced-rec/files';
import type { Command } from 'commander';
import { thisMachine } from '../comparison/default-jobs.js';
import { RunStore } from '../comparison/run-store.js';
import { expectMemory, gigabytes, largestNeed } from '../memory/largest-need.js';
import { METRIC_NAMES } from '../metrics/metric-name.js';
import { RunProgress } from '../progress/run-progress.js';
import { checkCutoffs } from '../runs/evaluate-backbone.js';
import { loadBackbone } from '../runs/load-backbone.js';
import { runId } from '../runs/run-settings.js';
import { runVariant } from '../runs/run-variant.js';
import { startEngine } from '../runs/start-engine.js';
import { checkVariant } from '../variants/load-variant.js';
import { describeFinding } from './describe-finding.js';
import { interruptionSignal } from './interruption.js';
import { assignments, positiveInteger, wholeNumber } from './option-values.js';

interface TrainFlags {
  readonly backbone: string;
  readonly variant: string;
  readonly seed: number;
  readonly protocol: string;
  readonly maxEpochs?: number;
  readonly validationUsers?: number;
  readonly set: Record<string, unknown>;
  readonly engine: string;
  readonly package?: string;
  readonly out: string;
}

/** `balanced-rec train DIR --backbone NAME --out DIR` */
export function addTrainCommand(program: Command): void {
  program
    .command('train')
    .description('train one model (and the teachers it needs) and save it with its record')
    .argument('<dir>', 'a dataset folder (MMRec or LATTICE layout)')
    .requiredOption('-b, --backbone <name>', 'vbpr, mmgcn, ... or any other with --package')
    .option(
      '-v, --variant <name>',
      'plain, ckd, ckd-no-specific, ckd-no-generic, ckd-no-reweighting, only:<modality>, ogm-ge, ensemble, popularity, id-only',
      'ckd',
    )
    .option('-s, --seed <n>', 'seed of all randomness', wholeNumber('--seed'), 1)
    .option('-p, --protocol <name>', Object.keys(protocols).join(' or '), 'ckd-paper')
    .option('--max-epochs <n>', 'stop after so many epochs', positiveInteger('--max-epochs'))
    .option(
      '--validation-users <n>',
      'rank at most so many users, drawn by the seed, to select a model (default: all); the test split is read in full',
      positiveInteger('--validation-users'),
    )
    .option('--set <key=value>', "override one of the backbone's options (repeatable)", assignments('--set'), {})
    .option('-e, --engine <name>', 'auto, gpu, native, wasm or cpu', 'auto')
    .option('--package <name>', "the package to import the backbone from, if it is not one of this project's")
    .requiredOption('-o, --out <dir>', 'output folder')
    .action(async (folder: string, flags: TrainFlags) => {
      const signal = interruptionSignal();
      const engine = await startEngine(flags.engine, '--engine');
      const named = await loadBackbone(flags.backbone, flags.package, '--backbone');
      const config = named.parseConfig(flags.set);
      const dataset = await readDataset(folder);
      const variant = await checkVariant({ name: flags.variant }, dataset, '--variant');
      // A floor is a model of its own, whatever backbone is named.
      const { floor } = variant;
      const definition = floor ?? named;
      const measured = { metrics: METRIC_NAMES, cutoffs: [10, 20] };
      checkCutoffs(measured.cutoffs, dataset.itemCount, dataset.name);
      const protocol = protocolNamed(flags);
      const settings = {
        dataset: { name: dataset.name, path: folder, modalities: dataset.modalities },
        backbone: floor
          ? { name: floor.name, config: {} }
          : { name: flags.backbone, ...(flags.package ? { package: flags.package } : {}), config },
        variant: flags.variant,
        seed: flags.seed,
        protocol,
        distillation: {},
        modulation: {},
        measured,
        engine: engine.name,
      };
      for (const finding of dataset.findings) process.stderr.write(`${describeFinding(finding)}\n`);
      const store = new RunStore(flags.out);
      const id = runId(settings);
      const datasets = new Map([[dataset.name, dataset]]);
      const need = await largestNeed([{ id, settings, after: [] }], datasets, signal);
      if (need) {
        const { freeBytes } = thisMachine();
        expectMemory(need, freeBytes);
        process.stderr.write(
          `it needs about ${gigabytes(need.bytes)} GB of memory, and ${gigabytes(freeBytes)} GB are free\n`,
        );
      }
      signal.throwIfAborted();
      const progress = new RunProgress(
        `${dataset.name}/${definition.name}/${flags.variant} seed ${flags.seed}`,
        protocol,
      );
      await store.hold(async () => {
        const { record, backbone, observed, dispose } = await runVariant({
          settings,
          dataset,
          definition,
          teachers: store.teachers,
          neighbours: store.neighbours,
          progress: { file: store.progressFile(id), everySeconds: 30 },
          signal,
          onDamage: (damage) => process.stderr.write(`warning: ${describeDamage(damage)}\n`),
          onEvent: (event) => {
            progress.observe(event);
            if (event.validation) process.stderr.write(`${progress.line()}\n`);
          },
        });
        await store.save(record, backbone, observed);
        dispose();
        for (const [metric, value] of Object.entries(record.result.test))
          process.stdout.write(`test ${metric} ${value.toFixed(4)}\n`);
        if (!('model' in variant)) process.stdout.write(`model: ${store.modelFolder(record.id)}\n`);
      });
    });
}

function protocolNamed({ protocol: name, maxEpochs, validationUsers }: TrainFlags): Protocol {
  const protocol: Protocol | undefined = Object.hasOwn(protocols, name)
    ? protocols[name as keyof typeof protocols]
    : undefined;
  if (protocol)
    return { ...protocol, ...(maxEpochs ? { maxEpochs } : {}), ...(validationUsers ? { validationUsers } : {}) };
  const nearest = nearestName(name, Object.keys(protocols));
  throw new BalancedRecError({
    code: 'protocol/unknown',
    message: `there is no protocol "${name}"`,
    place: '--protocol',
    expected: `one of: ${Object.keys(protocols).join(', ')}`,
    found: name,
    remedy: nearest ? `did you mean "${nearest}"?` : 'name one of these protocols',
  });
}
