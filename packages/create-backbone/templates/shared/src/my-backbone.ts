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
 * A starting point: late fusion of ids and projected features. Replace the model, keep the shape.
 * user = [id | preference for m ...], item = [id | features of m, projected ...]; the score is their dot product.
 */
export const myBackbone = defineBackbone({
  name: 'my-backbone',
  configSchema: myBackboneConfigSchema,
  // What trainer, samplers and test kit need to know. A model that propagates over a graph has `rowAccess: false`.
  supports: { negatives: true, rowAccess: true, trainableFeatures: false },
  create({ config, data, modalities, random, parameters }) {
    // All randomness comes from `random`, so that a seed decides everything.
    const init = random.stream('init');
    // Replace: the parameters. Each is added once, under a name that a checkpoint keeps it by.
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
      // Replace: what the model makes of the modalities in `observed`. Nothing of the others may reach the rankings.
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
      // Frees what is not a parameter.
      dispose: () => {
        for (const m of content) m.dispose();
      },
    };
  },
});

function observedBranch({ modality, preference, projected }: PreferenceContent, scope: StepScope): Branch {
  return {
    // A step computes what stands under a key once: another view needs another key.
    key: `observed:${modality}`,
    users: preference.source(scope),
    items: projected.source(scope),
    constantOverItems: false,
  };
}

/** do(m): means stand in the place of features and preferences, alike for all items, so that m decides nothing. */
function imputedBranch(m: PreferenceContent, scope: StepScope): Branch {
  const key = `imputed:${m.modality}`;
  return {
    key,
    users: sharedRow(() => scope.once(`${key}/user`, () => m.meanPreference()), m.preference.rows),
    items: sharedRow(() => scope.once(`${key}/item`, () => m.meanProjected()), m.itemCount),
    constantOverItems: true,
  };
}
