import {
  type Branch,
  defineBackbone,
  FrozenFeatures,
  type LinearLayer,
  lateFusion,
  linearLayer,
  ProjectedFeatures,
  regularizedBpr,
  repeatRow,
  type StepScope,
  xavierUniform,
} from '@balanced-rec/ckd-core';
import { gatherRows } from '@balanced-rec/tfjs-kernels';
import * as tf from '@tensorflow/tfjs-core';
import { vbprConfigSchema } from './config.js';

/**
 * VBPR (He & McAuley, AAAI 2016) for any number of modalities, as the CKD authors release it: late fusion by concatenation.
 * user = [user.id | user.preference.m ...], item = [item.id | F_m projection.m ...]; BPR + regWeight * halfSquares.
 * do(m): the features of m become their mean row and the users' preference for m its mean.
 */
export const vbpr = defineBackbone({
  name: 'vbpr',
  configSchema: vbprConfigSchema,
  supports: { negatives: true, rowAccess: true, trainableFeatures: false },
  create({ config, data, modalities, random, parameters }) {
    const init = random.stream('init');
    const d = config.embeddingDim;
    const idBranch = tableBranch(
      parameters.add('user.id', xavierUniform(data.userCount, d, init)),
      parameters.add('item.id', xavierUniform(data.itemCount, d, init)),
    );
    const content = modalities.map((modality) => {
      const features = new FrozenFeatures(data.features[modality]!);
      const preference = parameters.add(`user.preference.${modality}`, xavierUniform(data.userCount, d, init));
      const projection = linearLayer(parameters, `projection.${modality}`, features.columns, d, init);
      const projected = new ProjectedFeatures(modality, features, projection);
      return { modality, features, preference, projection, projected };
    });

    return {
      represent: (observed, scope) =>
        lateFusion(
          [
            idBranch,
            ...content.map((m) => (observed.includes(m.modality) ? observedBranch(m, scope) : imputedBranch(m, scope))),
          ],
          scope,
        ),
      loss(batch, observed, scope) {
        return regularizedBpr(this.represent(observed, scope), batch, config.regWeight);
      },
      dispose: () => {
        for (const { features } of content) features.dispose();
      },
    };
  },
});

interface Content {
  readonly modality: string;
  readonly features: FrozenFeatures;
  readonly preference: tf.Tensor2D;
  readonly projection: LinearLayer;
  readonly projected: ProjectedFeatures;
}

function tableBranch(users: tf.Tensor2D, items: tf.Tensor2D): Branch {
  return {
    key: 'id',
    users: (ids) => (ids ? gatherRows(users, ids) : users),
    items: (ids) => (ids ? gatherRows(items, ids) : items),
    constantOverItems: false,
  };
}

function observedBranch({ modality, preference, projected }: Content, scope: StepScope): Branch {
  return {
    key: `observed:${modality}`,
    users: (ids) => (ids ? gatherRows(preference, ids) : preference),
    items: (ids) => (ids ? projected.rows(ids, scope) : projected.whole(scope)),
    constantOverItems: false,
  };
}

function imputedBranch({ modality, features, preference, projection }: Content, scope: StepScope): Branch {
  const key = `imputed:${modality}`;
  const userRow = () => scope.once(`${key}/userRow`, () => tf.mean(preference, 0, true) as tf.Tensor2D);
  const itemRow = () => scope.once(`${key}/itemRow`, () => projection.apply(features.mean));
  return {
    key,
    users: (ids) => repeatRow(userRow(), ids?.length ?? preference.shape[0]),
    items: (ids) => repeatRow(itemRow(), ids?.length ?? features.itemCount),
    constantOverItems: true,
  };
}
