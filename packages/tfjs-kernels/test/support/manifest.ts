import type { EngineManifest } from '../../src/tensorflow-library/engine-cache.ts';

/** An engine's manifest with the given parts overridden. */
export function manifest(parts: Partial<EngineManifest> = {}): EngineManifest {
  return {
    format: 1,
    engine: 'native',
    tensorflow: '2.21.0',
    package: { name: '@tensorflow/tfjs-node', version: '4.22.0' },
    wheels: [{ file: 'tensorflow.whl', sha256: 'w', bytes: 1 }],
    targets: { tfjs_binding: { sources: 'b', bytes: 1 } },
    cpu: { model: 'CPU', flags: [] },
    node: '20.20.2',
    nodeApi: 8,
    compiler: 'c++',
    bytes: 3,
    madeAt: '2026-01-01T00:00:00.000Z',
    ...parts,
  };
}
