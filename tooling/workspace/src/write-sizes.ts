import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './packages.js';
import { documentOfSizes, measureSizes, withSizes } from './sizes.js';

/** Counts the lines anew and puts them into the table of sizes. */
const document = join(root, documentOfSizes);
writeFileSync(document, withSizes(readFileSync(document, 'utf8'), measureSizes()));
