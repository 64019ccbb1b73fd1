import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '@balanced-rec/files';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { mounts } from '../../../files/test/mounts.js';
import { expectOneError, runCli, runWell, startCli } from '../support/cli.js';
import { until } from '../support/processes.js';
import { resultOf } from '../support/result.js';

const yaml = `
datasets: [tiny]
backbones: [{ name: vbpr, set: { embeddingDim: 8 } }]
variants: [plain, ckd]
engine: wasm
protocol: { name: mmrec, maxEpochs: 2 }
`;

let root: string;
let file: string;
let whole: Map<string, string>;

beforeAll(async () => {
  root = await scratchFolder();
  await tinyDataset(root);
  file = await comparisonFile(root, yaml);
  await runWell(['compare', file, '--out', join(root, 'whole')]);
  whole = await resultOf(join(root, 'whole'));
});

/** The result without the files that were set aside. */
async function soundResult(out: string): Promise<Map<string, string>> {
  return new Map([...(await resultOf(out))].filter(([name]) => !name.includes('.damaged-')));
}

function flipABit(path: string): void {
  const bytes = readFileSync(path);
  bytes[Math.floor(Math.random() * bytes.length)]! ^= 1 << Math.floor(Math.random() * 8);
  writeFileSync(path, bytes);
}

test('names damaged files, sets them aside and makes them again, with the same result', async () => {
  const out = join(root, 'damaged');
  cpSync(join(root, 'whole'), out, { recursive: true });
  const teacher = filesBelow(out).find((name) => name.startsWith('teachers/'))!;
  const damaged = ['runs/tiny--vbpr--ckd--s1.json', 'models/tiny--vbpr--plain--s1/model.safetensors', teacher];
  for (const name of damaged) flipABit(join(out, name));
  const { stdout } = await runWell(['compare', file, '--out', out, '--json']);
  const events = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const named = events.filter(({ type }) => type === 'damaged').map((event) => event.file as string);
  const expected = [damaged[0]!, 'models/tiny--vbpr--plain--s1', teacher].map((name) => join(out, name));
  expect(named.sort()).toEqual(expected.sort());
  expect(filesBelow(out).filter((name) => name.includes('.damaged-'))).toEqual([
    'models/tiny--vbpr--plain--s1.damaged-1/manifest.json',
    'models/tiny--vbpr--plain--s1.damaged-1/model.safetensors',
    'models/tiny--vbpr--plain--s1.damaged-1/recommender.safetensors',
    'runs/tiny--vbpr--ckd--s1.json.damaged-1',
    'runs/tiny--vbpr--plain--s1.json.damaged-1',
    `${teacher}.damaged-1`,
  ]);
  expect(await soundResult(out)).toEqual(whole);
});

test('a report names a damaged record and changes nothing', async () => {
  const out = join(root, 'reported');
  cpSync(join(root, 'whole'), out, { recursive: true });
  flipABit(join(out, 'runs/tiny--vbpr--ckd--s1.json'));
  const before = filesBelow(out);
  expectOneError(await runCli(['report', out]), {
    code: 'comparison/damaged-record',
    place: 'runs/tiny--vbpr--ckd--s1.json',
    expected: 'JSON of a run record',
    found: 'SHA-256',
    remedy: 'the comparison again',
  });
  expect(filesBelow(out)).toEqual(before);
});

test('compare and train refuse a folder that another process is using', async () => {
  const out = join(root, 'busy');
  mkdirSync(out);
  await withLock(join(out, '.lock'), out, async () => {
    for (const command of [
      ['compare', file, '--out', out],
      ['train', join(root, 'tiny'), '-b', 'vbpr', '-v', 'plain', '--max-epochs', '1', '--out', out],
    ])
      expectOneError(await runCli(command), {
        code: 'files/in-use',
        place: out,
        expected: 'no other process',
        found: String(process.pid),
        remedy: 'wait until it has finished',
      });
  });
  expect(filesBelow(out)).toEqual([]);
});

test('moving the folder away ends all runs with one error; once it is restored, the comparison resumes', async () => {
  const out = join(root, 'moved');
  const comparison = startCli(['compare', file, '--out', out, '--jobs', '1']);
  await until('a run is done', () => /^done /m.test(comparison.said()));
  renameSync(out, `${out}.away`);
  const result = await comparison.ended;
  expectOneError(result, {
    code: 'files/gone',
    place: out,
    expected: 'the folder',
    found: /./,
    remedy: 'moved',
  });
  expect(result.stderr).not.toContain('FAILED');
  expect(filesBelow(out)).toEqual([]);
  renameSync(`${out}.away`, out);
  await runWell(['compare', file, '--out', out]);
  expect(await soundResult(out)).toEqual(whole);
});

/** Mounting needs root. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mounts();

describe.skipIf(!canMount)('on a full disk', () => {
  test('a comparison ends with one error and nothing half-written; with space, it resumes to the same result', async () => {
    const disk = join(root, 'disk');
    const out = join(disk, 'out');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=98304', 'none', disk]);
    try {
      expectOneError(await runCli(['compare', file, '--out', out]), {
        code: 'files/no-space',
        place: out,
        expected: 'with free space',
        found: 'ENOSPC',
        remedy: 'free some space',
      });
      for (const [name, content] of await resultOf(out)) expect([name, content]).toEqual([name, whole.get(name)]);
      execFileSync('mount', ['-o', 'remount,size=50m', disk]);
      await runWell(['compare', file, '--out', out]);
      expect(await soundResult(out)).toEqual(whole);
    } finally {
      execFileSync('umount', ['--lazy', disk]);
      rmSync(disk, { recursive: true });
    }
  });
});
