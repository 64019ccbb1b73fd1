import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documents } from './documents.js';
import { exceptionOf, notWhole } from './exceptions.js';
import { codeBlocks } from './markdown.js';

/** Code of a document that stands for itself. */
export interface Snippet {
  /** Of the document. */
  readonly path: string;
  readonly text: string;
  /** What to call its file. */
  readonly file: string;
  /** With the imports of what it takes for granted. */
  readonly code: string;
}

/** Where the snippets of a document take from what they do not say: a file of `contexts`, one for each snippet in order. */
const contexts: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'packages/ckd-core/README.md': ['training', 'training', 'training'],
  'packages/tfjs-kernels/README.md': ['triplets'],
};

/** Every TypeScript and JavaScript block of the documentation that is whole. */
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

/** The import of those names of a context that the code uses and does not make. */
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
