import { fileURLToPath } from 'node:url';
import { createProgram } from '../../../packages/balanced-rec/src/program.js';
import { cliPage } from './cli-page.js';
import { comparisonPage } from './comparison-page.js';

const docs = fileURLToPath(new URL('../../../docs', import.meta.url));

/** The generated pages of `docs`, as they should be. */
export function referencePages(): readonly { readonly file: string; readonly text: string }[] {
  return [
    { file: `${docs}/cli.md`, text: cliPage(createProgram()) },
    { file: `${docs}/comparison.md`, text: comparisonPage() },
  ];
}
