import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { ceilings } from './ceilings.js';
import type { Checks } from './checks.js';
import { runProgram } from './run-program.js';

/** Bundles one small export at a time, in a folder that has the packages: what is not needed must be dropped, and what is left run. */
export async function checkBundles(checks: Checks, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (const [index, { name, code, kilobytes, ours, why }] of ceilings.bundles.entries()) {
    await checks.check(`a bundle of ${name}`, async () => {
      const source = join(folder, `small-${index}.mjs`);
      writeFileSync(source, code);
      await sameWhenBundled(source, env);
      const size = await sizeForBrowsers(source);
      const measured = `${kB(size.all)}, of which ${kB(size.ours)} are ours`;
      if (size.all > kilobytes * 1000 || size.ours > ours * 1000)
        throw new Error(`${measured}; at most ${kilobytes} and ${ours} kB were expected (ceilings.json: ${why})`);
      return measured;
    });
  }
}

/** The bytes of a minified bundle for browsers, and those of our packages among them. */
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

/** Kernels and gradients must survive where they are needed: a bundled program that trains must print what it prints unbundled. */
export async function checkTrainingBundle(checks: Checks, program: string, env: NodeJS.ProcessEnv): Promise<void> {
  await checks.check(`${basename(program)} bundled trains to the same lists`, async () => {
    const folder = dirname(program);
    const binaries = join(folder, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
    // TensorFlow.js looks for its WebAssembly beside the program.
    for (const name of readdirSync(binaries).filter((name) => name.endsWith('.wasm')))
      copyFileSync(join(binaries, name), join(folder, name));
    await sameWhenBundled(program, env);
  });
}

const bundled = { bundle: true, minify: true, format: 'esm', logLevel: 'silent' } as const;

/** What CommonJS inside a bundle for Node.js expects to be there. */
const banner = {
  js: `import { createRequire } from 'node:module';
const require = createRequire(import.meta.url), __dirname = import.meta.dirname, __filename = import.meta.filename;`,
};

/**
 * Bundles a program for Node.js, beside it, and runs both.
 * @throws Error where they do not print the same
 */
async function sameWhenBundled(program: string, env: NodeJS.ProcessEnv): Promise<void> {
  const outfile = program.replace(/\.m?js$/, '.bundle.mjs');
  await build({ ...bundled, entryPoints: [program], outfile, platform: 'node', banner });
  const [asItIs, asBundle] = await Promise.all([program, outfile].map((path) => printed(path, env)));
  if (asItIs === '' || asItIs !== asBundle) throw new Error(`it prints\n${asBundle}\ninstead of\n${asItIs}`);
}

async function printed(path: string, env: NodeJS.ProcessEnv): Promise<string> {
  return (await runProgram({ command: ['node', path], cwd: dirname(path), env })).output;
}
