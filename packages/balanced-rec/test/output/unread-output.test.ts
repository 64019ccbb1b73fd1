import { mkdirSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RandomStreams } from '@balanced-rec/ckd-core';
import { comparisonFile, scratchFolder } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, startCli } from '../support/cli.js';
import { until } from '../support/processes.js';
import { resultOf } from '../support/result.js';
import { runInShell } from '../support/shell.js';
import { trainedModel } from '../support/trained-model.js';

const NOTE = 'note: standard output was closed; the command goes on without it\n';
/** Linux has a device that is always full. */
const hasFull = process.platform === 'linux';
const SEED = 20261201;

let root: string;
let data: string;
let model: string;
/** The working commands as shell lines that write to `out`. */
let works: Readonly<Record<string, (out: string) => string>>;

beforeAll(async () => {
  root = await scratchFolder();
  ({ data, model } = await trainedModel(root));
  const comparison = await comparisonFile(
    root,
    'datasets: [tiny]\nbackbones: [{ name: vbpr, set: { embeddingDim: 8 } }]\nvariants: [plain]\nprotocol: { name: mmrec, maxEpochs: 3 }\nengine: wasm\n',
  );
  const log = join(root, 'log.csv');
  const rows = Array.from({ length: 300 }, (_, n) => `u${Math.floor(n / 10)},i${(n * 7) % 40},${n}`);
  await writeFile(log, `user_id,item_id,timestamp\n${rows.join('\n')}\n`);
  const vectors = join(data, 'text_feat.npy');
  const small = '-b vbpr -v plain -p mmrec --max-epochs 2 --set embeddingDim=8 -e wasm';
  works = {
    'compare --json': (out) => `cli compare ${comparison} --json --out ${out}`,
    compare: (out) => `cli compare ${comparison} --out ${out}`,
    train: (out) => `cli train ${data} ${small} --out ${out}`,
    prepare: (out) => `cli prepare ${log} --name tiny --split-by user-time --out ${out}`,
    synth: (out) => `cli synth ${out} --users 40 --items 30 --per-user 7 --json`,
    features: (out) => `cp -r ${data} ${out}; cli features ${out} --encoder none --vectors ${vectors} --modality sound`,
    export: (out) => `cli export ${model} --format npy --out ${out}`,
  };
});

let folders = 0;

/** Runs a working command in a folder of its own. Returns how it ended, with what it left there. */
async function runWork(name: string, redirection: string) {
  const folder = join(root, `at-${++folders}`);
  mkdirSync(folder);
  const result = await runInShell(`${works[name]!(join(folder, 'out'))} ${redirection}`);
  const left = [...(await resultOf(join(folder, 'out')))];
  const untimed = left.map(([file, content]) => [file, content.replace(/"(date|seconds)": [^,\n]*/g, '')]);
  return { ...result, beside: readdirSync(folder), left: new Map(untimed as [string, string][]) };
}

const read = new Map<string, ReturnType<typeof runWork>>();

/** The same command with a reader that stays. */
function undisturbed(name: string): ReturnType<typeof runWork> {
  if (!read.has(name)) read.set(name, runWork(name, ''));
  return read.get(name)!;
}

describe('a command that works', () => {
  const redirections: [name: string, redirection: string][] = [
    ['compare --json', '| head -n 3'],
    ['prepare', '| true'],
    ['train', '| true'],
    ['synth', '2>&1 | true'],
    ['prepare', '>&- 2>&-'],
    ...(hasFull ? ([['export', '2> /dev/full']] as [string, string][]) : []),
  ];
  test.each(redirections)('%s %s: ends as if it were read', async (name, redirection) => {
    const { code, stderr, beside, left } = await runWork(name, redirection);
    expect(code, stderr).toBe(0);
    expect(beside).toEqual(['out']);
    expect(left).toEqual((await undisturbed(name)).left);
    expect(stderr).not.toMatch(/^ +at |Error/m);
    const isTold = redirection.startsWith('|');
    expect(stderr.split(NOTE).length - 1).toBe(isTold ? 1 : 0);
  });

  test.each(['synth', 'compare --json'])(
    '%s > /dev/full: does its work, and then ends with one error',
    async (name) => {
      const { beside, left, ...result } = await runWork(name, '> /dev/full');
      expectOneError(result, {
        ...{ code: 'files/no-space', place: 'standard output', expected: 'can be written', found: 'ENOSPC' },
        remedy: 'its work is done',
      });
      expect(result.stderr).toMatch(/^warning: cannot write to standard output \(ENOSPC/m);
      expect(beside).toEqual(['out']);
      expect(left).toEqual((await undisturbed(name)).left);
    },
  );

  test.skipIf(!hasFull)('its own error comes first', async () => {
    const { code, stderr } = await runInShell(`cli train ${join(root, 'nowhere')} -b vbpr --out ${root}/x > /dev/full`);
    expect(code).toBe(1);
    expect(stderr.match(/^error .*/gm)).toEqual(['error dataset/missing-folder']);
  });

  test('ends as if it were read, whenever its readers leave', async () => {
    const random = new RandomStreams(SEED).stream('readers');
    const draw = (count: number) => Math.floor(random.unit() * count);
    for (const name of Object.keys(works)) {
      const whole = await undisturbed(name);
      for (const streams of ['', '2>&1']) {
        const redirection = `${streams} | head -c ${draw(whole.stdout.length + whole.stderr.length + 1)} > /dev/null`;
        const { code, stderr, beside, left } = await runWork(name, redirection);
        const what = `${name} ${redirection}\n${stderr}`;
        expect([code, beside], what).toEqual([0, ['out']]);
        expect(stderr, what).not.toMatch(/^ +at |Error/m);
        for (const [file, content] of whole.left) expect(left.get(file) === content, `${file} of ${what}`).toBe(true);
      }
    }
  });
});

test('a service goes on when nobody reads its log', async () => {
  const service = startCli(['serve', model, '--port', '0']);
  await until('it listens', () => service.heard().endsWith('\n'));
  for (const stream of [service.child.stdout, service.child.stderr]) stream!.destroy();
  for (let request = 0; request < 3; request++)
    expect((await fetch(`${service.heard().trim()}/healthz`)).status).toBe(200);
  service.child.kill('SIGTERM');
  expect((await service.ended).code).toBe(0);
});

describe('a command that only prints', () => {
  const lines = () => ({
    check: `cli check ${data} --no-probe`,
    'recommend --all': `cli recommend ${model} --all -k 20`,
    evaluate: `cli evaluate ${data} --model ${model} -e wasm`,
    doctor: 'cli doctor',
    help: 'cli --help',
    version: 'cli --version',
    'help of a command': 'cli help train',
  });
  const names = ['check', 'recommend --all', 'evaluate', 'doctor', 'help', 'version', 'help of a command'] as const;

  test.each(names)('%s | head: ends as if it were read, without a word', async (name) => {
    for (const reader of ['true', 'head -n 1']) {
      const { code, stderr } = await runInShell(`${lines()[name]} | ${reader}`);
      expect([code, stderr]).toEqual([0, '']);
    }
  });

  test.skipIf(!hasFull).each(names)('%s > /dev/full: one error', async (name) => {
    expectOneError(await runInShell(`${lines()[name]} > /dev/full`), {
      ...{ code: 'files/no-space', place: 'standard output', expected: 'can be written', found: 'ENOSPC' },
      remedy: 'free some space',
    });
  });

  test('a file that takes only the start of the output is full too', async () => {
    // bash counts in blocks of 1024 bytes.
    const limited = `ulimit -f 1; cli check ${data} --json --no-probe > ${join(root, 'short.json')}`;
    expectOneError(await runInShell(limited), {
      ...{ code: 'files/no-space', place: 'standard output', expected: 'can be written', found: 'EFBIG' },
      remedy: 'free some space',
    });
  });

  test('an output that cannot be written for another reason: one error', async () => {
    expectOneError(await runInShell(`cli check ${data} --no-probe 1< /dev/null`), {
      ...{ code: 'files/failed', place: 'standard output', expected: 'can be written', found: 'EBADF' },
      remedy: 'print to another place',
    });
  });

  test('a verdict does not depend on the reader', async () => {
    expect((await runInShell(`cli check ${join(root, 'nowhere')} | true`)).code).toBe(1);
  });
});
