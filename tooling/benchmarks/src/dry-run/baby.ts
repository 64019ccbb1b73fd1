import { babyShape } from '../data-shape.js';

/** Where the interactions of Amazon Baby lie, from the repository; they cannot be redistributed with it. */
export const babyInteractions = '../shared/data/amazon-baby';

/** Where the dry run's data go: what examples/paper-dry-run.yaml reads. */
export const babyFolder = 'data/dry-run/baby';

/** As wide as MMRec's published features. */
export const babyColumns = { image: babyShape.imageDim, text: babyShape.textDim };

/** What `balanced-rec check --expect` should confirm of it. */
export const babySizes = 'users=19445,items=7050,interactions=160792,image=4096,text=384';
