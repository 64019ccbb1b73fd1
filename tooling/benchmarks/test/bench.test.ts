import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs `pnpm bench ...` as the root script does. */
function bench(...args: string[]) {
  const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
  const cli = join(root, 'tooling', 'benchmarks', 'src', 'cli.ts');
  const output = execFileSync(process.execPath, [tsx, '--conditions=@balanced-rec/source', cli, ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

test('kernels: each of ours is timed, beside what TF.js has for it', () => {
  const { machine, kernels } = bench('kernels', '--repeats', '1');
  expect(machine.cores).toBeGreaterThan(0);
  expect(kernels.map(({ name }: { name: string }) => name)).toEqual([
    'linear, forward and backward',
    'gatherRows, forward',
    'gatherRows, forward and backward',
    'csrMatMul, forward and backward',
    'topKOfProduct',
    'adamStep',
  ]);
  for (const { milliseconds, stock, speedup, note } of kernels) {
    expect(milliseconds).toBeGreaterThan(0);
    if (stock === null) expect(note).toBeTruthy();
    else expect(speedup).toBeGreaterThan(0);
  }
});

test('step: plain and distilled training steps and an evaluation are timed', () => {
  const planted = 'examples/data/planted';
  expect(existsSync(join(root, planted))).toBe(true);
  const result = bench('step', '--data', planted, '--backbone', 'mmgcn', '--batch-size', '64', '--repeats', '2');
  const { plainStep, distilledStep, evaluation } = result.milliseconds;
  for (const value of [plainStep, distilledStep, evaluation]) expect(value).toBeGreaterThan(0);
  expect(result.distilledOverPlain).toBeCloseTo(distilledStep / plainStep, 1);
});
