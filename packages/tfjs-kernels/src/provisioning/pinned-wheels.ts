import type { TensorFlowEngine } from '../engine/engine-cache.js';

/** A wheel of the Python package index, by the content that it must have. */
export interface PinnedWheel {
  readonly project: string;
  readonly version: string;
  readonly sha256: string;
}

/** TensorFlow's release whose library the bindings are compiled for. */
export const TENSORFLOW_VERSION = '2.21.0';

/** The Python and the system that the wheels are built for. No Python code of theirs is run, so that this need not be the local Python. */
export const wheelTarget = {
  python: '3.11',
  implementation: 'cp',
  abi: 'cp311',
  platforms: ['manylinux_2_27_x86_64', 'manylinux2014_x86_64'],
} as const;

export const pinnedWheels: Readonly<Record<TensorFlowEngine, readonly PinnedWheel[]>> = {
  native: [
    {
      project: 'tensorflow-cpu',
      version: TENSORFLOW_VERSION,
      sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
    },
  ],
  gpu: [],
};

/** A requirements file for pip that accepts these files only. */
export function requirements(wheels: readonly PinnedWheel[]): string {
  return wheels.map(({ project, version, sha256 }) => `${project}==${version} --hash=sha256:${sha256}\n`).join('');
}
