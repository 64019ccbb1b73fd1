import { bm3 } from '@balanced-rec/bm3';
import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import { freedom } from '@balanced-rec/freedom';
import { grcn } from '@balanced-rec/grcn';
import { lattice } from '@balanced-rec/lattice';
import { mmgcn } from '@balanced-rec/mmgcn';
import { vbpr } from '@balanced-rec/vbpr';
import type { ModelFixture } from './fixture.js';

/** What parity needs to know about a backbone: how the fixtures' names map to ours. */
export interface BackboneKind {
  readonly definition: BackboneDefinition;
  config(fixture: ModelFixture): Record<string, unknown>;
  /** The name of our loss term for each of the fixture's. */
  readonly terms: Readonly<Record<string, string>>;
  /** The weight of a part in the total, for fixtures that record parts before weighting. */
  weight?(part: string, fixture: ModelFixture): number;
  /** Whether a parameter's gradient is mathematically zero, so that the reference's Adam steps are rounding noise. */
  isNoise(parameter: string): boolean;
}

/** The supported backbones, by their name in the fixtures. */
export const backboneKinds: Readonly<Record<string, BackboneKind>> = {
  vbpr: {
    definition: vbpr,
    config: ({ embeddingDim, hyper }) => ({ embeddingDim, regWeight: hyper.regWeight }),
    terms: { mf: 'bpr', reg: 'regularizer' },
    isNoise: (parameter) => /^projection\..*\.bias$/.test(parameter),
  },
  mmgcn: {
    definition: mmgcn,
    config: ({ embeddingDim, hyper }) => ({
      embeddingDim,
      regWeight: hyper.regWeight,
      layers: hyper.nLayers,
      leakySlope: hyper.leakySlope,
    }),
    terms: { mf: 'bpr', reg: 'regularizer' },
    isNoise: () => false,
  },
  grcn: grcnKind('reference'),
  'grcn-itemToUserRouting': grcnKind('paper'),
  lattice: {
    definition: lattice,
    config: ({ embeddingDim, hyper }) => ({
      embeddingDim,
      featureDim: hyper.featEmbedDim,
      itemLayers: hyper.nLayers,
      layers: hyper.nUiLayers,
      neighbours: hyper.knnK,
      lambda: hyper.lambdaCoeff,
      regWeight: hyper.regWeight,
    }),
    terms: { mf: 'bpr', emb: 'regularizer' },
    isNoise: () => false,
  },
  bm3: {
    definition: bm3,
    config: ({ embeddingDim, hyper }) => ({
      embeddingDim,
      layers: hyper.nLayers,
      dropout: hyper.dropout,
      regWeight: hyper.regWeight,
      clWeight: hyper.clWeight,
    }),
    terms: {
      t: 'alignment.text',
      v: 'alignment.image',
      tv: 'consistency.text',
      vt: 'consistency.image',
      ui: 'user-item',
      iu: 'item-user',
      reg: 'regularizer',
    },
    weight: (part, { hyper }) =>
      part === 'reg' ? hyper.regWeight! : part.length === 2 && part.includes('i') ? 1 : hyper.clWeight!,
    isNoise: () => false,
  },
  freedom: {
    definition: freedom,
    config: ({ embeddingDim, hyper }) => ({
      embeddingDim,
      layers: hyper.nUiLayers,
      itemLayers: hyper.nMmLayers,
      neighbours: hyper.knnK,
      graphWeights: { image: hyper.mmImageWeight, text: 1 - hyper.mmImageWeight! },
      dropout: hyper.dropout,
      regWeight: hyper.regWeight,
    }),
    terms: { mf: 'bpr', mf_t: 'bpr.text', mf_v: 'bpr.image' },
    weight: (part, { hyper }) => (part === 'mf' ? 1 : hyper.regWeight!),
    isNoise: (parameter) => /^projection\..*\.bias$/.test(parameter),
  },
};

function grcnKind(routing: 'reference' | 'paper'): BackboneKind {
  return {
    definition: grcn,
    config: ({ embeddingDim, hyper }) => ({
      embeddingDim,
      regWeight: hyper.regWeight,
      leakySlope: hyper.leakySlope,
      routing,
    }),
    terms: { bpr: 'bpr', regEmbedding: 'embedding', regContent: 'content' },
    weight: (part, { hyper }) => (part === 'bpr' ? 1 : hyper.regWeight!),
    isNoise: () => false,
  };
}
