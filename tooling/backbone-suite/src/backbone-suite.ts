import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import { checkpointChecks } from './checks/checkpoints.js';
import { configurationChecks } from './checks/configuration.js';
import { determinismChecks } from './checks/determinism.js';
import { distillationChecks } from './checks/distillation.js';
import { gradientChecks } from './checks/gradients.js';
import { interventionChecks } from './checks/interventions.js';
import { memoryChecks } from './checks/memory.js';
import { viewChecks } from './checks/views.js';
import { Subject } from './subject.js';

export interface BackboneSuiteOptions {
  /** `describe` and `test` of the test runner. */
  readonly describe: (name: string, body: () => void) => unknown;
  readonly test: (name: string, body: () => Promise<void>) => unknown;
  readonly definition: BackboneDefinition;
  /** Overrides that keep the model small, for example `{ embeddingDim: 8 }`. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Overrides that take the kinks out of the model (LeakyReLU), which finite differences in float32 cannot see past. */
  readonly smooth?: Readonly<Record<string, unknown>>;
  readonly engines?: readonly EngineName[];
}

const groups = {
  views: viewChecks,
  gradients: gradientChecks,
  interventions: interventionChecks,
  determinism: determinismChecks,
  checkpoints: checkpointChecks,
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
  engines = ['wasm', 'cpu'],
}: BackboneSuiteOptions): void {
  for (const engine of engines) {
    describe(`${definition.name} as a backbone, on ${engine}`, () => {
      for (const [group, checks] of Object.entries(groups)) {
        describe(group, () => {
          for (const { name, run } of checks) {
            test(name, async () => {
              await loadEngine(engine);
              await run(new Subject(definition, config, smooth));
            });
          }
        });
      }
    });
  }
}
