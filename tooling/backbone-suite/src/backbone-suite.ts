import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import { loadEngine } from '@balanced-rec/tfjs-kernels';
import { checkpointChecks } from './checks/checkpoints.js';
import { configurationChecks } from './checks/configuration.js';
import { determinismChecks } from './checks/determinism.js';
import { distillationChecks } from './checks/distillation.js';
import { gradientChecks } from './checks/gradients.js';
import { interventionChecks } from './checks/interventions.js';
import { memoryChecks } from './checks/memory.js';
import { resumingChecks } from './checks/resuming.js';
import { viewChecks } from './checks/views.js';
import { type EngineHere, enginesHere } from './engines-here.js';
import { Subject } from './subject.js';

export interface BackboneSuiteOptions {
  /** `describe` and `test` of the test runner. */
  readonly describe: (name: string, body: () => void) => unknown;
  readonly test: ((name: string, body: () => Promise<void>) => unknown) & { readonly skip?: (name: string) => unknown };
  readonly definition: BackboneDefinition;
  /** Overrides that keep the model small, for example `{ embeddingDim: 8 }`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Overrides that take the kinks out of the model (LeakyReLU), which finite differences in float32 cannot see past. */
  readonly smooth?: Readonly<Record<string, unknown>>;
  /** False where the joint view scores by ids alone, so that features reach it through training only; true by default. */
  readonly scoresContent?: boolean;
  /**
   * The objective holds some of its terms' parts fixed, which differences would move: its gradients are left to the backbone's
   * own tests.
   */
  readonly stopsGradients?: boolean;
  /** By default all that load here. */
  readonly engines?: readonly EngineHere[];
}

const groups = {
  views: viewChecks,
  gradients: gradientChecks,
  interventions: interventionChecks,
  determinism: determinismChecks,
  checkpoints: checkpointChecks,
  resuming: resumingChecks,
  memory: memoryChecks,
  distillation: distillationChecks,
  configuration: configurationChecks,
};

/** Declares the tests that every backbone must pass, whatever it computes: one group of tests per engine. */
export function backboneSuite({
  describe,
  test,
  definition,
  config = {},
  smooth = {},
  scoresContent = true,
  stopsGradients = false,
  engines = enginesHere,
}: BackboneSuiteOptions): void {
  for (const { name: engine, missing } of engines) {
    describe(`${definition.name} as a backbone, on ${engine}`, () => {
      if (missing !== undefined) {
        test.skip?.(missing);
        return;
      }
      for (const [group, all] of Object.entries(groups)) {
        const checks = all.filter(({ differentiates }) => !(differentiates && stopsGradients));
        if (checks.length === 0) continue;
        describe(group, () => {
          for (const { name, run } of checks) {
            test(name, async () => {
              await loadEngine(engine);
              await run(new Subject(definition, config, smooth, scoresContent));
            });
          }
        });
      }
    });
  }
}
