import { mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, repository, runCli, runWell } from '../support/cli.js';

/** Matrix factorisation as a third party would write it: user and item tables, BPR. */
const source = `
import { defineBackbone, regularizedBpr, tableRepresentation, xavierUniform } from '@balanced-rec/ckd-core/backbone';
import * as z from 'zod';

export const note = 'not a backbone';
export const factors = defineBackbone({
  name: 'factors',
  configSchema: z.strictObject({ width: z.number().int().positive().default(4) }),
  supports: { negatives: true, rowAccess: true, trainableFeatures: false },
  create({ config, data, random, parameters }) {
    const draw = random.stream('init');
    const users = parameters.add('users', xavierUniform(data.userCount, config.width, draw));
    const items = parameters.add('items', xavierUniform(data.itemCount, config.width, draw));
    const represent = (observed, scope) => tableRepresentation('mf', { users: () => users, items: () => items }, scope);
    return { represent, loss: (batch, observed, scope) => regularizedBpr(represent(observed, scope), batch, 1e-5) };
  },
});
`;

describe('a third-party backbone', () => {
  let root: string;

  beforeAll(async () => {
    root = await scratchFolder();
    await tinyDataset(root);
    const install = async (name: string, manifest: object, code: string) => {
      const folder = join(root, 'node_modules', name);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'package.json'), JSON.stringify({ name, type: 'module', ...manifest }));
      await writeFile(join(folder, 'main.js'), code);
    };
    await install('@mine/factors', { exports: './main.js' }, source);
    await install('import-only', { exports: { '.': { import: './main.js' } } }, source);
    await install('broken', { main: './main.js' }, "import 'not-there-at-all';\n");
    await writeFile(join(root, 'factors.mjs'), source);
    const link = async (name: string, target: string) => {
      await mkdir(join(root, 'node_modules', name, '..'), { recursive: true });
      await symlink(await realpath(join(repository, target)), join(root, 'node_modules', name));
    };
    await link('@balanced-rec/ckd-core', 'packages/ckd-core');
    await link('zod', 'packages/eval/node_modules/zod');
  });

  test('is found from the current folder by its package name, trains, and can be evaluated', async () => {
    await comparisonFile(
      root,
      `
datasets: [tiny]
backbones: [{ name: factors, package: "@mine/factors", set: { width: 3 } }]
variants: [plain]
protocol: { name: mmrec, maxEpochs: 1 }
`,
    );
    const { stdout } = await runWell(
      ['compare', 'comparison.yaml', '--package', '@mine/factors', '--out', 'out'],
      root,
    );
    expect(stdout).toMatch(/\| tiny \| factors \|/);
    expect(stdout).toContain('balanced-rec compare comparison.yaml --package @mine/factors --out out');
    const model = 'out/models/tiny--factors--plain--s1';
    expect(filesBelow(join(root, model))).toEqual(['manifest.json', 'model.safetensors', 'recommender.safetensors']);
    const again = await runWell(['evaluate', 'tiny', '--model', model, '--package', '@mine/factors'], root);
    expect(again.stdout).toMatch(/^test recall@10 0\.\d{4}$/m);
    expectOneError(await runCli(['evaluate', 'tiny', '--model', model], root), {
      code: 'backbone/unknown',
      place: model,
      expected: 'package',
      found: 'factors',
      remedy: 'package',
    });
  });

  test.each(['import-only', './factors.mjs'])('may export only for import, or be a file: %s', async (from) => {
    const args = ['-b', 'factors', '--package', from, '-v', 'plain', '-p', 'mmrec', '--max-epochs', '1'];
    const out = `out-${from.length}`;
    await runWell(['train', 'tiny', ...args, '--out', out], root);
    expect(filesBelow(join(root, out))).toContain('runs/tiny--factors--plain--s1.json');
  });

  test('is not reported as missing if one of its own dependencies is', async () => {
    const args = ['train', 'tiny', '-b', 'factors', '--package', 'broken', '--out', 'out-broken'];
    expectOneError(await runCli(args, root), {
      code: 'backbone/broken-package',
      place: '--backbone',
      expected: 'loads',
      found: 'not-there-at-all',
      remedy: 'install what it needs',
    });
    expect(filesBelow(join(root, 'out-broken'))).toEqual([]);
  });
});
