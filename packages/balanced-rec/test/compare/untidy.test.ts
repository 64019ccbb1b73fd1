import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '@balanced-rec/report';
import { comparisonFile, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { runCli, runWell } from '../support/cli.js';
import { edit } from '../support/data.js';

/** Messy data: repeats, a pair in training and test, a user without training interactions, an item never in training. */
describe('untidy data', () => {
  let root: string;

  beforeAll(async () => {
    root = await scratchFolder();
    const folder = await tinyDataset(root);
    await edit(join(folder, 'tiny.inter'), (text) => {
      const [header, ...lines] = text.trimEnd().split('\n');
      const inTraining = lines.filter((line) => line.endsWith('\t0'));
      const leaking = inTraining.find((line) => line.startsWith('3\t'))!.replace(/0$/, '2');
      const untrained = lines.filter((line) => !/^7\t\d+\t0$/.test(line) && !/^\d+\t29\t0$/.test(line));
      const repeated = untrained.filter((line) => line.endsWith('\t0')).slice(0, 3);
      return [header, ...untrained, ...repeated, leaking, '5\t29\t2', ''].join('\r\n');
    });
  });

  test('is trained on, with warnings and notes on the display', async () => {
    const yaml = 'datasets: [tiny]\nbackbones: [vbpr]\nvariants: [plain]\nprotocol: { name: mmrec, maxEpochs: 1 }\n';
    const { stderr } = await runWell(['compare', await comparisonFile(root, yaml), '--out', join(root, 'out')]);
    expect(stderr).toMatch(/^ {2}note: 3 repeated interactions within a split/m);
    expect(stderr).toMatch(/^ {2}note: 1 user without a training item; left out of evaluation$/m);
    expect(stderr).toMatch(/^ {2}note: 1 item in validation or test but never in training; kept as candidates/m);
    expect(stderr).toMatch(/^ {2}WARNING: LEAKAGE: 1 user-item pair in both train and test/m);
    const path = join(root, 'out/runs/tiny--vbpr--plain--s1.json');
    const record: RunRecord = JSON.parse(await readFile(path, 'utf8'));
    expect(record.dataset).toMatchObject({ users: 40, items: 30 });
  });

  test('has no problems according to `check`, which lists the same findings', async () => {
    const { code, stdout, stderr } = await runCli(['check', join(root, 'tiny')]);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^WARNING: LEAKAGE: 1 user-item pair in both train and test/m);
    expect(stdout).toMatch(/^note: 3 repeated interactions/m);
    expect(stdout).toMatch(/^no problems/m);
  });

  test('is trained on by `train`, which warns too', async () => {
    const args = ['-b', 'vbpr', '-v', 'plain', '-p', 'mmrec', '--max-epochs', '1', '--out', join(root, 'trained')];
    const { stderr } = await runWell(['train', join(root, 'tiny'), ...args]);
    expect(stderr).toMatch(/WARNING: LEAKAGE/);
  });
});
