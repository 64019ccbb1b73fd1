import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectOneError, runCli, runWell, startCli } from '../support/cli.js';

describe('synth', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await scratchFolder();
  });

  test('writes a dataset that passes the check, with a raw log next to it, and describes it', async () => {
    const out = join(folder, 'made');
    const flags = ['--users', '50', '--items', '40', '--per-user', '8', '--candidates', '20', '--seed', '3'];
    const dials = ['--modality', 'text:dimension=6,strength=2,speed=0.5', '-m', 'audio', '--name', 'mine'];
    const { stdout } = await runWell(['synth', out, ...flags, ...dials, '--raw', 'csv', '--gzip']);
    expect(stdout).toContain(`dataset mine in ${out}\n  50 users, 40 items\n`);
    expect(stdout).toContain('text: 6 columns, strength 2, noise 1, speed 0.5');
    expect((await readdir(out)).sort()).toEqual([
      'audio_feat.npy',
      'dataset.json',
      'mine.inter',
      'raw',
      'text_feat.npy',
    ]);
    expect(await readdir(join(out, 'raw'))).toEqual(['interactions.csv.gz', 'items.txt']);

    const { options, hash } = JSON.parse(await readFile(join(out, 'dataset.json'), 'utf8'));
    expect(options).toEqual({
      ...{ seed: 3, name: 'mine', userCount: 50, itemCount: 40, interactionsPerUser: 8, candidateCount: 20 },
      ...{ factorCount: 6, popularity: 0.5, chance: 0.7 },
      modalities: [
        { name: 'text', dimension: 6, strength: 2, noise: 1, speed: 0.5 },
        { name: 'audio', dimension: 64, strength: 1, noise: 1, speed: 1 },
      ],
    });
    const report = JSON.parse((await runWell(['check', out, '--json'])).stdout);
    expect(report).toMatchObject({ ok: true, hash, summary: { userCount: 50, itemCount: 40 } });
  });

  test('writes the bundled dataset by default', async () => {
    const { stdout } = await runWell(['synth', join(folder, 'planted'), '--json']);
    const { hash } = JSON.parse(stdout);
    const report = JSON.parse((await runWell(['check', 'examples/data/planted', '--json'])).stdout);
    expect(hash).toBe(report.hash);
  });

  test.each([
    [['--modality', 'text:dimension'], 'cli/bad-option', '--modality', /a name, ":" and numbers/, 'text:dimension'],
    [['--modality', 'text:strenght=1'], 'cli/bad-option', '--modality', /strength/, 'strenght'],
    [['--raw', 'cvs'], 'cli/bad-option', '--raw', /csv, tsv, jsonl/, 'cvs'],
    [['--gzip'], 'cli/bad-option', '--gzip', /--raw/, 'no --raw'],
    [['--chance', '-1'], 'cli/bad-option', '--chance', /at least 0/, '-1'],
    [['--per-user', '200'], 'synthetic/bad-option', 'interactionsPerUser', /from 6 to 125/, '200'],
    [['-m', 'a', '-m', 'a'], 'synthetic/bad-option', 'modalities', /unique names/, 'a, a'],
  ])('refuses %j', async (flags, code, place, expected, found) => {
    const out = join(folder, 'refused');
    const result = await runCli(['synth', out, ...flags]);
    expectOneError(result, { code, place, expected, found, remedy: /./ });
    expect(await readdir(folder)).not.toContain('refused');
  });

  test('leaves nothing behind when interrupted', async () => {
    const out = join(await scratchFolder(), 'huge');
    const cli = startCli(['synth', out, '--users', '2000000', '--items', '5000']);
    while (!cli.said().includes('users')) await new Promise((resolve) => setTimeout(resolve, 100));
    cli.child.kill('SIGINT');
    const { code, stderr } = await cli.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('error cli/interrupted\ninterrupted; nothing was written');
    expect(await readdir(join(out, '..'))).toEqual([]);
  }, 60_000);
});
