import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { comparisonFile, onlyText, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { type ErrorParts, expectOneError, runCli } from '../support/cli.js';
import { expectRefused } from '../support/refused.js';

let root: string;

beforeAll(async () => {
  root = await scratchFolder();
  await tinyDataset(root);
  await tinyDataset(root, { name: 'alone', modalities: onlyText });
  await tinyDataset(root, { name: 'few', itemCount: 15 });
});

interface BadFile extends ErrorParts {
  readonly title: string;
  readonly yaml: string;
}

/** A valid four-line comparison file, with one line replaced or added. */
function lines(change: Partial<Record<'datasets' | 'backbones' | 'variants' | 'protocol' | 'more', string>> = {}) {
  return [
    change.datasets ?? 'datasets: [tiny]',
    change.backbones ?? 'backbones: [vbpr]',
    change.variants ?? 'variants: [plain]',
    change.protocol ?? 'protocol: { name: mmrec, maxEpochs: 1 }',
    ...(change.more ? [change.more] : []),
  ].join('\n');
}

const badFiles: BadFile[] = [
  {
    title: 'malformed YAML',
    yaml: 'datasets: [tiny]\nbackbones: [vbpr\nvariants: [plain]\n',
    code: 'comparison/malformed-yaml',
    place: /comparison\.yaml:[23]: /,
    expected: 'YAML',
    found: /\S/,
    remedy: 'fix',
  },
  {
    title: 'an unknown key',
    yaml: lines({ more: 'seed: [1]' }),
    code: 'config/invalid',
    place: 'comparison.yaml:5 (seed)',
    expected: 'seeds',
    found: 'seed',
    remedy: 'did you mean "seeds"?',
  },
  {
    title: 'an unknown backbone',
    yaml: lines({ backbones: 'backbones: [vpbr]' }),
    code: 'backbone/unknown',
    place: /comparison\.yaml:2 \(backbones > 0/,
    expected: 'vbpr, mmgcn',
    found: 'vpbr',
    remedy: 'did you mean "vbpr"?',
  },
  {
    title: 'a backbone whose package is not installed',
    yaml: lines({ backbones: 'backbones: [{ name: mine, package: "@nobody-here/mine" }]' }),
    code: 'backbone/not-installed',
    place: /comparison\.yaml:2 \(backbones > 0/,
    expected: '@nobody-here/mine',
    found: 'no such package',
    remedy: 'npm install @nobody-here/mine',
  },
  {
    title: 'an unknown variant',
    yaml: lines({ variants: 'variants:\n  - plain\n  - only:txt' }),
    code: 'variant/unknown',
    place: 'comparison.yaml:5 (variants > 1), dataset tiny',
    expected: 'ckd-no-specific',
    found: 'only:txt',
    remedy: 'did you mean "only:text"?',
  },
  {
    title: 'an unknown metric',
    yaml: lines({ more: 'metrics: [recall, ncdg]' }),
    code: 'config/invalid',
    place: 'comparison.yaml:5 (metrics > 1)',
    expected: 'ndcg',
    found: 'ncdg',
    remedy: 'did you mean "ndcg"?',
  },
  {
    title: 'an unknown key of a backbone',
    yaml: lines({ backbones: 'backbones:\n  - name: vbpr\n    set:\n      regWeight: 0\n      embedingDim: 8' }),
    code: 'config/invalid',
    place: 'comparison.yaml:6 (backbones > 0 > set > embedingDim)',
    expected: 'embeddingDim',
    found: 'embedingDim',
    remedy: 'did you mean "embeddingDim"?',
  },
  {
    title: 'a value of the wrong type',
    yaml: lines({ backbones: 'backbones: [{ name: vbpr, set: { embeddingDim: wide } }]' }),
    code: 'config/invalid',
    place: 'comparison.yaml:2 (backbones > 0 > set > embeddingDim)',
    expected: 'number',
    found: '"wide"',
    remedy: /./,
  },
  {
    title: 'an unknown protocol',
    yaml: lines({ protocol: 'protocol: mmrecc' }),
    code: 'config/invalid',
    place: 'comparison.yaml:4 (protocol',
    expected: 'ckd-paper, mmrec',
    found: 'mmrecc',
    remedy: 'did you mean "mmrec"?',
  },
  {
    title: 'a negative seed',
    yaml: lines({ more: 'seeds: [1, -1]' }),
    code: 'config/invalid',
    place: 'comparison.yaml:5 (seeds > 1)',
    expected: '>=0',
    found: '-1',
    remedy: /./,
  },
  {
    title: 'an unknown engine',
    yaml: lines({ more: 'engine: wasn' }),
    code: 'config/invalid',
    place: 'comparison.yaml:5 (engine)',
    expected: 'wasm',
    found: 'wasn',
    remedy: 'did you mean "wasm"?',
  },
  {
    title: 'a cutoff larger than the number of items',
    yaml: lines({ more: 'cutoffs: [10, 31]' }),
    code: 'metrics/cutoff-too-large',
    place: 'dataset tiny',
    expected: '30',
    found: '31',
    remedy: 'smaller',
  },
  {
    title: 'CKD with a single modality',
    yaml: lines({ datasets: 'datasets: [alone]', variants: 'variants: [plain, ckd]' }),
    code: 'distill/one-modality',
    place: 'comparison.yaml:3 (variants > 1)',
    expected: 'two modalities',
    found: 'text',
    remedy: 'another modality',
  },
  {
    title: 'a missing dataset folder',
    yaml: lines({ datasets: 'datasets: [{ name: gone, path: ../nowhere/gone }]' }),
    code: 'dataset/missing-folder',
    place: 'nowhere/gone',
    expected: /./,
    found: /./,
    remedy: /./,
  },
];

/** Less likely cases, run without a process each. */
const oddFiles: BadFile[] = [
  {
    title: 'an alias to nothing',
    yaml: lines({ variants: 'variants: *mine' }),
    code: 'comparison/malformed-yaml',
    place: /comparison\.yaml:3$/,
    expected: 'YAML',
    found: 'mine',
    remedy: 'fix',
  },
  {
    title: 'an empty file',
    yaml: '',
    code: 'config/invalid',
    place: 'comparison.yaml:1 (datasets)',
    expected: 'array',
    found: 'nothing',
    remedy: /./,
  },
  {
    title: 'a package without a backbone',
    yaml: lines({ backbones: 'backbones: [{ name: mine, package: zod }]' }),
    code: 'backbone/no-definition',
    place: /comparison\.yaml:2/,
    expected: 'defineBackbone',
    found: 'parse',
    remedy: /./,
  },
  {
    title: 'fewer items than model selection needs',
    yaml: lines({ datasets: 'datasets: [few]', more: 'cutoffs: [5]' }),
    code: 'dataset/too-few-items',
    place: 'dataset few',
    expected: 'at least 20 items',
    found: '15',
    remedy: 'more items',
  },
  {
    title: 'a modality that the dataset does not have',
    yaml: lines({ datasets: 'datasets: [{ path: tiny, modalities: [text, audio] }]' }),
    code: 'dataset/missing-modality',
    place: 'tiny',
    expected: 'audio',
    found: /./,
    remedy: /./,
  },
  {
    title: 'two datasets with the same name',
    yaml: lines({ datasets: 'datasets: [tiny, { name: tiny, path: alone }]' }),
    code: 'comparison/duplicate-name',
    place: 'comparison.yaml:1 (datasets > 1)',
    expected: 'name',
    found: 'tiny',
    remedy: 'name',
  },
  {
    title: 'two datasets whose runs would share files',
    yaml: lines({ datasets: 'datasets: [{ name: a b, path: tiny }, { name: a-b, path: alone }]' }),
    code: 'comparison/duplicate-name',
    place: 'runs/a-b--vbpr--plain--s1.json',
    expected: 'names',
    found: 'a b, vbpr, plain and a-b, vbpr, plain',
    remedy: 'name',
  },
];

describe.concurrent('a bad comparison file is refused with one complete error, and nothing is written', () => {
  test('that is missing', async () => {
    const out = join(root, 'out-missing');
    expectOneError(await runCli(['compare', join(root, 'no.yaml'), '--out', out]), {
      code: 'comparison/missing-file',
      place: 'no.yaml',
      expected: 'YAML',
      found: 'ENOENT',
      remedy: 'path',
    });
    expect(existsSync(out)).toBe(false);
  });

  test.each(badFiles)('with $title', async ({ title, yaml, ...parts }) => {
    const name = title.replaceAll(' ', '-');
    const file = await comparisonFile(root, yaml, `${name}.comparison.yaml`);
    const out = join(root, `out-${name}`);
    expectOneError(await runCli(['compare', file, '--package', '@nobody-here/mine', '--out', out]), parts);
    expect(existsSync(out)).toBe(false);
  });

  test.each(oddFiles)('with $title', async ({ title, yaml, ...parts }) => {
    const file = await comparisonFile(root, yaml, `${title.replaceAll(' ', '-')}.comparison.yaml`);
    const out = join(root, 'out-odd');
    await expectRefused({ file, out, packages: ['zod'] }, parts);
    expect(existsSync(out)).toBe(false);
  });

  test('with an engine that is not installed', async ({ skip }) => {
    vi.stubEnv('BALANCED_REC_CACHE', join(root, 'no-engines'));
    const file = await comparisonFile(root, lines({ more: 'engine: native' }), 'native.yaml');
    const result = await runCli(['compare', file, '--out', join(root, 'out-native')]);
    vi.unstubAllEnvs();
    // The npm package may have installed it completely.
    skip(result.code === 0, 'native loads without ours');
    expectOneError(result, {
      code: 'engine/unavailable',
      place: 'native.yaml:5 (engine)',
      expected: 'engine',
      found: 'native',
      remedy: /npm install @tensorflow\/tfjs-node|engine native/,
    });
    expect(existsSync(join(root, 'out-native'))).toBe(false);
  });

  test('into an output folder that is a file', async () => {
    const file = await comparisonFile(root, lines(), 'good.yaml');
    const out = await comparisonFile(root, 'mine', 'a-file');
    await expectRefused(
      { file, out },
      {
        code: 'comparison/unusable-folder',
        place: 'a-file',
        expected: 'folder',
        found: 'ENOTDIR',
        remedy: '--out',
      },
    );
  });
});
