/** The backbones of this project. */
export const backboneNames = ['vbpr', 'mmgcn', 'grcn', 'lattice', 'bm3', 'freedom'] as const;

export type BackboneName = (typeof backboneNames)[number];
