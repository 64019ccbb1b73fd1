import { mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '@balanced-rec/report';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ErrorParts, expectOneError, repository, runCli, runWell } from '../support/cli.js';
import { expectRefused } from '../support/refused.js';

let root: string;

/** The variant that the documentation shows. */
async function documented(): Promise<string> {
  const page = await readFile(join(repository, 'docs/variants.md'), 'utf8');
  return /^```js\n([\s\S]*?)^```$/m.exec(page)![1]!;
}

async function recordOf(out: string, id: string): Promise<RunRecord> {
  return JSON.parse(await readFile(join(root, out, 'runs', `${id}.json`), 'utf8'));
}

beforeAll(async () => {
  root = await scratchFolder();
  await tinyDataset(root);
  await writeFile(join(root, 'modality-dropout.mjs'), await documented());
  await writeFile(join(root, 'broken.mjs'), "import 'not-there-at-all';\n");
  await writeFile(join(root, 'empty.mjs'), 'export const note = { name: "mine" };\nexport default null;\n');
  await writeFile(join(root, 'taken.mjs'), 'export const mine = { name: "ckd", objective: () => {} };\n');
  const text = "{ name: 'text-alone', modality: 'text', objective: ({ backbone }) => objectiveOf(backbone, ['text']) }";
  const objective = "import { objectiveOf } from '@balanced-rec/ckd-core';\n";
  await writeFile(join(root, 'text-alone.mjs'), `${objective}export default ${text};\n`);
  const scope = join(root, 'node_modules', '@balanced-rec');
  await mkdir(scope, { recursive: true });
  await symlink(await realpath(join(repository, 'packages/ckd-core')), join(scope, 'ckd-core'));
});

describe('a third-party variant', () => {
  test('is as short as the documentation says', async () => {
    expect((await documented()).trim().split('\n').length).toBeLessThanOrEqual(15);
  });

  test('runs in a comparison, for one backbone only if named there, and appears in the report', async () => {
    await comparisonFile(
      root,
      `
datasets: [tiny]
backbones:
  - { name: vbpr, set: { embeddingDim: 4 } }
  - name: bm3
    set: { embeddingDim: 4 }
    variants: [plain, { name: text-alone, package: ./text-alone.mjs }]
variants: [plain, { name: modality-dropout, package: ./modality-dropout.mjs }]
protocol: { name: mmrec, batchSize: 32, maxEpochs: 2 }
`,
    );
    const trusted = ['--package', './modality-dropout.mjs', '--package', './text-alone.mjs'];
    const command = ['compare', 'comparison.yaml', '--out', 'out', ...trusted];
    const { stdout } = await runWell(command, root);
    const ids = ['bm3--plain', 'bm3--text-alone', 'vbpr--modality-dropout', 'vbpr--plain'].map(
      (id) => `tiny--${id}--s1`,
    );
    expect(filesBelow(join(root, 'out/runs'))).toEqual(ids.map((id) => `${id}.json`));
    expect(stdout).toContain('modality-dropout');
    expect(await readFile(join(root, 'out/report.html'), 'utf8')).toContain('modality-dropout');
    const [theirs, plain] = [await recordOf('out', ids[2]!), await recordOf('out', ids[3]!)];
    expect(theirs.variant).toBe('modality-dropout');
    expect(theirs.curve.map(({ losses }) => Object.keys(losses))).toEqual(
      plain.curve.map(({ losses }) => Object.keys(losses)),
    );
    expect(theirs.curve[0]!.losses).not.toEqual(plain.curve[0]!.losses);
    // Trained on one modality, but not as teachers are: no other run may use it as one.
    expect(filesBelow(join(root, 'out/teachers'))).toEqual([]);
    // A second run recognises it.
    const before = await recordOf('out', ids[2]!);
    await runWell(command, root);
    expect(await recordOf('out', ids[2]!)).toEqual(before);
  });

  const mine = (from: string, name = 'mine') => ({
    variants: `variants: [plain, { name: ${name}, package: ${from} }]`,
    trusted: ['--package', from],
  });
  const place = /comparison\.yaml:4 \(variants > 1/;
  const faults: (ErrorParts & { title: string; variants: string; trusted: string[] })[] = [
    {
      title: 'that the command does not name',
      ...mine('./modality-dropout.mjs'),
      trusted: ['--package', './text-alone.mjs'],
      code: 'comparison/package-not-allowed',
      place,
      expected: 'a package that the command names too',
      found: './text-alone.mjs',
      remedy: 'add --package ./modality-dropout.mjs to the command if you trust it',
    },
    {
      title: 'from a package that is not installed',
      ...mine('not-there-at-all'),
      code: 'variant/not-installed',
      place,
      expected: 'the package not-there-at-all',
      found: 'no such package',
      remedy: 'npm install not-there-at-all',
    },
    {
      title: 'from a missing file',
      ...mine('./nowhere.mjs'),
      code: 'variant/not-installed',
      place,
      expected: './nowhere.mjs',
      found: 'no such package',
      remedy: 'check the path',
    },
    {
      title: 'from a file that does not load',
      ...mine('./broken.mjs'),
      code: 'variant/broken-package',
      place,
      expected: 'loads',
      found: 'not-there-at-all',
      remedy: 'install what it needs',
    },
    {
      title: 'whose name is not exported',
      ...mine('./modality-dropout.mjs'),
      code: 'variant/no-definition',
      place,
      expected: 'an exported Variant with that name',
      found: 'modality-dropout',
      remedy: 'name one that it exports',
    },
    {
      title: 'from a file that exports none',
      ...mine('./empty.mjs'),
      code: 'variant/no-definition',
      place,
      expected: 'an exported Variant with that name',
      found: 'no variant',
      remedy: 'export it',
    },
    {
      title: 'with the name of a built-in variant',
      ...mine('./taken.mjs', 'ckd'),
      code: 'variant/name-taken',
      place,
      expected: 'a different name',
      found: 'ckd',
      remedy: 'rename it',
    },
  ];
  test.each(faults)('$title gives one error, and nothing is written', async ({ variants, trusted, ...parts }) => {
    const settings = ['datasets: [tiny]', 'backbones: [vbpr]', 'protocol: mmrec', variants];
    await comparisonFile(join(root, 'bad'), settings.join('\n'));
    expectOneError(await runCli(['compare', 'bad/comparison.yaml', '--out', 'out-bad', ...trusted], root), parts);
    expect(filesBelow(join(root, 'out-bad'))).toEqual([]);
  });

  test.each([
    ['ckdd', { code: 'variant/unknown', expected: 'plain, ckd', found: 'ckdd', remedy: 'did you mean "ckd"?' }],
    ['7', { code: 'config/invalid', expected: /\S/, found: /\S/, remedy: /\S/ }],
  ])("%s in a backbone's own list is reported with its line", async (variant, parts) => {
    const own = ['backbones:', '  - vbpr', '  - name: bm3', '    variants:', '      - plain', `      - ${variant}`];
    const settings = [`datasets: [${join(root, 'tiny')}]`, ...own, 'variants: [plain]', 'protocol: mmrec'];
    const file = await comparisonFile(join(root, 'bad'), settings.join('\n'));
    await expectRefused(
      { file, out: join(root, 'out-bad') },
      { ...parts, place: /comparison\.yaml:7 \(backbones > 1 > variants > 1/ },
    );
  });
});
