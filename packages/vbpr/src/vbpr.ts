import {
  type Branch,
  defineBackbone,
  type EmbeddingLayer,
  idEmbeddingLayers,
  lateFusion,
  type PreferenceContent,
  preferenceContent,
  regularizedBpr,
  type StepScope,
  sharedRow,
  xavierUniform,
} from '@balanced-rec/ckd-core/backbone';
import * as z from 'zod';

/** VBPR's hyperparameters; the defaults are the CKD authors'. */
export const vbprConfigSchema = z.strictObject({
  /** Width of each branch (d): the whole embedding is (1 + modalities) * d wide. */
  embeddingDim: z.number().int().positive().default(64),
  /** Weight of the L2 regulariser. */
  regWeight: z.number().nonnegative().default(1e-5),
});

/**
 * VBPR's hyperparameters with all defaults filled in.
 * @useDeclaredType
 */
export type VbprConfig = z.output<typeof vbprConfigSchema>;

/**
 * VBPR (He & McAuley, AAAI 2016) for any number of modalities, as released by the CKD authors: late fusion by concatenation.
 * user = [user.id | user.preference.m ...], item = [item.id | F_m projection.m ...]; BPR + regWeight * halfSquares.
 * do(m) replaces the features of m and the users' preferences for m with their means.
 */
export const vbpr = defineBackbone({
  name: 'vbpr',
  configSchema: vbprConfigSchema,
  supports: { negatives: true, rowAccess: true, trainableFeatures: false },
  create({ config, data, modalities, random, parameters }) {
    const init = random.stream('init');
    const d = config.embeddingDim;
    const ids = idEmbeddingLayers(parameters, data, d, xavierUniform, init);
    const content = modalities.map((modality) =>
      preferenceContent(parameters, data, modality, { width: d, initialize: xavierUniform }, init),
    );

    return {
      represent: (observed, scope) =>
        lateFusion(
          [
            idBranch(ids, scope),
            ...content.map((m) => (observed.includes(m.modality) ? observedBranch(m, scope) : imputedBranch(m, scope))),
          ],
          scope,
        ),
      loss(batch, observed, scope) {
        return regularizedBpr(this.represent(observed, scope), batch, config.regWeight);
      },
      dispose: () => {
        for (const m of content) m.dispose();
      },
    };
  },
});

function idBranch({ users, items }: { users: EmbeddingLayer; items: EmbeddingLayer }, scope: StepScope): Branch {
  return { key: 'id', users: users.source(scope), items: items.source(scope), constantOverItems: false };
}

function observedBranch({ modality, preference, projected }: PreferenceContent, scope: StepScope): Branch {
  return {
    key: `observed:${modality}`,
    users: preference.source(scope),
    items: projected.source(scope),
    constantOverItems: false,
  };
}

function imputedBranch(m: PreferenceContent, scope: StepScope): Branch {
  const key = `imputed:${m.modality}`;
  return {
    key,
    users: sharedRow(() => scope.once(`${key}/userRow`, () => m.meanPreference()), m.preference.rows),
    items: sharedRow(() => scope.once(`${key}/itemRow`, () => m.meanProjected()), m.itemCount),
    constantOverItems: true,
  };
}
