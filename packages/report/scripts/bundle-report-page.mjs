// Bundles the report page's script (src/page, with the chart library) into src/generated/report-page-script.ts.
// With --check it only says whether that file is up to date.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');
const target = join(root, 'src', 'generated', 'report-page-script.ts');
const stamp = `// Made by scripts/bundle-report-page.mjs from src/page (${sourceHash()}).`;

if (existsSync(target) && readFileSync(target, 'utf8').startsWith(`${stamp}\n`)) {
  console.log('report page script: up to date');
} else if (process.argv.includes('--check')) {
  console.error('report page script: out of date; run node packages/report/scripts/bundle-report-page.mjs');
  process.exitCode = 1;
} else {
  const script = await bundle();
  mkdirSync(dirname(target), { recursive: true });
  const temporary = `${target}.${process.pid}.tmp`;
  writeFileSync(temporary, `${stamp}\nexport const reportPageScript: string =\n  ${JSON.stringify(script)};\n`);
  renameSync(temporary, target);
  console.log(`report page script: ${Buffer.byteLength(script)} bytes`);
}

function sourceHash() {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  const page = join(src, 'page');
  const sources = readdirSync(page, { recursive: true }).map((name) => join(page, name));
  for (const path of [...sources, join(src, 'page-data', 'page-data.ts')].filter((path) => path.endsWith('.ts')).sort())
    hash.update(path.slice(root.length).replaceAll('\\', '/')).update(readFileSync(path));
  const require = createRequire(import.meta.url);
  for (const name of ['@observablehq/plot', 'esbuild']) hash.update(packageOf(require.resolve(name)).version);
  return hash.digest('hex');
}

async function bundle() {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: [join(src, 'page', 'main.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    metafile: true,
    write: false,
    absWorkingDir: root,
    tsconfigRaw: {},
  });
  const [{ inputs }] = Object.values(metafile.outputs);
  const bundled = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
  const script = `${licences(bundled)}\n${outputFiles[0].text.trim()}`;
  // Either would end the element that the script stands in, or change how it is read.
  if (/<\/script|<!--/i.test(script)) throw new Error('the bundled script cannot stand in an HTML page');
  return script;
}

/** The licence of every package that the bundle holds, each text once. */
function licences(inputs) {
  const byText = new Map();
  for (const input of inputs.filter((path) => path.includes('node_modules/'))) {
    const { name, version, folder } = packageOf(join(root, input));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name} comes without its licence`);
    const text = readFileSync(join(folder, file), 'utf8').trim();
    byText.set(text, (byText.get(text) ?? new Set()).add(`${name} ${version}`));
  }
  const notices = [...byText].map(([text, packages]) => `${[...packages].sort().join(', ')}\n\n${text}`).sort();
  return `/*! This script holds the following packages.\n\n${notices.join('\n\n---\n\n').replaceAll('*/', '* /')}\n*/`;
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
