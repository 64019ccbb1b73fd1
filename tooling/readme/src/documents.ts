import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** A Markdown file for readers. */
export interface Document {
  /** Relative to the repository's folder. */
  readonly path: string;
  readonly text: string;
}

/** All documentation: README.md, CONTRIBUTING.md, everything in `docs`, and the READMEs in packages, examples and tooling. */
export function documents(): Document[] {
  const inDocs = files('docs').filter((path) => path.endsWith('.md'));
  const readmes = ['packages', 'examples', 'tooling'].flatMap(files).filter((path) => path.endsWith('/README.md'));
  const paths = ['README.md', 'CONTRIBUTING.md', ...inDocs, ...readmes.filter((path) => !path.includes('/template'))];
  return paths.map((path) => ({ path, text: readFileSync(`${root}/${path}`, 'utf8') }));
}

function files(folder: string): string[] {
  return readdirSync(`${root}/${folder}`, { withFileTypes: true })
    .filter(({ name }) => !['node_modules', 'dist', 'generated'].includes(name))
    .flatMap((entry) => (entry.isDirectory() ? files(`${folder}/${entry.name}`) : `${folder}/${entry.name}`))
    .sort();
}
