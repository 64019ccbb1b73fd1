import { type Teacher, teacherFromTables, teacherTables, trainTeacher } from '@balanced-rec/ckd-core';
import { only } from '@balanced-rec/ckd-core/backbone';
import { TeacherCache, type TeacherIdentity } from '@balanced-rec/ckd-core/node';
import type { Dataset } from '@balanced-rec/datasets';
import { type ValidateOptions, validate } from '../evaluation/validate.js';
import { packageVersions } from '../plan/run-identity.js';
import type { RunOptions } from './run-options.js';
import { fitOptions } from './run-options.js';

/** Obtains a run's teachers, one per modality: from the cache if another run has stored them, otherwise by training and storing them. */
export async function obtainTeachers(options: RunOptions, validation: ValidateOptions): Promise<Teacher[]> {
  const cache = new TeacherCache(options.teachers, options.onDamage);
  const teachers: Teacher[] = [];
  for (const modality of options.dataset.modalities) {
    const identity = teacherIdentity(options, modality);
    const stored = await cache.find(identity);
    const teacher = stored
      ? teacherFromTables(modality, stored)
      : await trainTeacher({
          ...fitOptions(options, `only:${modality}`),
          modality,
          // The teacher's ranking view follows from what it is trained on, as in a separate run.
          validate: (model) => validate(model, only(options.dataset.modalities, modality), validation),
        });
    teachers.push(teacher);
    if (!stored) await cache.store(identity, teacherTables(teacher));
  }
  return teachers;
}

/** Everything that a run's teacher depends on. */
export function teacherIdentity(
  {
    settings,
    dataset,
    definition,
  }: Pick<RunOptions, 'settings' | 'definition'> & { readonly dataset: Pick<Dataset, 'hash' | 'modalities'> },
  modality: string,
): TeacherIdentity {
  return {
    dataHash: dataset.hash,
    backbone: definition.name,
    config: settings.backbone.config,
    protocol: settings.protocol,
    modalities: dataset.modalities,
    modality,
    seed: settings.seed,
    engine: settings.engine,
    versions: packageVersions(),
  };
}
