import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BlobStore, connect, openStore, postNotice, readNotices, TaskQueue } from '@balanced-rec/queue';
import { hasRedis, RedisProcess } from '@balanced-rec/redis-process';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type CliProcess, expectOneError, runCli, runWell, startCli } from '../support/cli.js';
import { until } from '../support/processes.js';
import { resultOf } from '../support/result.js';

const yaml = `
datasets: [tiny]
backbones: [{ name: vbpr, set: { embeddingDim: 8 } }]
variants: [plain, ckd]
protocol: { name: mmrec, maxEpochs: 25, patience: 1000 }
`;

/** For tests that are not about recovery. */
const short = yaml.replace(', ckd', '').replace('maxEpochs: 25', 'maxEpochs: 2');

/** For tests that end it. */
const long = yaml.replace('maxEpochs: 25', 'maxEpochs: 400');

let root: string;
let file: string;
let shortFile: string;
let longFile: string;
let redis: RedisProcess;

describe.skipIf(!hasRedis())('a comparison through a queue (skipped without redis-server)', () => {
  beforeAll(async () => {
    root = await scratchFolder();
    await tinyDataset(root);
    file = await comparisonFile(root, yaml);
    shortFile = await comparisonFile(root, short, 'short.yaml');
    longFile = await comparisonFile(root, long, 'long.yaml');
    await runWell(['compare', file, '--out', join(root, 'whole'), '--jobs', '2']);
    redis = await RedisProcess.start(join(root, 'redis'));
  });

  afterAll(() => redis.kill());

  const where = (store: string) => ['--queue', redis.url, '--store', join(root, store)];
  const compare = (out: string, store: string, of = file) =>
    startCli(['compare', of, '--out', join(root, out), ...where(store), '--checkpoint-every', '0.05', '--json']);

  function worker(store: string, ...more: string[]): CliProcess {
    const started = startCli([
      'worker',
      ...where(store),
      '--data',
      join(root, 'tiny'),
      '--stalled-after',
      '2',
      ...more,
    ]);
    onTestFinished(async () => {
      started.child.kill('SIGTERM');
      await started.ended;
    });
    return started;
  }

  test('two workers, one killed during a run, and a killed coordinator give the same result as one machine', async () => {
    const first = compare('queued', 'store');
    const victim = worker('store');
    worker('store');
    await until(
      'the victim has reported epochs',
      () => /^start /m.test(victim.said()) && /"epoch":/.test(first.heard()),
    );
    process.kill(-victim.child.pid!, 'SIGKILL');
    process.kill(-first.child.pid!, 'SIGKILL');
    const { code, stdout, stderr } = await compare('queued', 'store').ended;
    expect(code, stderr).toBe(0);
    expect(await resultOf(join(root, 'queued'))).toEqual(await resultOf(join(root, 'whole')));
    const finished = [...stdout.matchAll(/"type":"finished".*?"id":"(.*?)"/g)].map(([, id]) => id);
    expect(new Set(finished).size).toBe(finished.length);
    expect(readdirSync(join(root, 'store/states'))).toEqual([]);
    expect(readdirSync(join(root, 'store/results'))).toHaveLength(4);
    await until('nothing of it is left in Redis', () => jobsLeft().length === 0);
    // Asking again returns the stored results without any work.
    const again = await compare('again', 'store').ended;
    expect(again.stdout).not.toContain('"type":"started"');
    expect(await resultOf(join(root, 'again'))).toEqual(await resultOf(join(root, 'whole')));
  });

  test('a failing run blocks the runs that wait for it, and leaves nothing in Redis', async () => {
    const failing = await comparisonFile(
      root,
      yaml.replace('maxEpochs: 25', 'maxEpochs: 2, learningRate: 1e30'),
      'bad.yaml',
    );
    worker('bad-store');
    const { code, stdout, stderr } = await compare('bad', 'bad-store', failing).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('error comparison/failed-runs');
    expect(stdout).toMatch(/"type":"failed".*"code":"training\/diverged"/);
    expect(stdout).toMatch(/"type":"blocked".*ckd--s1/);
    await until('nothing of it is left in Redis', () => jobsLeft().length === 0);
  });

  test('a worker goes on when nobody reads what it says', async () => {
    const unread = worker('unread-store');
    for (const stream of [unread.child.stdout, unread.child.stderr]) stream!.destroy();
    const { code, stderr } = await compare('unread', 'unread-store', shortFile).ended;
    expect(code, stderr).toBe(0);
    expect(unread.child.exitCode).toBe(null);
  });

  test('Ctrl-C leaves the queue as it is', async () => {
    const comparison = compare('left', 'left-store', shortFile);
    const store = await openStore(join(root, 'left-store'));
    await until('it is posted', () => redis.keys().some((key) => key.endsWith(':open')));
    await until('it is planned', () => comparison.heard().includes('"type":"planned"'));
    process.kill(-comparison.child.pid!, 'SIGINT');
    const { code, stderr } = await comparison.ended;
    expect(code, stderr).toBe(130);
    expect(stderr).toContain('the runs stay in the queue');
    await refusals(store);
    const { code: second } = await (async () => {
      worker('left-store');
      return compare('left', 'left-store', shortFile).ended;
    })();
    expect(second).toBe(0);
  });

  test('a Redis that answers with errors is refused at the start, and waited for in the middle', async () => {
    const memory = (bytes: string) => redis.ask('config', 'set', 'maxmemory', bytes);
    onTestFinished(() => void memory('0'));
    memory('1');
    const refusal = {
      code: 'queue/not-writable',
      place: '127.0.0.1',
      expected: 'free memory',
      found: 'OOM',
      remedy: 'maxmemory',
    };
    expectOneError(await runCli(['compare', file, '--out', join(root, 'full'), ...where('full-store')]), refusal);
    expectOneError(await runCli(['worker', ...where('full-store'), '--data', join(root, 'tiny')]), refusal);
    memory('0');
    const served = worker('full-store');
    const comparison = compare('full', 'full-store');
    await until('a run has epochs', () => /"epoch":/.test(comparison.heard()));
    // A replica without its primary refuses what only reads too.
    redis.ask('config', 'set', 'replica-serve-stale-data', 'no');
    redis.ask('replicaof', '127.0.0.1', '1');
    onTestFinished(() => void redis.ask('replicaof', 'no', 'one'));
    await until('both say so', () => [served, comparison].every((one) => one.said().includes('answers')));
    const other = compare('other', 'full-store', shortFile);
    expect((await other.ended).stderr).toContain('error queue/not-writable');
    redis.ask('replicaof', 'no', 'one');
    const { code, stderr } = await comparison.ended;
    expect(code, stderr).toBe(0);
    expect(await resultOf(join(root, 'full'))).toEqual(await resultOf(join(root, 'whole')));
    expect(stderr.match(/accepts commands again/g)).toHaveLength(1);
  });

  test('cancel ends workers’ runs and the coordinator, and leaves only finished results', async () => {
    const cancel = (...args: string[]) => runCli(['cancel', ...args, ...where('cancelled-store')]);
    expect((await cancel()).stdout).toBe('nothing is queued\n');
    const served = worker('cancelled-store');
    const comparison = compare('cancelled', 'cancelled-store', longFile);
    await until('a teacher is done, and its student has epochs', () =>
      /"type":"finished".*"epoch":/s.test(comparison.heard()),
    );
    const { stdout } = await cancel();
    const [, id] = /^([0-9a-f]{16}) {2}tiny, queued 20/.exec(stdout)!;
    expectOneError(await cancel('other'), {
      ...{ code: 'queue/which-comparison', place: 'other', expected: 'id or title', found: id!, remedy: 'lists' },
    });
    expectOneError(await runCli(['cancel', id!, ...where('foreign-store')]), {
      ...{ code: 'queue/other-store', place: 'tiny', expected: 'compare', found: 'foreign-store', remedy: '--store' },
    });
    expect((await cancel(id!)).stdout).toMatch(/^cancelled tiny; finished results stay/);
    expectOneError(await comparison.ended, {
      ...{ code: 'queue/cancelled', place: 'tiny', expected: 'queued', found: 'unfinished', remedy: 'same command' },
    });
    await until('the worker has dropped its run', () => /^stopped .*tiny is over/ms.test(served.said()));
    const left = () => filesBelow(join(root, 'cancelled-store')).filter((name) => !/^(blobs|results)\//.test(name));
    await until('only results are left in the store', () => left().length === 0);
    await until('nothing of it is left in Redis', () => jobsLeft().length === 0);
    expect(readdirSync(join(root, 'cancelled-store/results')).length).toBeGreaterThan(0);
    expect((await cancel()).stdout).toBe('nothing is queued\n');
  });

  test('cancel works without coordinator and workers, and by title', async () => {
    const comparison = compare('alone', 'alone-store', shortFile);
    await until('it is planned', () => comparison.heard().includes('"type":"planned"'));
    process.kill(-comparison.child.pid!, 'SIGKILL');
    await comparison.ended;
    await runWell(['cancel', 'tiny', ...where('alone-store')]);
    expect(jobsLeft()).toEqual([]);
    expect(filesBelow(join(root, 'alone-store'))).toEqual([]);
  });

  /** The keys that remain, except for short-lived ones that expire on their own or with the workers. */
  function jobsLeft(): string[] {
    return redis.keys().filter((key) => !/:(stalled-check|meta)$/.test(key));
  }

  /** Expects that workers that cannot serve the queue are refused, and that this changes nothing in the queue. */
  async function refusals(store: BlobStore): Promise<void> {
    const client = await connect(redis.url, () => {});
    const [[name, notice]] = [...(await readNotices(client))] as [[string, { versions: Record<string, string> }]];
    const keys = redis.keys();
    const other = await tinyDataset(join(root, 'elsewhere'), { seed: 2 });
    const refused = (...args: string[]) => runCli(['worker', ...args]);
    expectOneError(await refused(...where('left-store'), '--data', other), {
      ...{ code: 'queue/other-data', place: '--data', expected: /hash [0-9a-f]{12}/, found: other, remedy: 'copy' },
    });
    expectOneError(await refused(...where('foreign-store'), '--data', join(root, 'tiny')), {
      ...{ code: 'queue/other-store', place: 'tiny', expected: 'compare', found: 'foreign-store', remedy: '--store' },
    });
    await postNotice(client, name, { ...notice, versions: { ...notice.versions, node: '18.0.0' } });
    expectOneError(await refused(...where('left-store'), '--data', join(root, 'tiny')), {
      ...{
        code: 'queue/other-version',
        place: 'tiny',
        expected: 'node 18.0.0',
        found: /node \d/,
        remedy: 'same versions',
      },
    });
    await postNotice(client, name, { ...notice, packages: ['./evil.js'] });
    expectOneError(await refused(...where('left-store'), '--data', join(root, 'tiny')), {
      ...{
        code: 'queue/package-not-allowed',
        place: 'tiny',
        expected: 'no packages',
        found: './evil.js',
        remedy: '--package',
      },
    });
    await postNotice(client, name, notice);
    client.disconnect();
    expect(redis.keys().sort()).toEqual(keys.sort());
    expect(await store.get('results/none')).toBeUndefined();
  }

  test('a worker fails an invalid task and continues', async () => {
    const served = worker('hostile-store');
    const comparison = compare('hostile', 'hostile-store', shortFile);
    const client = await connect(redis.url, () => {});
    onTestFinished(() => client.disconnect());
    await until('it serves', () => served.said().includes('serving'));
    const [name] = [...(await readNotices(client)).keys()];
    const queue = new TaskQueue(client, name!, { started: () => {}, progress: () => {} });
    onTestFinished(() => queue.close());
    await queue.ensure([{ key: 'evil', after: [], priority: 1, payload: { out: '/etc', format: 1 } }], new Set());
    await vi.waitFor(async () => expect(await queue.state('evil')).toMatchObject({ status: 'failed' }), {
      timeout: 100_000,
      interval: 100,
    });
    expect(await queue.state('evil')).toMatchObject({ reason: expect.stringContaining('queue/bad-task') });
    expect((await comparison.ended).code).toBe(0);
  });

  test.each([
    { args: ['--queue', 'redis://127.0.0.1:1'], found: 'no --store', place: '--store' },
    { args: ['--store', 'x'], found: 'no --queue', place: '--queue' },
    { args: ['--queue', 'redis://127.0.0.1:1', '--store', 'x', '--jobs', '2'], found: '2', place: '--jobs' },
  ])('compare with $args is refused', async ({ args, found, place }) => {
    const out = join(root, 'never');
    const result = await runCli(['compare', file, '--out', out, ...args]);
    expectOneError(result, { code: 'cli/bad-option', place, expected: '--', found, remedy: '' });
    expect(filesBelow(out)).toEqual([]);
  });
});
