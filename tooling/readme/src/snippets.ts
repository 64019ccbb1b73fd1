import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documents } from './documents.js';
import { exceptionOf, notWhole } from './exceptions.js';
import { codeBlocks } from './markdown.js';

/** A complete piece of code from a document. */
export interface Snippet {
  /** The document's path. */
  readonly path: string;
  readonly text: string;
  /** The name for its file. */
  readonly file: string;
  /** The text, preceded by an import of the names it assumes. */
  readonly code: string;
}

/** The file in `contexts` that provides the names a snippet assumes, for each snippet of a document in order. */
const contexts: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'packages/ckd-core/README.md': ['training', 'training', 'training'],
  'packages/tfjs-kernels/README.md': ['triplets'],
};

/** Every complete TypeScript and JavaScript block in the documentation. */
export function snippets(): Snippet[] {
  return documents().flatMap(({ path, text }) => {
    const blocks = ['ts', 'js'].flatMap((language) => codeBlocks(text, language).map((code) => ({ language, code })));
    const whole = blocks.filter(({ code }) => exceptionOf(notWhole, path, code) === undefined);
    return whole.map(({ language, code }, index) => ({
      path,
      text: code,
      file: `${path.replace('.md', '').replaceAll('/', '-')}-${index + 1}.${language === 'ts' ? 'ts' : 'mjs'}`,
      code: taken(contexts[path]?.[index], code) + code,
    }));
  });
}

/** An import of the names from a context that the code uses but does not import itself. */
function taken(context: string | undefined, code: string): string {
  if (!context) return '';
  const source = readFileSync(fileURLToPath(new URL(`contexts/${context}.ts`, import.meta.url)), 'utf8');
  const exported = [...source.matchAll(/^export (?:const )?(?:\[|\{ )?([\w, ]+)/gm)].flatMap(([, names]) =>
    names!.trim().split(', '),
  );
  const imported = [...code.matchAll(/^import \{([^}]*)\}/gm)].flatMap(([, names]) => names!.trim().split(/\s*,\s*/));
  const missing = exported.filter(
    (name) => new RegExp(`(?<![.\\w])${name}\\b(?!:)`).test(code) && !imported.includes(name),
  );
  return `import { ${missing.join(', ')} } from '../../src/contexts/${context}.js';\n`;
}
