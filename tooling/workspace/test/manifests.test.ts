import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Manifest, readPackages, root } from '../src/packages.js';

const packages = readPackages();
const monorepo = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

test.each(packages.map(({ name }) => name))('%s has the same manifest fields as every published package', (name) => {
  const { manifest, folder } = packages.find((one) => one.name === name)!;
  // Only the command line has no scope, so that `npx balanced-rec` works where nothing is installed.
  const published = name === 'balanced-rec' ? name : `@balanced-rec/${name}`;
  expect(manifest).toMatchObject({
    name: published,
    description: expect.stringMatching(/^[A-Z].*\.$/),
    license: monorepo.license,
    engines: monorepo.engines,
    publishConfig: { access: 'public' },
  });
  expect(manifest.private).toBeUndefined();
  expect(manifest.scripts).toMatchObject({
    build: 'tsup && tsc -p tsconfig.build.json',
    test: 'vitest run',
    'test:build': 'node ../../tooling/scripts/check-package.mjs',
  });
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  expect(readme).toMatch(new RegExp(`^# ${published}\n`));
});

test('the license exists only at the root, from where pnpm adds it to every tarball', () => {
  expect(readFileSync(join(root, 'LICENSE'), 'utf8')).toMatch(/Apache License\s+Version 2\.0/);
  expect(packages.filter(({ folder }) => existsSync(join(folder, 'LICENSE')))).toEqual([]);
});
