import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import { type EngineName, loadEngine, tryEngine } from '@balanced-rec/tfjs-kernels';
import { checkpointChecks } from './checks/checkpoints.js';
import { configurationChecks } from './checks/configuration.js';
import { determinismChecks } from './checks/determinism.js';
import { distillationChecks } from './checks/distillation.js';
import { gradientChecks } from './checks/gradients.js';
import { interventionChecks } from './checks/interventions.js';
import { learningChecks } from './checks/learning.js';
import { memoryChecks } from './checks/memory.js';
import { resumingChecks } from './checks/resuming.js';
import { viewChecks } from './checks/views.js';
import { type Check, type Setting, Subject } from './subject/subject.js';

/** An engine to test on, or why that is impossible here. */
export interface EngineHere {
  readonly name: EngineName;
  readonly missing?: string | undefined;
}

/** The engines that come with the packages, plus native, which has to be installed. */
export const enginesHere: readonly EngineHere[] = [
  { name: 'native', missing: await tryEngine('native') },
  { name: 'wasm' },
  { name: 'cpu' },
];

/** Options of {@link backboneSuite}. */
export interface BackboneSuiteOptions {
  /** The test runner's `describe`: from vitest, node:test, jest or any runner with the same interface. */
  readonly describe: (name: string, body: () => void) => unknown;
  /** The test runner's `test`. */
  readonly test: ((name: string, body: () => Promise<void>) => unknown) & {
    /** If present, it is used to report engines that are not available. */
    readonly skip?: (name: string) => unknown;
  };
  readonly definition: BackboneDefinition;
  /** Overrides that keep the model small, for example `{ embeddingDim: 8 }`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Overrides that remove the model's kinks (LeakyReLU), which finite differences in float32 cannot handle. */
  readonly smooth?: Readonly<Record<string, unknown>>;
  /** By default, all engines that load here. */
  readonly engines?: readonly EngineHere[];
}

const settings: Readonly<Record<Setting, string>> = { plain: 'as a backbone', distilled: 'inside CKD' };

/** The checks by group. Inside CKD they are the same, except that distillation checks replace those of the configuration. */
function groupsOf(setting: Setting): Readonly<Record<string, readonly Check[]>> {
  return {
    views: viewChecks(setting),
    gradients: gradientChecks(setting),
    interventions: interventionChecks(setting),
    determinism: determinismChecks(setting),
    checkpoints: checkpointChecks(setting),
    resuming: resumingChecks(setting),
    memory: memoryChecks(setting),
    learning: learningChecks(setting),
    ...(setting === 'plain' ? { configuration: configurationChecks } : { distillation: distillationChecks }),
  };
}

/**
 * Declares the tests that every backbone must pass, whatever it computes: for each engine, one group for the backbone itself and one for
 * the backbone inside CKD. Only the definition's `supports` determines which tests do not apply.
 */
export function backboneSuite(options: BackboneSuiteOptions): void {
  const { describe, test, definition, config = {}, smooth = {}, engines = enginesHere } = options;
  const applies = ({ differentiates }: Check) => !(differentiates && definition.supports.stopsGradients);
  const declare = (engine: EngineHere['name'], checks: readonly Check[]) => {
    for (const { name, run } of checks) {
      test(name, async () => {
        await loadEngine(engine);
        await run(new Subject(definition, config, smooth));
      });
    }
  };
  for (const { name: engine, missing } of engines) {
    for (const setting of ['plain', 'distilled'] as const) {
      describe(`${definition.name} ${settings[setting]}, on ${engine}`, () => {
        if (missing !== undefined) {
          test.skip?.(missing);
          return;
        }
        for (const [group, all] of Object.entries(groupsOf(setting))) {
          const checks = all.filter(applies);
          if (checks.length > 0) describe(group, () => declare(engine, checks));
        }
      });
    }
  }
}
