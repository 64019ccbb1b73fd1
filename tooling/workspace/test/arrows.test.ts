import { expect, test } from 'vitest';
import { isBackbone, namedBackbones, wrongArrows } from '../src/arrows.js';
import { readPackages } from '../src/packages.js';

const packages = readPackages();
const names = packages.map(({ name }) => name);

test.each(names)('%s imports only what the architecture allows and its package.json declares', (name) => {
  expect(wrongArrows(packages.find((one) => one.name === name)!)).toEqual([]);
});

test('no package below the backbones names one of them', () => {
  const backbones = packages.filter(isBackbone).map(({ name }) => name);
  expect(backbones).toEqual(expect.arrayContaining(['vbpr', 'mmgcn', 'grcn', 'lattice', 'bm3', 'freedom']));
  const below = packages.filter(({ name }) =>
    ['ckd-core', 'tfjs-kernels', 'datasets', 'errors', 'backbone-testkit'].includes(name),
  );
  // In datasets, "lattice" is the name of a dataset format.
  const known = (name: string) => (name === 'datasets' ? backbones.filter((one) => one !== 'lattice') : backbones);
  expect(below.flatMap((one) => namedBackbones(one, known(one.name)))).toEqual([]);
});

test('reports a backbone that imports eval, the command line or another backbone', () => {
  const [vbpr] = packages.filter(({ name }) => name === 'vbpr');
  const bad = (specifier: string) => ({ file: 'src/vbpr.ts', specifier, typeOnly: true, dynamic: false });
  const imports = ['@balanced-rec/eval', 'balanced-rec', '@balanced-rec/mmgcn', 'left-pad', 'fs'].map(bad);
  const faults = wrongArrows({ ...vbpr!, imports });
  expect(faults).toHaveLength(5);
  expect(faults.filter((fault) => fault.includes('may import only'))).toHaveLength(3);
});
