import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { engineState } from '@balanced-rec/tfjs-kernels/provisioning';
import { comparisonFile, scratchFolder } from '@balanced-rec/tiny-data';
import { expect, test } from 'vitest';
import { repository, runWell } from '../support/cli.js';
import { resultOf } from '../support/result.js';

const data = join(repository, '../shared/data/lfm2k');
const why = !existsSync(data)
  ? 'no ../shared/data/lfm2k here'
  : engineState('native') !== 'current'
    ? 'run pnpm engine native to install the native engine'
    : undefined;
if (why) console.warn(`SKIPPED: numbers with --jobs 1 and 2 on native: ${why}`);

test.skipIf(why)(
  'on native, --jobs changes no number, even with products large enough to be split among threads',
  async () => {
    const root = await scratchFolder();
    const file = await comparisonFile(
      root,
      `
datasets: [{ name: lfm2k, path: ${data} }]
backbones: [bm3, mmgcn]
variants: [plain]
protocol: { name: mmrec, maxEpochs: 1 }
metrics: [recall]
engine: native
`,
    );
    for (const jobs of ['1', '2']) await runWell(['compare', file, '--out', join(root, jobs), '--jobs', jobs]);
    const [one, two] = [await resultOf(join(root, '1')), await resultOf(join(root, '2'))];
    expect([...two.keys()]).toEqual([...one.keys()]);
    for (const [name, content] of one) expect(two.get(name) === content, `${name} differs`).toBe(true);
  },
  600_000,
);
