import { objectiveOf } from '@balanced-rec/ckd-core';
import type { BackboneKind } from './backbone-kinds.js';
import { comparePruning } from './compare-pruning.js';
import type { Comparison } from './comparison.js';
import type { BackboneFixture } from './fixture.js';
import { backboneWith, compareAdam, compareForward, compareGradients, evaluate, triples } from './model-under-test.js';
import { tolerances } from './tolerances.js';

/** Checks a backbone without CKD: views, the loss and its parts, gradients, Adam steps. */
export function checkBackbone(comparison: Comparison, fixture: BackboneFixture, kind: BackboneKind): void {
  const backbone = backboneWith(kind.definition, fixture, kind.config(fixture), fixture.params);
  const objective = objectiveOf(backbone);
  comparison.exact('trainable', [...backbone.parameters.trainable.keys()].sort(), [...fixture.trainable].sort());
  compareForward(comparison, backbone, fixture.forward);
  const { total, terms, gradients } = evaluate(objective, triples(fixture.batches[0]!));
  const parts = Object.entries(fixture.losses.parts).map(
    ([theirs, value]) =>
      [theirs, [[terms[kind.terms[theirs]!]! / (kind.weight?.(theirs, fixture) ?? 1)], [value]]] as const,
  );
  comparison.group('loss', tolerances.losses, {
    total: [[total], [fixture.losses.total]],
    ...Object.fromEntries(parts),
  });
  compareGradients(comparison, 'gradient', gradients, fixture.grads);
  compareAdam(comparison, objective, fixture, kind.isNoise);
  backbone.dispose();
  if (fixture.adamSetToNone) {
    const again = backboneWith(kind.definition, fixture, kind.config(fixture), fixture.params);
    compareAdam(comparison, objectiveOf(again), fixture, kind.isNoise, 'skip');
    again.dispose();
  }
  if (fixture.pruning) comparePruning(comparison, fixture, fixture.pruning);
}
