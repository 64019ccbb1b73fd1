import type { Backbone } from '../adapter/backbone.js';
import { ParameterSet } from '../adapter/parameter-set.js';
import { lateFusion } from '../adapter/representation.js';
import { tableRows } from '../adapter/row-source.js';
import type { Teacher } from '../distillation/teacher.js';

/**
 * The uni-modal teachers as one model that needs no training: its score is the sum of theirs, over the observed modalities. What a
 * multimodal model should at least reach. It has no parameters; the teachers stay the caller's to dispose.
 * @param name of the backbone that the teachers are
 */
export function teacherEnsemble(name: string, teachers: readonly Teacher[]): Backbone {
  return {
    name,
    modalities: teachers.map(({ modality }) => modality),
    supports: { negatives: false, rowAccess: true, trainableFeatures: false },
    config: {},
    parameters: new ParameterSet(),
    represent: (observed, scope) =>
      lateFusion(
        teachers
          .filter(({ modality }) => observed.includes(modality))
          .map(({ modality, users, items }) => ({
            key: `teacher:${modality}`,
            users: tableRows(() => users),
            items: tableRows(() => items),
            constantOverItems: false,
          })),
        scope,
      ),
    loss: () => ({}),
    dispose: () => {},
  };
}
