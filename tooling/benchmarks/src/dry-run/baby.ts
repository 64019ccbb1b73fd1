import { babyShape } from '../data-shape.js';

/** The folder of Amazon Baby's interactions, relative to the repository, which cannot redistribute them. */
export const babyInteractions = '../shared/data/amazon-baby';

/** The folder for the dry run's data, which examples/paper-dry-run.yaml reads. */
export const babyFolder = 'data/dry-run/baby';

/** The widths of MMRec's published features. */
export const babyColumns = { image: babyShape.imageDim, text: babyShape.textDim };

/** The sizes that `balanced-rec check --expect` should confirm. */
export const babySizes = 'users=19445,items=7050,interactions=160792,image=4096,text=384';
