import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { ceilings } from './ceilings.js';
import type { Checks } from './checks.js';
import { runProgram } from './run-program.js';

/** Bundles one small export at a time in a folder with the packages. Unneeded code must be dropped and the rest must run. */
export async function checkBundles(checks: Checks, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (const [index, { name, code, kilobytes, ours, why }] of ceilings.bundles.entries()) {
    await checks.check(`a bundle of ${name}`, async () => {
      const source = join(folder, `small-${index}.mjs`);
      writeFileSync(source, code);
      await sameWhenBundled(source, env);
      const size = await sizeForBrowsers(source);
      const measured = `${kB(size.all)}, of which ${kB(size.ours)} is ours`;
      if (size.all > kilobytes * 1000 || size.ours > ours * 1000)
        throw new Error(`${measured}; the limits are ${kilobytes} kB and ${ours} kB (ceilings.json: ${why})`);
      return measured;
    });
  }
}

/** The bytes in a minified bundle for browsers, and how many of them come from our packages. */
async function sizeForBrowsers(program: string): Promise<{ all: number; ours: number }> {
  const { metafile } = await build({
    ...bundled,
    entryPoints: [program],
    platform: 'browser',
    write: false,
    metafile: true,
  });
  const { bytes, inputs } = Object.values(metafile.outputs)[0]!;
  const ours = Object.entries(inputs).filter(([path]) => /node_modules\/@?balanced-rec\//.test(path));
  return { all: bytes, ours: ours.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0) };
}

const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;

/** Checks that bundling keeps the needed kernels and gradients: a training program must print the same bundled and unbundled. */
export async function checkTrainingBundle(checks: Checks, program: string, env: NodeJS.ProcessEnv): Promise<void> {
  await checks.check(`${basename(program)} trains to the same lists when bundled`, async () => {
    const folder = dirname(program);
    const binaries = join(folder, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
    // TensorFlow.js looks for its WebAssembly next to the program.
    for (const name of readdirSync(binaries).filter((name) => name.endsWith('.wasm')))
      copyFileSync(join(binaries, name), join(folder, name));
    await sameWhenBundled(program, env);
  });
}

const bundled = { bundle: true, minify: true, format: 'esm', logLevel: 'silent' } as const;

/** Globals that CommonJS code inside a bundle for Node.js expects. */
const banner = {
  js: `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;`,
};

/**
 * Bundles a program for Node.js into a file next to it, and runs both.
 * @throws Error if their outputs differ
 */
async function sameWhenBundled(program: string, env: NodeJS.ProcessEnv): Promise<void> {
  const outfile = program.replace(/\.m?js$/, '.bundle.mjs');
  await build({ ...bundled, entryPoints: [program], outfile, platform: 'node', banner });
  const [asItIs, asBundle] = await Promise.all([program, outfile].map((path) => printed(path, env)));
  if (asItIs === '' || asItIs !== asBundle) throw new Error(`bundled, it prints\n${asBundle}\ninstead of\n${asItIs}`);
}

async function printed(path: string, env: NodeJS.ProcessEnv): Promise<string> {
  return (await runProgram({ command: ['node', path], cwd: dirname(path), env })).output;
}
