import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../src/packages.js';

const folder = join(root, '.github/workflows');

test.each(readdirSync(folder))('%s pins third-party actions to a commit, with the version in a comment', (file) => {
  const used = [...readFileSync(join(folder, file), 'utf8').matchAll(/uses: (.*)/g)].map(([, action]) => action);
  expect(used.length).toBeGreaterThan(0);
  for (const action of used) {
    expect(action).toMatch(/^(\.\/\.github\/workflows\/[\w-]+\.yml|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
  }
});
