import { cachedEngine, engineState } from '@balanced-rec/tfjs-kernels/provisioning';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { runCli, runWell } from '../support/cli.js';

afterEach(() => vi.unstubAllEnvs());

describe('with an empty cache', () => {
  test('doctor names the command that installs each engine, or shows that the npm package has installed it', async () => {
    vi.stubEnv('BALANCED_REC_CACHE', await scratchFolder());
    const { stdout, stderr } = await runWell(['doctor']);
    expect(stderr).toBe('');
    for (const engine of ['native', 'gpu'])
      expect(stdout).toMatch(
        new RegExp(
          `^ {2}${engine} +(not available: .*\\n +to get it: .*engine ${engine}|.*\\n.*own install step|.*CUDA)`,
          'm',
        ),
      );
  });

  test('engine remove has nothing to remove', async () => {
    vi.stubEnv('BALANCED_REC_CACHE', await scratchFolder());
    const { stdout } = await runWell(['engine', 'remove']);
    expect(stdout).toBe('native: nothing to remove\ngpu: nothing to remove\n');
  });

  test('engine remove refuses an engine that it does not manage', async () => {
    const { code, stderr } = await runCli(['engine', 'remove', 'wasm']);
    expect(code).toBe(1);
    expect(stderr).toContain('native, gpu');
  });

  test('engine native says which programs are missing before it downloads anything', async () => {
    const empty = await scratchFolder();
    vi.stubEnv('BALANCED_REC_CACHE', empty);
    vi.stubEnv('PATH', empty);
    // Makes the package's own install step fail at once.
    vi.stubEnv('TFJS_NODE_BASE_URI', 'http://127.0.0.1:9/');
    const { code, stdout, stderr } = await runCli(['engine', 'native']);
    expect(code).toBe(1);
    expect(stdout).not.toContain('downloaded');
    expect(stderr).toMatch(/^error provisioning\/missing-tools\n/);
    expect(stderr).toMatch(/remedy: .*apt-get install g\+\+ make python3/);
  });
});

const state = engineState('native');
if (state !== 'current')
  console.warn(`SKIPPED: the engine native is ${state} here: run pnpm engine native to install it`);

describe.skipIf(state !== 'current')('the installed native engine', () => {
  test('is verified, not rebuilt, by engine native', async () => {
    const { stdout, stderr } = await runWell(['engine', 'native']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^package: .*\nup to date: TensorFlow [\d.]+ in .*; nothing to do\nverified: .* matrix product .*, sparse product .*, gradients .*\n$/,
    );
  });

  test('is shown as working by doctor', async () => {
    const { stdout, stderr } = await runWell(['doctor']);
    expect(stderr).toBe('');
    const { folder, manifest } = cachedEngine('native')!;
    expect(stdout).toContain(`, TensorFlow ${manifest.tensorflow}\n`);
    expect(stdout).toContain(`binding from balanced-rec engine native: ${folder}/tfjs_binding.node\n`);
  });
});
