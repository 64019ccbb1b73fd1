import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/cli.js';

/** A regulariser so heavy that the loss is infinite at once. */
const diverging = '{ name: mmgcn, set: { embeddingDim: 4, layers: 1, regWeight: 1.0e+39 } }';
const good = '{ name: vbpr, set: { embeddingDim: 4 } }';

let root: string;

beforeAll(async () => {
  root = await scratchFolder();
  await tinyDataset(root);
});

async function compareBackbones(name: string, backbones: string, variants: string) {
  const yaml = `datasets: [tiny]\nbackbones: [${backbones}]\nvariants: [${variants}]\nprotocol: { name: mmrec, maxEpochs: 2 }\n`;
  return runCli(['compare', await comparisonFile(root, yaml, `${name}.yaml`), '--out', join(root, name)]);
}

test('reports a failing run, skips only the runs that need it, and finishes and reports the rest', async () => {
  const { code, stderr, stdout } = await compareBackbones('some', `${diverging}, ${good}`, 'ckd');
  expect(code, stderr).toBe(1);
  expect(stderr).toMatch(/^FAILED tiny\/mmgcn\/only:image seed 1: epoch 1, step 1: training diverged$/m);
  expect(stderr).toMatch(/^FAILED tiny\/mmgcn\/only:text seed 1: /m);
  expect(stderr).toMatch(/^ {2}expected: finite losses and scores$/m);
  expect(stderr).toMatch(/^not run: tiny--mmgcn--ckd--s1, because tiny--mmgcn--only-(image|text)--s1 failed$/m);
  expect(stderr).toContain('3 of 6 runs did not finish');
  expect(stderr.match(/^error /gm)).toEqual(['error ']);
  expect(stdout).toMatch(/\| tiny \| vbpr \|/);
  expect(stdout).not.toContain('mmgcn');
  const files = filesBelow(join(root, 'some'));
  expect(files.filter((name) => name.startsWith('runs/'))).toEqual([
    'runs/tiny--vbpr--ckd--s1.json',
    'runs/tiny--vbpr--only-image--s1.json',
    'runs/tiny--vbpr--only-text--s1.json',
  ]);
  expect(files.some((name) => name.includes('mmgcn'))).toBe(false);
  expect(await readFile(join(root, 'some', 'report.html'), 'utf8')).toContain('vbpr');
});

test('writes no report if every run fails, and the error says so', async () => {
  const { code, stderr, stdout } = await compareBackbones('none', diverging, 'plain');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^FAILED tiny\/mmgcn\/plain seed 1: /m);
  expect(stderr).toContain('1 of 1 runs did not finish');
  expect(stdout).toBe('');
  expect(filesBelow(join(root, 'none'))).toEqual([]);
});
