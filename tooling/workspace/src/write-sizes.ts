import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './packages.js';
import { documentOfSizes, measureSizes, withSizes } from './sizes.js';

/** Updates the table of sizes with current line counts. */
const document = join(root, documentOfSizes);
writeFileSync(document, withSizes(readFileSync(document, 'utf8'), measureSizes()));
