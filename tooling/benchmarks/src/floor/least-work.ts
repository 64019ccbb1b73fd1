import type { BackboneName } from '../backbone-names.js';
import type { BackboneWork } from './backbone-work.js';
import { bm3Work } from './backbones/bm3.js';
import { freedomWork } from './backbones/freedom.js';
import { grcnWork } from './backbones/grcn.js';
import { latticeWork } from './backbones/lattice.js';
import { mmgcnWork } from './backbones/mmgcn.js';
import { vbprWork } from './backbones/vbpr.js';
import type { RowsPerStep, Sizes } from './sizes.js';
import { Work } from './work.js';

const backbones: Readonly<Record<BackboneName, BackboneWork>> = {
  vbpr: vbprWork,
  mmgcn: mmgcnWork,
  grcn: grcnWork,
  lattice: latticeWork,
  bm3: bm3Work,
  freedom: freedomWork,
};

/** The least work of a training step after the first of an epoch. */
export function leastTrainingWork(name: BackboneName, sizes: Sizes, rows: RowsPerStep): Work {
  const work = new Work();
  const backbone = backbones[name];
  backbone.step(work, sizes, rows);
  if (rows.distilled) {
    const teacherRows = rows.distilled.users + rows.distilled.items;
    work.reads(sizes.features.length * teacherRows * backbone.scoreWidth(sizes));
  }
  return work;
}

/** The least work of ranking all items for this many users. Scores need not go through memory. */
export function leastRankingWork(name: BackboneName, sizes: Sizes, users: number): Work {
  const work = new Work();
  const backbone = backbones[name];
  backbone.tables(work, sizes);
  work.product(users, backbone.scoreWidth(sizes), sizes.items);
  work.reads((users + sizes.items) * backbone.scoreWidth(sizes));
  return work;
}
