// Bundles what the report page embeds into modules of src/generated: its script (src/page, with the chart library) and its style
// (src/html/style). With --check, it only reports whether the modules are up to date.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');
const generated = join(src, 'generated');

await update({
  what: 'report page script',
  file: 'report-page-script.ts',
  constant: 'reportPageScript',
  sources: [...filesIn(join(src, 'page'), '.ts'), join(src, 'page-data', 'page-data.ts')],
  libraries: ['@observablehq/plot', 'esbuild'],
  bundle: bundleScript,
});
await update({
  what: 'report page style',
  file: 'report-page-style.ts',
  constant: 'reportPageStyle',
  sources: filesIn(join(src, 'html', 'style'), '.css'),
  libraries: ['esbuild'],
  bundle: bundleStyle,
});

/** Writes a module with a bundled text, unless its stamp shows that it was made from the same sources. */
async function update({ what, file, constant, sources, libraries, bundle }) {
  const target = join(generated, file);
  const stamp = `// Made by scripts/bundle-report-page.mjs (${hashOf(sources, libraries)}).`;
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(`${stamp}\n`)) {
    console.log(`${what}: up to date`);
  } else if (process.argv.includes('--check')) {
    console.error(`${what}: out of date; run node packages/report/scripts/bundle-report-page.mjs`);
    process.exitCode = 1;
  } else {
    const text = await bundle();
    mkdirSync(generated, { recursive: true });
    const temporary = `${target}.${process.pid}.tmp`;
    writeFileSync(temporary, `${stamp}\nexport const ${constant}: string =\n  ${JSON.stringify(text)};\n`);
    renameSync(temporary, target);
    console.log(`${what}: ${Buffer.byteLength(text)} bytes`);
  }
}

function filesIn(folder, extension) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(extension));
  return names.map((name) => join(folder, name));
}

/** A hash of everything that a bundle depends on: its sources, this script, and the versions of the libraries. */
function hashOf(sources, libraries) {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  for (const path of [...sources].sort())
    hash.update(path.slice(root.length).replaceAll('\\', '/')).update(readFileSync(path));
  const require = createRequire(import.meta.url);
  for (const name of libraries) hash.update(packageOf(require.resolve(name)).version);
  return hash.digest('hex');
}

async function bundleScript() {
  const { text, inputs } = await bundled({
    entryPoints: [join(src, 'page', 'main.ts')],
    minify: true,
    format: 'iife',
    target: 'es2022',
  });
  const script = `${licences(inputs)}\n${text}`;
  // Either would end the surrounding script element or change how it is parsed.
  if (/<\/script|<!--/i.test(script)) throw new Error('the bundled script cannot be embedded in an HTML page');
  return script;
}

async function bundleStyle() {
  const { text } = await bundled({ entryPoints: [join(src, 'html', 'style', 'page.css')], minifyWhitespace: true });
  if (/<\/style/i.test(text)) throw new Error('the bundled style cannot be embedded in an HTML page');
  return text;
}

/** Bundles with esbuild; returns the text and the files that are part of it. */
async function bundled(options) {
  const { build } = await import('esbuild');
  const { outputFiles, metafile, warnings } = await build({
    ...options,
    bundle: true,
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    write: false,
    absWorkingDir: root,
    tsconfigRaw: {},
  });
  if (warnings.length > 0) throw new Error('esbuild reported warnings, shown above');
  const [{ inputs }] = Object.values(metafile.outputs);
  return {
    text: outputFiles[0].text.trim(),
    inputs: Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0),
  };
}

/** The licences of all bundled packages, each text once. */
function licences(inputs) {
  const byText = new Map();
  for (const input of inputs.filter((path) => path.includes('node_modules/'))) {
    const { name, version, folder } = packageOf(join(root, input));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} has no licence file`);
    const text = readFileSync(join(folder, file), 'utf8').trim();
    byText.set(text, (byText.get(text) ?? new Set()).add(`${name} ${version}`));
  }
  const notices = [...byText].map(([text, packages]) => `${[...packages].sort().join(', ')}\n\n${text}`).sort();
  return `/*! This script contains the following packages.\n\n${notices.join('\n\n---\n\n').replaceAll('*/', '* /')}\n*/`;
}

/** Name, version and folder of the package that a file belongs to. */
function packageOf(file) {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const path = join(folder, 'package.json');
    if (!existsSync(path)) continue;
    const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
    if (name && version) return { name, version, folder };
  }
  throw new Error(`${file} belongs to no package`);
}
