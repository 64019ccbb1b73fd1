import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type MetricName, measure } from '../../src/index.js';

const repoRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');
const file = path.resolve(repoRoot, '..', 'shared', 'fixtures', 'metrics-1.json');
const found = existsSync(file);
if (!found) console.warn(`SKIPPED: reference metrics are missing: ${file}`);

interface Convention {
  perUser: Record<string, Record<string, number[]>>;
  mean: Record<string, Record<string, number>>;
}
interface Golden {
  nUsers: number;
  K: number[];
  test: number[][];
  rankings: number[][];
  mmrec: Convention;
  ckdOfficial: Convention;
}

describe.skipIf(!found)('metrics agree with the reference implementations', () => {
  const golden = (found ? JSON.parse(readFileSync(file, 'utf8')) : undefined) as Golden;

  function measured(metrics: MetricName[]) {
    const offsets = new Int32Array(golden.nUsers + 1);
    golden.test.forEach((items, user) => {
      offsets[user + 1] = offsets[user]! + items.length;
    });
    const users = Int32Array.from(golden.rankings.keys());
    const lists = { users, k: golden.rankings[0]!.length, ids: Int32Array.from(golden.rankings.flat()) };
    return measure({
      lists,
      relevant: { offsets, items: Int32Array.from(golden.test.flat()) },
      metrics,
      cutoffs: golden.K,
    });
  }

  function agree(convention: Convention, theirs: string, ours: MetricName) {
    const { perUser, mean } = measured([ours]);
    for (const k of golden.K) {
      const expected = convention.perUser[theirs]![k]!;
      expect(expected).toHaveLength(golden.nUsers);
      expected.forEach((value, user) => {
        expect(Math.abs(perUser[`${ours}@${k}`]![user]! - value), `${ours}@${k} of user ${user}`).toBeLessThan(1e-12);
      });
      expect(Math.abs(mean[`${ours}@${k}`]! - convention.mean[theirs]![k]!), `mean ${ours}@${k}`).toBeLessThan(1e-12);
    }
  }

  test.each(['recall', 'precision', 'ndcg', 'hit', 'map'] as const)('%s matches MMRec', (name) => {
    agree(golden.mmrec, name, name);
  });

  test.each([
    ['recall', 'recall'],
    ['precision', 'precision'],
    ['hit', 'hit'],
    ['ndcg', 'ndcg-ckd'],
  ] as const)("the CKD authors' %s matches our %s", (theirs, ours) => {
    agree(golden.ckdOfficial, theirs, ours);
  });
});
