import {
  type Branch,
  defineBackbone,
  idEmbeddings,
  lateFusion,
  type PreferenceContent,
  preferenceContent,
  regularizedBpr,
  rowsOfTable,
  type StepScope,
  sharedRow,
  xavierUniform,
} from '@balanced-rec/ckd-core/backbone';
import { myBackboneConfigSchema } from './config.js';

/**
 * A starting point: late fusion of ids and projected features. Replace the model but keep this structure.
 * user = [id | preference for m ...], item = [id | projected features of m ...]; the score is their dot product.
 */
export const myBackbone = defineBackbone({
  name: 'my-backbone',
  configSchema: myBackboneConfigSchema,
  // What the trainer, the samplers and the test kit need to know. A model that propagates over a graph has `rowAccess: false`.
  supports: { negatives: true, rowAccess: true, trainableFeatures: false },
  create({ config, data, modalities, random, parameters }) {
    // Draw all random numbers from `random`, so that the seed determines the result.
    const init = random.stream('init');
    // Replace: the parameters. Add each one once, under the name that identifies it in a checkpoint.
    const ids = idEmbeddings(parameters, data, config.embeddingDim, xavierUniform, init);
    const options = { width: config.embeddingDim, initialize: xavierUniform };
    const content = modalities.map((modality) => preferenceContent(parameters, data, modality, options, init));
    const idBranch: Branch = {
      key: 'id',
      users: rowsOfTable(() => ids.users),
      items: rowsOfTable(() => ids.items),
      constantOverItems: false,
    };

    return {
      // Replace: how the model represents users and items given the modalities in `observed`. The other modalities must not
      // affect the rankings.
      represent: (observed, scope) => {
        const branches = content.map((m) =>
          observed.includes(m.modality) ? observedBranch(m, scope) : imputedBranch(m, scope),
        );
        return lateFusion([idBranch, ...branches], scope);
      },
      // Replace: the objective, as named terms whose sum is minimised.
      loss(batch, observed, scope) {
        return regularizedBpr(this.represent(observed, scope), batch, config.regWeight);
      },
      // Frees everything that is not a parameter.
      dispose: () => {
        for (const m of content) m.dispose();
      },
    };
  },
});

function observedBranch({ modality, preference, projected }: PreferenceContent, scope: StepScope): Branch {
  return {
    // A step computes each key only once, so a different view needs a different key.
    key: `observed:${modality}`,
    users: preference.source(scope),
    items: projected.source(scope),
    constantOverItems: false,
  };
}

/** do(m): features and preferences are replaced by their means, the same for all items, so m does not affect the ranking. */
function imputedBranch(m: PreferenceContent, scope: StepScope): Branch {
  const key = `imputed:${m.modality}`;
  return {
    key,
    users: sharedRow(() => scope.once(`${key}/user`, () => m.meanPreference()), m.preference.rows),
    items: sharedRow(() => scope.once(`${key}/item`, () => m.meanProjected()), m.itemCount),
    constantOverItems: true,
  };
}
