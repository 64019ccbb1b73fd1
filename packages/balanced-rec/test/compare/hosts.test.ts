import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { hasRedis } from '@balanced-rec/redis-process';
import { comparisonFile, filesBelow, scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type CliProcess, cliCommand, runWell } from '../support/cli.js';
import { type Host, Network, whyNoNetwork } from '../support/network.js';
import { until } from '../support/processes.js';
import { resultOf } from '../support/result.js';

const STALLED_AFTER = 2;

const KEYS = { AWS_ACCESS_KEY_ID: 'tester', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' };

/** One run, long enough to be taken over. */
const oneLongRun = `
datasets: [tiny]
backbones: [{ name: vbpr, set: { embeddingDim: 8 } }]
variants: [plain]
protocol: { name: mmrec, maxEpochs: 1200, patience: 10000 }
`;

const teachersAndStudents = oneLongRun.replace('[plain]', '[plain, ckd]').replace('1200', '30');

/** Why the tests cannot run here: they need redis-server, versitygw (an S3 server) and a network of their own. */
const missing = [
  ...(hasRedis() ? [] : ['no redis-server']),
  ...(hasVersity() ? [] : ['no versitygw']),
  ...[whyNoNetwork() ?? []].flat(),
].join('; ');
if (missing) process.stderr.write(`SKIPPED: comparisons between hosts: ${missing}\n`);

describe.skipIf(missing !== '')(
  'a comparison between hosts (skipped without network namespaces, Redis or versitygw)',
  () => {
    let root: string;
    let network: Network;
    let redis: Host;
    let s3: Host;
    let coordinator: Host;
    let hosts: readonly Host[];
    const servers: CliProcess[] = [];

    beforeAll(async () => {
      root = await scratchFolder();
      await tinyDataset(root);
      network = new Network();
      redis = network.host('redis');
      s3 = network.host('s3');
      coordinator = network.host('coordinator');
      hosts = [network.host('first'), network.host('second')];
      for (const folder of ['redis', 's3/runs']) mkdirSync(join(root, folder), { recursive: true });
      const persists = ['--dir', join(root, 'redis'), '--appendonly', 'yes', '--save', ''];
      const gateway = ['versitygw', '--access', KEYS.AWS_ACCESS_KEY_ID, '--secret', KEYS.AWS_SECRET_ACCESS_KEY];
      servers.push(
        redis.start(['redis-server', '--bind', '0.0.0.0', '--protected-mode', 'no', ...persists]),
        s3.start([...gateway, '--port', '0.0.0.0:7070', 'posix', join(root, 's3')]),
      );
      await until('Redis is ready', () => servers[0]!.heard().includes('Ready to accept connections'));
      await until('the S3 server is ready', () => s3.execute('ss', '-ltn').includes(':7070'));
    });

    afterAll(async () => {
      for (const { child } of servers) process.kill(-child.pid!, 'SIGKILL');
      await Promise.all(servers.map(({ ended }) => ended));
      network.remove();
    });

    function start(host: Host, store: string, ...args: string[]): CliProcess {
      const where = ['--queue', `redis://${redis.address}:6379/0`, '--store', `s3://runs/${store}`];
      const started = host.start([...cliCommand, ...args, ...where], {
        ...KEYS,
        AWS_ENDPOINT_URL: `http://${s3.address}:7070`,
      });
      onTestFinished(async () => {
        if (started.child.exitCode === null) process.kill(-started.child.pid!, 'SIGTERM');
        await started.ended;
      });
      return started;
    }

    const worker = (host: Host, store: string, stalledAfter = STALLED_AFTER) =>
      start(host, store, 'worker', '--data', join(root, 'tiny'), '--stalled-after', String(stalledAfter));
    const compare = (file: string, store: string) =>
      start(
        coordinator,
        store,
        'compare',
        file,
        '--out',
        join(root, 'out', store),
        '--checkpoint-every',
        '0.5',
        '--json',
      );

    /** Expects the result of one machine, and nothing left in Redis and the store but results. */
    async function expectWhole(comparison: CliProcess, store: string, whole: string) {
      const { code, stderr } = await comparison.ended;
      expect(code, stderr).toBe(0);
      expect(await resultOf(join(root, 'out', store))).toEqual(await resultOf(join(root, 'out', whole)));
      const left = () => filesBelow(join(root, 's3/runs', store)).filter((name) => !/^(results|blobs)\//.test(name));
      await until('only results are left in the store', () => left().length === 0, 60_000);
      const keys = () => redis.execute('redis-cli', 'keys', '*').split('\n');
      await until(
        'nothing is left in Redis',
        () => keys().every((key) => /^$|:(stalled-check|meta)$/.test(key)),
        60_000,
      );
      return stderr;
    }

    test('gives the result of one machine, with a worker behind a slow and lossy link', async () => {
      const file = await comparisonFile(root, teachersAndStudents, 'slow.yaml');
      await runWell(['compare', file, '--out', join(root, 'out/slow-whole'), '--jobs', '2']);
      const slow = network.host('slow');
      slow.spoil({ kilobits: 4000, lossPercent: 5 });
      const far = worker(slow, 'slow');
      await until('the far worker waits for work', () => /ESTAB/.test(redis.execute('ss', '-tn')));
      const comparison = compare(file, 'slow');
      await until('the far worker has a run', () => /^start /m.test(far.said()));
      worker(hosts[0]!, 'slow');
      await expectWhole(comparison, 'slow', 'slow-whole');
      expect(far.said()).toMatch(/^done /m);
      expect(readdirSync(join(root, 's3/runs/slow/results'))).toHaveLength(4);
    });

    describe('with a worker that is cut off', () => {
      let file: string;

      beforeAll(async () => {
        file = await comparisonFile(root, oneLongRun, 'long.yaml');
        await runWell(['compare', file, '--out', join(root, 'out/long-whole')]);
      });

      /** Begins the comparison; one worker has its run, the other waits. */
      async function begun(store: string, stalledAfter?: number) {
        const comparison = compare(file, store);
        const workers = hosts.map((host) => ({ host, process: worker(host, store, stalledAfter) }));
        const hasRun = (one: CliProcess) => /^start /m.test(one.said());
        const saved = () => filesBelow(join(root, 's3/runs', store)).some((name) => name.startsWith('states/'));
        await until('the run has saved a state', saved);
        await until('both serve', () => workers.every(({ process }) => process.said().includes('serving')));
        const [first, second] = workers.sort(
          (one, other) => Number(hasRun(other.process)) - Number(hasRun(one.process)),
        );
        return { victim: first!.host, first: first!.process, second: second!.process, comparison };
      }

      /** Cuts a host off from others, at the latest until the end of the test. */
      function cut(host: Host, others: readonly Host[]): () => void {
        const join = () => host.join(others);
        onTestFinished(join);
        for (const other of others) host.cutFrom(other);
        return join;
      }

      test('for moments, its run goes on', async () => {
        const { victim, first, second, comparison } = await begun('short', 10);
        for (const others of [[redis], [s3], [redis, s3]]) {
          const join = cut(victim, others);
          await wait(1500);
          join();
          await wait(500);
        }
        await expectWhole(comparison, 'short', 'long-whole');
        expect(first.said()).not.toMatch(/^stopped /m);
        expect(second.said()).not.toMatch(/^start /m);
      });

      test.each([
        ['redis', () => [redis]],
        ['both', () => [redis, s3]],
      ])('from %s until its run was given away, it gives the run up when it is back', async (what, from) => {
        const { victim, first, second, comparison } = await begun(`long-${what}`);
        const join = cut(victim, from());
        await until('the other worker takes the run over', () => /^start /m.test(second.said()));
        expect(second.said()).toMatch(/resumes from a checkpoint/);
        join();
        await until('it gives the run up', () => /^stopped /m.test(first.said()), 30_000);
        await expectWhole(comparison, `long-${what}`, 'long-whole');
      });

      test('from the store for long, it keeps its run and waits', async () => {
        const { victim, first, second, comparison } = await begun('long-store');
        const join = cut(victim, [s3]);
        await until('it says so', () => /retrying until it works/.test(first.said()), 90_000);
        join();
        await expectWhole(comparison, 'long-store', 'long-whole');
        expect(second.said()).not.toMatch(/^start /m);
      });

      test('and a coordinator cut off from everything for long, the comparison ends all the same', async () => {
        const { comparison } = await begun('long-coordinator');
        const join = cut(coordinator, [redis, s3]);
        await until('it says so', () => comparison.said().includes('lost the connection'), 30_000);
        join();
        await expectWhole(comparison, 'long-coordinator', 'long-whole');
      });

      test('for ever, Ctrl-C ends it and the coordinator', async () => {
        const { victim, first, comparison } = await begun('for-ever');
        const joins = [victim, coordinator].map((host) => cut(host, [redis, s3]));
        const begin = performance.now();
        for (const { child } of [first, comparison]) process.kill(-child.pid!, 'SIGINT');
        expect((await first.ended).code).toBe(0);
        expect((await comparison.ended).code).toBe(130);
        expect(performance.now() - begin).toBeLessThan(30_000);
        for (const join of joins) join();
        await expectWhole(compare(file, 'for-ever'), 'for-ever', 'long-whole');
      });
    });
  },
);

function hasVersity(): boolean {
  try {
    execFileSync('versitygw', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
