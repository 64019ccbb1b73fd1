import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { parseCpuFlags } from '../../src/tensorflow-library/cpu-flags.ts';
import {
  cachedEngine,
  cacheFolder,
  engineFolder,
  nativeKernelsPath,
  requireSameCpu,
} from '../../src/tensorflow-library/engine-cache.ts';
import { manifest } from '../support/manifest.ts';

const scratch = mkdtempSync(join(tmpdir(), 'engine-cache-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

describe('the cache of engines', () => {
  it('is where the environment says, or else in the home folder', () => {
    expect(cacheFolder({ BALANCED_REC_CACHE: '/big', XDG_CACHE_HOME: '/xdg' })).toBe('/big');
    expect(cacheFolder({ XDG_CACHE_HOME: '/xdg' })).toBe('/xdg/balanced-rec');
    expect(cacheFolder({ BALANCED_REC_CACHE: '', XDG_CACHE_HOME: '' })).toBe(join(homedir(), '.cache/balanced-rec'));
    expect(engineFolder('gpu', { BALANCED_REC_CACHE: '/big' })).toBe('/big/engines/gpu');
  });

  it('has an engine if its manifest can be read and its binding exists', () => {
    vi.stubEnv('BALANCED_REC_CACHE', scratch);
    const folder = engineFolder('native');
    mkdirSync(folder, { recursive: true });
    expect(cachedEngine('native')).toBeUndefined();
    writeFileSync(join(folder, 'manifest.json'), '{ "format": 1');
    writeFileSync(join(folder, 'tfjs_binding.node'), '');
    expect(cachedEngine('native')).toBeUndefined();
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...manifest(), format: 0 }));
    expect(cachedEngine('native')).toBeUndefined();
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest()));
    expect(cachedEngine('native')).toEqual({ folder, manifest: manifest() });
    expect(cachedEngine('gpu')).toBeUndefined();
  });

  it('has our kernels if they were compiled and exist', () => {
    vi.stubEnv('BALANCED_REC_CACHE', scratch);
    const folder = engineFolder('native');
    const withKernels = manifest({ targets: { balanced_rec_kernels: { sources: 'k', bytes: 1 } } });
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'tfjs_binding.node'), '');
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest()));
    expect(nativeKernelsPath('native')).toBeUndefined();
    writeFileSync(join(folder, 'manifest.json'), JSON.stringify(withKernels));
    expect(nativeKernelsPath('native')).toBeUndefined();
    writeFileSync(join(folder, 'balanced_rec_kernels.node'), '');
    expect(nativeKernelsPath('native')).toBe(join(folder, 'balanced_rec_kernels.node'));
  });

  it('is refused on a CPU that lacks instructions that the kernels were compiled for', () => {
    const cached = { folder: '/cache', manifest: manifest({ cpu: { model: 'Big', flags: ['avx2', 'avx512f'] } }) };
    requireSameCpu('native', cached, ['avx', 'avx2', 'avx512f']);
    expect(() => requireSameCpu('native', cached, ['avx', 'avx2'])).toThrow(
      expect.objectContaining({
        code: 'engine/other-machine',
        message: expect.stringMatching(/Big.*avx512f[\s\S]*balanced-rec engine native/),
      }),
    );
  });
});

describe('parseCpuFlags', () => {
  it('keeps instruction sets and drops other flags', () => {
    const info =
      'processor\t: 0\nflags\t\t: fpu sse2 ht avx2 hypervisor fma avx512f lm\nprocessor\t: 1\nflags\t\t: mmx\n';
    expect(parseCpuFlags(info)).toEqual(['avx2', 'avx512f', 'fma', 'sse2']);
    expect(parseCpuFlags('')).toEqual([]);
  });
});
