import { cp, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, runCli, runWell } from '../support/cli.js';
import { edit } from '../support/data.js';
import { trainedModel } from '../support/trained-model.js';

/** `evaluate` on a dataset that the model was not trained on measures, among others, what the model was trained on. */
describe('evaluate on other data', () => {
  let root: string;
  let data: string;
  let model: string;
  let withoutInteractions: string;

  const copyOf = async (name: string) => {
    const copy = join(root, name);
    await cp(data, copy, { recursive: true });
    return copy;
  };
  const evaluate = (folder: string, ...args: string[]) => ['evaluate', folder, '--model', model, '-e', 'wasm', ...args];

  beforeAll(async () => {
    root = await scratchFolder();
    ({ data, model } = await trainedModel(root));
    const args = ['-b', 'vbpr', '-v', 'plain', '-p', 'mmrec', '--max-epochs', '1', '--set', 'embeddingDim=8'];
    const out = join(root, 'private');
    await runWell(['train', data, ...args, '-e', 'wasm', '--no-interactions', '--out', out]);
    withoutInteractions = join(out, 'models/tiny--vbpr--plain--s1');
    // The same interactions with the splits exchanged, so that every test interaction was trained on.
    await edit(join(await copyOf('resplit'), 'tiny.inter'), (text) =>
      text.replace(/\t([012])$/gm, (_, label) => `\t${{ 0: 2, 1: 1, 2: 0 }[label as '0']}`),
    );
    await tinyDataset(root, { name: 'another', seed: 8 });
    await writeFile(
      join(await copyOf('reencoded'), 'text_feat.npy'),
      await readFile(join(root, 'another/text_feat.npy')),
    );
  });

  test.each([
    ['resplit', 'its interactions differ'],
    ['reencoded', 'its features differ'],
    ['another', 'its interactions and features differ'],
  ])('%s: is refused, because %s', async (name, what) => {
    const result = await runCli(evaluate(join(root, name)));
    expectOneError(result, {
      ...{ code: 'model/other-dataset', place: name, expected: /[0-9a-f]{64}$/, found: what, remedy: '--other-data' },
    });
    expect(result.stdout).toBe('');
    // `recommend` names the same difference.
    const { stderr } = await runCli(['recommend', model, '--data', join(root, name), '--all', '-e', 'wasm']);
    expect(stderr).toMatch(`${what}\n`);
  });

  test('--other-data allows it, and marks the numbers', async () => {
    const trained = /\t0$/gm;
    const count = (await readFile(join(data, 'tiny.inter'), 'utf8')).match(trained)!.length;
    const json = await runWell(evaluate(join(root, 'resplit'), '--other-data', '--json', '--metrics', 'recall@20'));
    expect(json.stderr).toBe(
      `warning: the model was trained on different data: its interactions differ, and it was trained on ${count} of the test interactions\n`,
    );
    expect(JSON.parse(json.stdout)).toEqual({
      'recall@20': expect.any(Number),
      otherData: { interactions: true, features: false, trainedOn: { train: 0, validation: 0, test: count } },
    });
    const text = await runWell(evaluate(join(root, 'reencoded'), '--other-data'));
    expect(text.stderr).toContain('its features differ, and it was trained on 0 of the test interactions\n');
    expect(text.stdout).toMatch(/^test recall@10 \d\.\d{4}\n/);
  });

  test('a model without interactions says what it can', async () => {
    const args = ['--model', withoutInteractions, '-e', 'wasm'];
    expect((await runCli(['evaluate', join(root, 'resplit'), ...args])).stderr).toContain('its interactions differ\n');
    const { stderr, stdout } = await runWell(['evaluate', join(root, 'reencoded'), ...args, '--other-data', '--json']);
    expect(stderr).toBe('warning: the model was trained on different data: its interactions or features differ\n');
    expect(JSON.parse(stdout).otherData).toEqual({ interactions: null, features: null, trainedOn: null });
  });

  test('the same data in another place and under another name is not other data', async () => {
    const moved = await copyOf('moved');
    await rename(join(moved, 'tiny.inter'), join(moved, 'renamed.inter'));
    for (const args of [['--json'], ['--json', '--other-data']]) {
      const { stdout, stderr } = await runWell(evaluate(moved, ...args));
      expect(stderr).toBe('');
      expect(stdout).toBe((await runWell(evaluate(data, '--json'))).stdout);
    }
  });
});
