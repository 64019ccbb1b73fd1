import { writeFileSync } from 'node:fs';
import { referencePages } from './reference-pages.js';

/** Writes the pages that describe the command line and comparison files. */
for (const { file, text } of referencePages()) writeFileSync(file, text);
