import { existsSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CliProcess, expectOneError, runCli, runWell, startCli } from '../support/cli.js';
import { edit } from '../support/data.js';
import { isRunning, until, workersOf } from '../support/processes.js';
import { expectRefused } from '../support/refused.js';
import { resultOf } from '../support/result.js';

const yaml = `
datasets: [tiny]
backbones: [{ name: vbpr, set: { embeddingDim: 8 } }]
variants: [plain, ckd]
protocol: { name: mmrec, maxEpochs: 2 }
`;
/** Runs that never end on their own. */
const endless = yaml.replace('maxEpochs: 2', 'maxEpochs: 10000000, patience: 10000000');

let root: string;
let file: string;

beforeAll(async () => {
  root = await scratchFolder();
  await tinyDataset(root);
  file = await comparisonFile(root, yaml);
});

/** Kills a process and everything it started, without warning. */
async function killGroup({ child, ended }: CliProcess): Promise<void> {
  process.kill(-child.pid!, 'SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
}

describe('a killed comparison', () => {
  let whole: Map<string, string>;

  beforeAll(async () => {
    await runWell(['compare', file, '--out', join(root, 'whole')]);
    whole = await resultOf(join(root, 'whole'));
  });

  test('resumes from the finished runs every time, and ends as if nothing had happened', async () => {
    const out = join(root, 'killed');
    const start = () => startCli(['compare', file, '--out', out, '--jobs', '1']);
    for (const moment of [/^start /m, /^done /m, /^start .*only:text/m, /^start .*\/ckd/m]) {
      const comparison = start();
      await until(`it says ${moment}`, () => moment.test(comparison.said()));
      await killGroup(comparison);
    }
    const kept = filesBelow(out).filter((name) => name.startsWith('runs/') && name.endsWith('.json'));
    const { stderr } = await start().ended;
    expect(stderr).toContain(`${kept.length} finished already and kept`);
    expect(stderr.match(/^start /gm)).toHaveLength(4 - kept.length);
    expect(await resultOf(out)).toEqual(whole);
  });

  test('killed while writing: half-written files are neither read nor kept', async () => {
    const out = join(root, 'half');
    await cp(join(root, 'whole'), out, { recursive: true });
    // No process has this id: it exceeds what the system assigns.
    const halves = ['runs/tiny--vbpr--ckd--s1.json.tmp-99999999-1', 'teachers/abc.safetensors.tmp-99999999-2'];
    for (const name of halves) await writeFile(join(out, name), '{"format": 1, "id": "tin');
    await mkdir(join(out, 'models/tiny--vbpr--ckd--s1.tmp-99999999-3'));
    await writeFile(join(out, 'models/tiny--vbpr--ckd--s1.tmp-99999999-3/model.safetensors'), 'half');
    // A write in progress by a live process.
    const foreign = `runs/other.json.tmp-${process.pid}-1`;
    await writeFile(join(out, foreign), 'half');
    await runWell(['compare', file, '--out', out]);
    expect(filesBelow(out)).toEqual([...whole.keys(), foreign].sort());
  });

  test('is refused with --no-resume, and nothing changes', async () => {
    const before = await resultOf(join(root, 'whole'));
    expectOneError(await runCli(['compare', file, '--out', join(root, 'whole'), '--no-resume']), {
      code: 'comparison/folder-in-use',
      place: join(root, 'whole'),
      expected: 'no runs',
      found: /runs\/tiny--vbpr/,
      remedy: '--resume',
    });
    expect(await resultOf(join(root, 'whole'))).toEqual(before);
  });

  test('is reported if another version wrote it', async () => {
    const out = join(root, 'older');
    await cp(join(root, 'whole'), out, { recursive: true });
    await edit(join(out, 'runs/tiny--vbpr--ckd--s1.json'), (text) =>
      text.replace(/\n "sha256": .*\n "format": 2/, '\n "format": 1'),
    );
    await expectRefused(
      { file, out },
      {
        code: 'comparison/other-format',
        place: 'runs/tiny--vbpr--ckd--s1.json',
        expected: 'format 2',
        found: 'format 1',
        remedy: 'delete the file',
      },
    );
  });

  test.each([
    {
      what: 'protocol',
      from: 'maxEpochs: 2',
      to: 'maxEpochs: 3',
      key: 'protocol.maxEpochs',
      expected: '3',
      found: '2',
    },
    { what: 'backbone', from: 'Dim: 8', to: 'Dim: 9', key: 'backbone.embeddingDim', expected: '9', found: '8' },
    { what: 'metrics', from: 'datasets', to: 'cutoffs: [5]\ndatasets', key: 'recall@5', expected: '', found: 'none' },
    {
      what: 'distillation',
      from: 'datasets',
      to: 'distillation: { lambda: 1 }\ndatasets',
      key: 'lambda',
      expected: '1',
      found: '5',
    },
  ])('does not resume with another $what', async ({ what, from, to, key, expected, found }) => {
    const other = await comparisonFile(root, yaml.replace(from, to), `other-${what}.yaml`);
    const before = await resultOf(join(root, 'whole'));
    const out = join(root, 'whole');
    await expectRefused(
      { file: other, out },
      {
        code: 'comparison/other-settings',
        place: out,
        expected: new RegExp(`${key}.*${expected}`),
        found,
        remedy: '--out',
      },
    );
    expect(await resultOf(join(root, 'whole'))).toEqual(before);
  });

  test('does not resume with other settings on the command line either', async () => {
    const other = await comparisonFile(root, yaml.replace('maxEpochs: 2', 'maxEpochs: 4'), 'longer.yaml');
    const result = await runCli(['compare', other, '--out', join(root, 'whole')]);
    expectOneError(result, {
      code: 'comparison/other-settings',
      place: join(root, 'whole'),
      expected: 'protocol.maxEpochs = 4',
      found: '2',
      remedy: '--out',
    });
    expect(result.stderr).toContain('holds run tiny--vbpr--plain--s1 with other settings');
  });

  test('does not resume on other data with the same name', async () => {
    const other = join(root, 'elsewhere');
    await tinyDataset(other, { seed: 2 });
    const moved = await comparisonFile(other, yaml.replace('[tiny]', `[${join(other, 'tiny')}]`));
    await expectRefused(
      { file: moved, out: join(root, 'whole') },
      {
        code: 'comparison/other-settings',
        place: join(root, 'whole'),
        expected: 'data = ',
        found: /[0-9a-f]{64}/,
        remedy: '--out',
      },
    );
  });
});

describe('processes', () => {
  test.each([0, 2500])('workers exit when their coordinator is killed %d ms after they start', async (delay) => {
    const long = await comparisonFile(root, endless, `orphans-${delay}.yaml`);
    const comparison = startCli(['compare', long, '--out', join(root, `orphans-${delay}`), '--jobs', '2']);
    await until('two workers run', () => workersOf(comparison.child.pid!).length === 2);
    await new Promise((resolve) => setTimeout(resolve, delay));
    const workers = workersOf(comparison.child.pid!);
    expect(workers).toHaveLength(2);
    process.kill(comparison.child.pid!, 'SIGKILL');
    await until('no worker is left', () => !workers.some(isRunning));
    await comparison.ended;
    // No process holds the lock: the next one takes it over.
    expect(filesBelow(join(root, `orphans-${delay}`))).toEqual(['.lock']);
  });

  test('a killed worker fails only its run, and the same command makes up for it', async () => {
    const out = join(root, 'worker');
    const comparison = startCli(['compare', file, '--out', out, '--jobs', '1']);
    await until('a worker runs', () => workersOf(comparison.child.pid!).length === 1);
    for (const worker of workersOf(comparison.child.pid!)) process.kill(worker, 'SIGKILL');
    const killed = await comparison.ended;
    expect(killed.code).toBe(1);
    expect(killed.stderr).toMatch(
      /^FAILED tiny\/vbpr\/plain seed 1: .*the process of this run ended without a result$/m,
    );
    expect(killed.stderr).toMatch(/found: {4}SIGKILL$/m);
    expect(killed.stderr).toMatch(/^error comparison\/failed-runs$/m);
    expect(killed.stderr).toContain('1 of 4 runs did not finish');
    expect(existsSync(join(out, 'report.html'))).toBe(true);
    const { stderr } = await runWell(['compare', file, '--out', out]);
    expect(stderr).toContain('3 finished already and kept');
    expect(await resultOf(out)).toEqual(await resultOf(join(root, 'whole')));
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a comparison promptly and cleanly', async (signal) => {
    const long = await comparisonFile(root, endless, `${signal}.yaml`);
    const comparison = startCli(['compare', long, '--out', join(root, signal), '--jobs', '2']);
    await until('two workers run', () => workersOf(comparison.child.pid!).length === 2);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const workers = workersOf(comparison.child.pid!);
    // A terminal sends Ctrl-C to the whole group, `kill` a signal to one process.
    process.kill(signal === 'SIGINT' ? -comparison.child.pid! : comparison.child.pid!, signal);
    // npm and tsx may forward it a second time.
    await new Promise((resolve) => setTimeout(resolve, 2));
    process.kill(comparison.child.pid!, signal);
    const { code, signal: endedBy, stderr } = await comparison.ended;
    // The second signal may arrive after Node.js has removed its handlers; then it ends the process itself.
    expect([130, signal], stderr).toContain(code ?? endedBy);
    expect(stderr).toMatch(/^error cli\/interrupted$/m);
    expect(stderr).toContain('finished runs are kept');
    expect(stderr).not.toContain('FAILED');
    expect(workers.some(isRunning)).toBe(false);
    expect(filesBelow(join(root, signal))).toEqual([]);
  });

  test('Ctrl-C stops training and leaves nothing half-written', async () => {
    const out = join(root, 'train');
    const training = startCli([
      'train',
      join(root, 'tiny'),
      '-b',
      'vbpr',
      '-v',
      'plain',
      '--out',
      out,
      '--max-epochs',
      '9999999',
      '--set',
      'embeddingDim=4',
      '--set',
      'regWeight=0',
    ]);
    await until('it trains', () => /epoch/.test(training.said()));
    process.kill(-training.child.pid!, 'SIGINT');
    const { code, stderr } = await training.ended;
    expect(code, stderr).toBe(130);
    expect(filesBelow(out)).toEqual([]);
  });
});
