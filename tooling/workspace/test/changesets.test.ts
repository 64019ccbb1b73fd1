import getReleasePlan from '@changesets/get-release-plan';
import { expect, test } from 'vitest';
import { readPackages, root } from '../src/packages.js';

test('the changesets are valid and plan one version for all published packages', async () => {
  const { releases } = await planReleases();
  const published = readPackages().map(({ manifest }) => manifest.name);
  const planned = releases.filter(({ type }) => type !== 'none');
  expect(new Set(planned.map(({ newVersion }) => newVersion)).size).toBeLessThanOrEqual(1);
  if (planned.length > 0) expect(planned.map(({ name }) => name).sort()).toEqual(published.sort());
});

/** The plan `changeset status` prints. The function is the default export of a CommonJS module, which loaders expose differently. */
function planReleases(): ReturnType<typeof getReleasePlan> {
  const { default: nested } = getReleasePlan as unknown as { default?: typeof getReleasePlan };
  return (nested ?? getReleasePlan)(root);
}
