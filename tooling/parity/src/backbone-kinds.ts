import type { BackboneDefinition } from '@balanced-rec/ckd-core';
import { mmgcn } from '@balanced-rec/mmgcn';
import { vbpr } from '@balanced-rec/vbpr';
import type { ModelFixture } from './fixture.js';

/** What parity needs to know of a backbone: how the fixtures' names map to ours. */
export interface BackboneKind {
  readonly definition: BackboneDefinition;
  config(fixture: ModelFixture): Record<string, unknown>;
  /** Our loss term for each of the fixture's. */
  readonly terms: Readonly<Record<string, string>>;
  /** Parameters whose gradient is mathematically zero, so that the reference's Adam steps are rounding noise. */
  isNoise(parameter: string): boolean;
}

/** The backbones built so far, by the name that fixtures give them. */
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
};
