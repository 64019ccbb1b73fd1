import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { type BuildTarget, buildTargets } from '../../src/provisioning/build-targets.ts';
import { bindingGyp } from '../../src/provisioning/compile.ts';
import { makeWorkingFolder, moveIntoPlace } from '../../src/provisioning/engine-folder.ts';
import { engineState, removeEngine } from '../../src/provisioning/index.ts';
import { pinnedWheels } from '../../src/provisioning/pinned-wheels.ts';
import { planProvisioning } from '../../src/provisioning/plan.ts';
import { requirePlatform, requireTools } from '../../src/provisioning/prerequisites.ts';
import { requirements } from '../../src/provisioning/wheels.ts';
import { engineFolder } from '../../src/tensorflow-library/engine-cache.ts';
import { findPackage } from '../../src/tensorflow-library/tensorflow-package.ts';
import { manifest } from '../support/manifest.ts';

const scratch = mkdtempSync(join(tmpdir(), 'provisioning-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

function target(name: BuildTarget['name'], hash: string): BuildTarget {
  return { name, folder: '/sources', files: ['a.cc', 'a.h'], hash, libraries: ['lib.so.2'], flags: ['-O2'] };
}

describe('the pinned wheels', () => {
  it('are pinned by version and content for pip', () => {
    for (const wheels of Object.values(pinnedWheels))
      for (const line of requirements(wheels).trim().split('\n'))
        expect(line).toMatch(/^[a-z0-9-]+==[\d.]+ --hash=sha256:[0-9a-f]{64}$/);
  });
});

describe('planProvisioning', () => {
  const wheels = [{ project: 'tensorflow', version: '2', sha256: 'w' }];
  const [binding, kernels] = [target('tfjs_binding', 'b'), target('balanced_rec_kernels', 'k')];
  const wanted = { wheels, targets: [binding, kernels], cpuFlags: ['avx2'] };
  const built = { tfjs_binding: { sources: 'b', bytes: 1 }, balanced_rec_kernels: { sources: 'k', bytes: 1 } };

  it('does everything if there is nothing or a different library', () => {
    expect(planProvisioning(undefined, wanted)).toEqual({ kind: 'everything' });
    const other = manifest({ wheels: [{ file: 'other.whl', sha256: 'x', bytes: 1 }] });
    expect(planProvisioning(other, wanted)).toEqual({ kind: 'everything' });
  });

  it('does nothing if everything is up to date', () => {
    expect(planProvisioning(manifest({ targets: built }), wanted)).toEqual({ kind: 'current' });
  });

  it('compiles what has changed, what is new, and what was compiled for another CPU', () => {
    const changed = manifest({ targets: { ...built, tfjs_binding: { sources: 'old', bytes: 1 } } });
    expect(planProvisioning(changed, wanted)).toEqual({ kind: 'compile', targets: [binding], drop: [] });
    expect(planProvisioning(manifest(), wanted)).toEqual({ kind: 'compile', targets: [kernels], drop: [] });
    const moved = manifest({ targets: built, cpu: { model: 'Big', flags: ['avx2', 'avx512f'] } });
    expect(planProvisioning(moved, wanted)).toEqual({ kind: 'compile', targets: [kernels], drop: [] });
  });

  it('drops what no longer has sources', () => {
    const plan = planProvisioning(manifest({ targets: built }), { ...wanted, targets: [binding] });
    expect(plan).toEqual({ kind: 'compile', targets: [], drop: ['balanced_rec_kernels'] });
  });
});

describe('engineState', () => {
  it('is missing if the cache is empty', () => {
    vi.stubEnv('BALANCED_REC_CACHE', join(scratch, 'nothing'));
    expect(engineState('native')).toBe('missing');
  });
});

describe('buildTargets', () => {
  const tensorflowPackage = { name: 'p', version: '1', folder: join(scratch, 'package') };
  const native = join(scratch, 'native');
  const names = () => buildTargets(tensorflowPackage, native).map(({ name }) => name);
  const hash = () => buildTargets(tensorflowPackage, native).at(-1)!.hash;

  it('leaves out our kernels if there are no sources, and notices every change to them', () => {
    mkdirSync(join(tensorflowPackage.folder, 'binding'), { recursive: true });
    writeFileSync(join(tensorflowPackage.folder, 'binding/tfjs_binding.cc'), '');
    expect(names()).toEqual(['tfjs_binding']);
    mkdirSync(native);
    writeFileSync(join(native, 'kernel.h'), '');
    expect(names()).toEqual(['tfjs_binding']);
    writeFileSync(join(native, 'rows.cc'), '');
    expect(names()).toEqual(['tfjs_binding', 'balanced_rec_kernels']);
    const forGpu = buildTargets({ ...tensorflowPackage, name: 'p-gpu' }, native);
    expect(forGpu.map(({ name }) => name)).toEqual(['tfjs_binding']);
    const first = hash();
    writeFileSync(join(native, 'kernel.h'), '// changed');
    const second = hash();
    writeFileSync(join(native, 'more.cc'), '');
    expect(new Set([first, second, hash()]).size).toBe(3);
  });

  it('finds the sources that come with the packages', () => {
    const found = buildTargets(findPackage('native'));
    expect(found.map(({ name }) => name).slice(0, 2)).toEqual(['tfjs_binding', 'balanced_rec_preload']);
  });
});

describe('bindingGyp', () => {
  it('links each target to the library next to it, wherever the folder is moved', () => {
    const [described] = JSON.parse(bindingGyp([target('tfjs_binding', 'b')], '/cache/native')).targets;
    expect(described).toMatchObject({
      target_name: 'tfjs_binding',
      sources: ['tfjs_binding/a.cc'],
      include_dirs: ['/cache/native/site-packages/tensorflow/include'],
      libraries: expect.arrayContaining([
        '/cache/native/site-packages/tensorflow/lib.so.2',
        '-Wl,-rpath,\\$$ORIGIN/site-packages/tensorflow',
      ]),
    });
  });
});

describe('what provisioning needs', () => {
  it('is reported all at once if missing, with how to install it', async () => {
    const error = await requireTools({ PATH: scratch }).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      code: 'provisioning/missing-tools',
      details: {
        found: expect.stringMatching(/no a C\+\+ compiler.*no make.*no Python 3/),
        remedy: expect.stringContaining('apt-get install g++ make python3'),
      },
    });
  });

  it('includes a Linux that the wheels are built for', () => {
    requirePlatform('native', { system: 'linux', architecture: 'x64', glibc: '2.36' });
    for (const platform of [
      { system: 'darwin', architecture: 'arm64', glibc: undefined },
      { system: 'linux', architecture: 'x64', glibc: undefined },
      { system: 'linux', architecture: 'x64', glibc: '2.26' },
    ])
      expect(() => requirePlatform('native', platform)).toThrow(
        expect.objectContaining({
          code: 'provisioning/unsupported-platform',
          details: expect.objectContaining({
            remedy: expect.stringContaining('npm rebuild @tensorflow/tfjs-node --build-addon-from-source'),
          }),
        }),
      );
  });
});

describe('working folders', () => {
  it('replace an engine atomically and are removed once their process is gone', async () => {
    const engine = join(scratch, 'engines/native');
    mkdirSync(engine, { recursive: true });
    writeFileSync(join(engine, 'old'), '');
    // No process has this id: it is above Linux's maximum.
    mkdirSync(join(scratch, 'engines/.native-99999999/build'), { recursive: true });
    const working = await makeWorkingFolder(engine);
    writeFileSync(join(working, 'new'), '');
    await moveIntoPlace(working, engine);
    expect(readdirSync(engine)).toEqual(['new']);
    expect(readdirSync(join(scratch, 'engines'))).toEqual(['native']);
  });
});

describe('removeEngine', () => {
  it('returns how many bytes it freed', async () => {
    vi.stubEnv('BALANCED_REC_CACHE', join(scratch, 'cache'));
    expect(await removeEngine('native')).toBe(0);
    mkdirSync(join(engineFolder('native'), 'site-packages'), { recursive: true });
    writeFileSync(join(engineFolder('native'), 'site-packages/lib.so'), 'x'.repeat(1000));
    expect(await removeEngine('native')).toBe(1000);
    expect(existsSync(engineFolder('native'))).toBe(false);
  });
});
