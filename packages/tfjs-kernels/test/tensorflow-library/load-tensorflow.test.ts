import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { getBackend } from '@tensorflow/tfjs-core';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { loadEngine } from '../../src/index.ts';
import { cachedEngine } from '../../src/tensorflow-library/engine-cache.ts';
import { requireCudaDevice } from '../../src/tensorflow-library/load-tensorflow.ts';
import { patchNodeUtil } from '../../src/tensorflow-library/node.ts';
import { findPackage, officialBinding } from '../../src/tensorflow-library/tensorflow-package.ts';

const scratch = mkdtempSync(join(tmpdir(), 'empty-cache-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

const program = fileURLToPath(new URL('load-in-process.ts', import.meta.url));

/** Loads an engine in a new process, since this one may already run TensorFlow. */
async function loadInProcess(engine: string) {
  const options = ['--conditions=@balanced-rec/source', '--import', 'tsx', program, engine];
  const env = { ...process.env, BALANCED_REC_CACHE: scratch };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, options, { env });
  return { ...JSON.parse(stdout), stderr };
}

describe.each(['native', 'gpu'] as const)('the engine %s without a library', (engine) => {
  // If the package's own install step succeeded, the engine loads without anything in the cache.
  it.skipIf(officialBinding(findPackage(engine)))(
    'is refused with how to install it, and leaves nothing behind',
    async () => {
      expect(await loadInProcess(engine)).toMatchObject({
        code: 'engine/unavailable',
        details: {
          message: expect.stringContaining('the TensorFlow library that it needs is not'),
          remedy: expect.stringContaining(`balanced-rec engine ${engine}`),
        },
        backend: 'cpu',
        stderr: '',
      });
    },
  );
});

describe('requireCudaDevice', () => {
  it("accepts the driver's device files", () => {
    requireCudaDevice(['null', 'nvidia0', 'nvidiactl']);
    requireCudaDevice(['dxg']);
  });

  it('says what to check if there is none', () => {
    expect(() => requireCudaDevice(['null', 'nvidiactl'])).toThrow(
      expect.objectContaining({
        code: 'engine/unavailable',
        details: expect.objectContaining({ remedy: expect.stringMatching(/nvidia-smi.*driver/) }),
      }),
    );
  });
});

describe('patchNodeUtil', () => {
  it('restores what Node.js 23 removed and silences what it deprecated', () => {
    const util = process.getBuiltinModule('node:util') as unknown as Record<string, unknown>;
    const { isNullOrUndefined, isArray } = util;
    try {
      util.isNullOrUndefined = undefined;
      patchNodeUtil();
      expect((util.isNullOrUndefined as (value: unknown) => boolean)(null)).toBe(true);
      expect(util.isArray).toBe(Array.isArray);
    } finally {
      Object.assign(util, { isNullOrUndefined, isArray });
    }
  });
});

const native = cachedEngine('native');
if (!native) console.warn('SKIPPED: switching to native and back: pnpm engine native installs it');

// These tests come last: from here on, this process has TensorFlow's library loaded.
describe.skipIf(!native)('the engine native from the cache', () => {
  it('loads after others and alternates with them silently', async () => {
    const spoken = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')];
    for (const name of ['cpu', 'wasm', 'native', 'cpu', 'native', 'wasm', 'native'] as const)
      expect(await loadEngine(name)).toMatchObject({ name });
    expect(getBackend()).toBe('tensorflow');
    for (const each of spoken) expect(each).not.toHaveBeenCalled();
  });

  it('keeps gpu out of the same process', async () => {
    await loadEngine('native');
    await expect(loadEngine('gpu')).rejects.toMatchObject({ details: { message: expect.stringContaining('native') } });
    expect((await loadEngine('native')).backend).toBe('tensorflow');
  });
});
