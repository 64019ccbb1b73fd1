import { describe, expect, it } from 'vitest';
import { findFewItems } from '../src/findings/find-few-items.js';
import { encodeNpy, readDataset } from '../src/index.js';
import { datasetOf } from './dataset-of.js';
import { GOOD_LINES, inter, makeFolder, mmrec } from './make-folder.js';

async function findingsOf(files: Record<string, string | Uint8Array>) {
  return (await readDataset(await makeFolder(files))).findings;
}

const withLines = (...lines: string[]) => mmrec(inter([...GOOD_LINES, ...lines]));

describe('accepts, counts and reports', () => {
  it('duplicates within a split, and merges them', async () => {
    const dataset = await readDataset(await makeFolder(withLines('2\t3\t0', '2\t3\t0', '0\t1\t1')));
    expect(dataset.findings).toEqual([
      {
        code: 'interactions/duplicates',
        severity: 'note',
        message: '3 repeated interactions within a split; each user-item pair is kept once',
        count: 3,
      },
    ]);
    expect(dataset.train.items.length).toBe(4);
    expect(dataset.validation.items.length).toBe(3);
  });

  it('leakage between any two splits as a warning, and keeps the pairs', async () => {
    const dataset = await readDataset(await makeFolder(withLines('0\t0\t2', '1\t1\t2', '1\t1\t1')));
    expect(dataset.findings).toMatchObject([
      { code: 'interactions/leakage', severity: 'warning', count: 1 },
      { code: 'interactions/leakage', severity: 'warning', count: 2 },
      { code: 'interactions/leakage', severity: 'warning', count: 1 },
    ]);
    expect(dataset.findings[1]?.message).toMatch(/^LEAKAGE: 2 user-item pairs in both train and test/);
    expect(dataset.test.items.length).toBe(5);
  });

  it('users without training, validation or test items, and unused ids', async () => {
    const findings = await findingsOf(withLines('3\t0\t2', '5\t0\t0', '5\t1\t1', '6\t0\t0', '6\t1\t2'));
    expect(findings.map(({ code, count }) => [code, count])).toEqual([
      ['users/no-training', 1],
      ['users/no-validation', 1],
      ['users/no-test', 1],
      ['users/unused-ids', 1],
    ]);
  });

  it('items that do not occur in training', async () => {
    const lines = GOOD_LINES.map((line) => (line === '2\t3\t0' ? '2\t1\t0' : line)).filter(
      (line) => line !== '2\t1\t2',
    );
    const findings = await findingsOf(mmrec(inter([...lines, '2\t0\t2'].filter((line) => line !== '2\t0\t1'))));
    expect(findings).toMatchObject([
      { code: 'users/no-validation', count: 1 },
      { code: 'items/no-training', count: 1 },
    ]);
  });

  it('constant and duplicate feature rows', async () => {
    const values = Float32Array.of(0, 0, 7, 7, 1, 2, 1, 2);
    const findings = await findingsOf({ ...mmrec(), 'image_feat.npy': encodeNpy({ rows: 4, columns: 2, values }) });
    expect(findings).toMatchObject([
      { code: 'features/constant-rows', severity: 'warning', count: 2 },
      { code: 'features/duplicate-rows', severity: 'note', count: 1 },
    ]);
    expect(findings[0]?.message).toContain('1 of them all zeros');
    expect(findings[1]?.message).toContain('1 item with exactly the same image features');
  });
});

describe('lists of 20 items', () => {
  const train = Array.from({ length: 4 }, (_, user) => Array.from({ length: user + 1 }, (_, item) => item));
  const findings = (itemCount: number) =>
    findFewItems(datasetOf({ train, test: train.map(() => [itemCount - 1]) }, {}, itemCount)).map(
      ({ code, severity, count }) => [code, severity, count],
    );

  it.each([1, 2, 19])('cannot be made of %i items', (itemCount) => {
    const content = datasetOf({ train: [[0]], test: [[0]] }, {}, itemCount);
    expect(findFewItems(content)).toMatchObject([{ code: 'items/too-few', severity: 'warning', count: itemCount }]);
  });

  it('show nothing of users who have 20 or fewer items to rank', () => {
    expect(findings(20)).toEqual([['users/few-candidates', 'warning', 4]]);
    expect(findings(22)).toEqual([['users/few-candidates', 'warning', 3]]);
    expect(findings(24)).toEqual([['users/few-candidates', 'note', 1]]);
    expect(findings(25)).toEqual([]);
  });
});
