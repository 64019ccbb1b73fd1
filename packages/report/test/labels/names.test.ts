import { expect, test } from 'vitest';
import { metricLabel, variantLabel } from '../../src/labels/names.js';

test('turns metrics and variants into readable labels', () => {
  expect(['recall@20', 'ndcg-ckd@10', 'hit@5', 'novelty@3', 'auc'].map(metricLabel)).toEqual([
    'Recall@20',
    'NDCG-CKD@10',
    'HitRate@5',
    'novelty@3',
    'auc',
  ]);
  expect(['plain', 'ckd', 'ckd-no-specific', 'only:text', 'ogm-ge'].map(variantLabel)).toEqual([
    'plain',
    'CKD',
    'CKD, no specific',
    'only text',
    'OGM-GE',
  ]);
});
