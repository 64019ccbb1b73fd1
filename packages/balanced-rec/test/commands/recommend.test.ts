import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Dataset, readDataset } from '@balanced-rec/datasets';
import type { UserRecommendation } from '@balanced-rec/models';
import { scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ErrorParts, expectOneError, runCli, runWell } from '../support/cli.js';
import { trainedModel } from '../support/trained-model.js';

let root: string;
let model: string;
let dataset: Dataset;
let userIds: string[];
let itemIds: string[];

const recommend = (...args: string[]) => ['recommend', model, '--data', dataset.path, '-e', 'wasm', ...args];
const parsed = (stdout: string): UserRecommendation[] =>
  stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));

beforeAll(async () => {
  root = await scratchFolder();
  const trained = await trainedModel(root, { originals: true });
  ({ model, userIds, itemIds } = trained);
  dataset = await readDataset(trained.data);
});

describe('balanced-rec recommend', () => {
  test('gives all users the lists that evaluation measures', async () => {
    const { stdout } = await runWell(recommend('--all', '--format', 'jsonl', '-k', '10', '--ids', 'number'));
    const lists = parsed(stdout);
    expect(lists.map(({ user }) => user)).toEqual(userIds.map((_, user) => user));
    const of = (split: 'train' | 'test', user: number) =>
      dataset[split].items.subarray(dataset[split].offsets[user], dataset[split].offsets[user + 1]);
    const recalls = lists.flatMap(({ items }, user) => {
      const relevant = of('test', user);
      expect(items).toHaveLength(10);
      expect(items.filter(({ item }) => of('train', user).includes(item as number))).toEqual([]);
      if (relevant.length === 0) return [];
      return [items.filter(({ item }) => relevant.includes(item as number)).length / relevant.length];
    });
    const mean = recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
    const args = ['--model', model, '-e', 'wasm', '--metrics', 'recall@10', '--json'];
    const evaluated = JSON.parse((await runWell(['evaluate', dataset.path, ...args])).stdout);
    expect(mean).toBeCloseTo(evaluated['recall@10'], 10);
  });

  test('names users and items by their original ids, in each format', async () => {
    await writeFile(join(root, 'users.txt'), `${userIds[3]}\r\n${userIds[1]}\n`);
    const files = recommend('--users-file', join(root, 'users.txt'), '-k', '30', '--seen', 'none');
    const [json, jsonl, tsv] = await Promise.all(
      ['json', 'jsonl', 'tsv'].map(async (format) => (await runWell([...files, '--format', format])).stdout),
    );
    const lists: UserRecommendation[] = JSON.parse(json!);
    expect(lists.map(({ user, basis }) => [user, basis])).toEqual([
      [userIds[3], 'user'],
      [userIds[1], 'user'],
    ]);
    for (const { items } of lists) expect(items.map(({ item }) => item).sort()).toEqual([...itemIds].sort());
    expect(parsed(jsonl!)).toEqual(lists);
    const rows = lists.flatMap(({ user, basis, items }) =>
      items.map(
        ({ item, score }, n) => `${user}\t${n + 1}\t${item === itemIds[4] ? '"B ""4"""' : item}\t${score}\t${basis}`,
      ),
    );
    expect(tsv).toBe(`${['user\trank\titem\tscore\tbasis', ...rows].join('\n')}\n`);
  });

  test('scores an unknown user from given items, and ranks with one modality', async () => {
    const args = ['--items', `${itemIds[2]},${itemIds[7]}`, '--exclude', itemIds[9]!, '-k', '30', '--format', 'jsonl'];
    const [joint] = parsed((await runWell(recommend(...args))).stdout);
    const [text] = parsed((await runWell(recommend(...args, '--observed', 'text'))).stdout);
    for (const list of [joint!, text!]) {
      expect([list.user, list.basis, list.items.length]).toEqual([null, 'items', 27]);
      for (const had of [2, 7, 9]) expect(list.items.map(({ item }) => item)).not.toContain(itemIds[had]);
    }
    expect(joint!.items).not.toEqual(text!.items);
  });

  interface Refused extends ErrorParts {
    readonly args: readonly string[];
  }
  const option = { code: 'cli/bad-option', remedy: '--help' };
  const refused: Refused[] = [
    { args: [], ...option, place: 'recommend', expected: '--users', found: 'none' },
    { args: ['--all', '--users', 'u-7'], ...option, place: 'recommend', expected: 'one of', found: '--users, --all' },
    { args: ['--all', '--format', 'xml'], ...option, place: '--format', expected: 'jsonl', found: 'xml' },
    { args: ['--all', '--seen', 'tests'], ...option, place: '--seen', expected: 'train', found: 'tests' },
    {
      ...{ args: ['--users', 'u-7,u-8'], code: 'recommender/unknown-user', place: '--users' },
      ...{ expected: 'original user id', found: 'u-8', remedy: 'trained with' },
    },
    {
      ...{ args: ['--all', '--observed', 'sound'], code: 'model/unknown-modality', place: 'vbpr' },
      ...{ expected: 'image, text', found: 'sound', remedy: 'trained with' },
    },
    {
      ...{ args: ['--users-file', 'nowhere.txt'], code: 'cli/unreadable-file', place: 'nowhere.txt' },
      ...{ expected: 'one user per line', found: 'ENOENT', remedy: 'path' },
    },
  ];
  test.each(refused)('refuses $args', async ({ args, ...parts }) => {
    expectOneError(await runCli(recommend(...args)), parts);
  });

  test('refuses another dataset and ids that do not match', async () => {
    const other = await tinyDataset(root, { name: 'other', seed: 8 });
    expectOneError(await runCli(['recommend', model, '--data', other, '--all', '-e', 'wasm']), {
      ...{
        code: 'model/other-dataset',
        place: other,
        expected: dataset.hash,
        found: /^[0-9a-f]{64}; its interactions and features differ$/,
      },
      remedy: 'trained on',
    });
    const file = join(dataset.path, 'users.tsv');
    const whole = await readFile(file, 'utf8');
    try {
      await writeFile(file, whole.split('\n').slice(0, 20).join('\n'));
      expectOneError(await runCli(recommend('--all')), {
        ...{ code: 'ids/malformed', place: file, expected: '40 users', found: '19', remedy: 'remove the file' },
      });
    } finally {
      await writeFile(file, whole);
    }
  });
});
