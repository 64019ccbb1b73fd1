import {
  type DistillationOverrides,
  type DistilledObjective,
  distill,
  freezeTeacher,
  teacherFromTables,
} from '@balanced-rec/ckd-core';
import { StepScope, type Triples } from '@balanced-rec/ckd-core/backbone';
import * as tf from '@tensorflow/tfjs-core';
import type { BackboneKind } from './backbone-kinds.js';
import type { Comparison } from './comparison.js';
import type { CkdFixture } from './fixture.js';
import { backboneWith, compareAdam, compareForward, compareGradients, evaluate, triples } from './model-under-test.js';
import { tolerances } from './tolerances.js';

const ablations: Readonly<Record<string, DistillationOverrides>> = {
  noSpecific: { specific: false },
  noGeneric: { generic: false },
  noReweight: { reweighting: false },
};

/** Checks CKD on a backbone: teachers, weights, both distillation terms, the total, gradients, Adam steps, ablations. */
export function checkCkd(comparison: Comparison, fixture: CkdFixture, kind: BackboneKind): void {
  const config = kind.config(fixture);
  const student = backboneWith(kind.definition, fixture, config, fixture.params);
  compareForward(comparison, student, fixture.forward);

  const teachers = Object.entries(fixture.teachers).map(([modality, { params, embeddings }]) => {
    const model = backboneWith(kind.definition, fixture, config, params);
    const ours = freezeTeacher(model, modality);
    comparison.group('teacher', tolerances.forward, {
      [`${modality}/user`]: [ours.users.dataSync(), embeddings.user.data],
      [`${modality}/item`]: [ours.items.dataSync(), embeddings.item.data],
    });
    ours.dispose();
    model.dispose();
    const users = Float32Array.from(embeddings.user.data);
    const items = Float32Array.from(embeddings.item.data);
    return teacherFromTables(modality, { dimension: embeddings.user.shape[1]!, users, items });
  });

  const pairBatches = fixture.kdBatches.map(
    ({ users, itemsJ, itemsK }): Triples => ({
      users: Int32Array.from(users),
      positives: Int32Array.from(itemsJ),
      negatives: Int32Array.from(itemsK),
    }),
  );
  const objectiveWith = (options: DistillationOverrides): DistilledObjective => {
    let step = 0;
    const { kdRatio, kl, predTemp, kdBatchSize } = fixture.hyper;
    return distill(student, teachers, () => pairBatches[step++ % pairBatches.length]!, {
      kdRatio: kdRatio!,
      lambda: kl!,
      temperature: predTemp!,
      pairsPerStep: kdBatchSize!,
      ...options,
    });
  };
  const batch = triples(fixture.batches[0]!);

  compareStep(comparison, fixture, objectiveWith({}), batch, pairBatches[0]!);
  compareLoss(comparison, '', objectiveWith({}), batch, fixture);
  for (const [name, ablation] of Object.entries(fixture.ablations)) {
    const options = ablations[name];
    if (!options) throw new Error(`the fixture has an unknown ablation "${name}"`);
    compareLoss(comparison, `${name} `, objectiveWith(options), batch, ablation);
  }
  compareAdam(comparison, objectiveWith({}), fixture, kind.isNoise);
  for (const teacher of teachers) teacher.dispose();
  student.dispose();
}

function compareStep(
  comparison: Comparison,
  fixture: CkdFixture,
  objective: DistilledObjective,
  batch: Triples,
  pairs: Triples,
): void {
  tf.tidy(() => {
    const step = objective.distillation(batch, pairs, new StepScope('train'));
    for (const part of ['weights', 'coefficients', 'specific'] as const) {
      const perTriple = Object.entries(fixture[part]).map(
        ([modality, theirs]) => [modality, [step[part]![modality]!.dataSync(), theirs]] as const,
      );
      comparison.group(part, tolerances.distillation, Object.fromEntries(perTriple));
    }
    const generic = Object.entries(fixture.generic).map(
      ([modality, theirs]) => [modality, [step.generic![modality]!.dataSync(), [theirs]]] as const,
    );
    comparison.group('generic', tolerances.distillation, Object.fromEntries(generic));
  });
}

function compareLoss(
  comparison: Comparison,
  prefix: string,
  objective: DistilledObjective,
  batch: Triples,
  { losses, grads }: Pick<CkdFixture, 'losses' | 'grads'>,
): void {
  const { total, terms, gradients } = evaluate(objective, batch);
  comparison.group(`${prefix}loss`, tolerances.losses, {
    total: [[total], [losses.total]],
    mf: [[terms.bpr!], [losses.mf]],
    emb: [[terms.regularizer!], [losses.emb]],
    kd: [[terms.distillation!], [losses.kd]],
  });
  compareGradients(comparison, `${prefix}gradient`, gradients, grads);
}
