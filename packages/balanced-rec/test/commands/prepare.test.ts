import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scratchFolder } from '@balanced-rec/tiny-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { cliCommand, expectOneError, runCli, runWell, startCli } from '../support/cli.js';

/** A log of `users` users, each rating ten of twenty items. */
function log(users: number): string {
  const lines = Array.from({ length: users * 10 }, (_, n) => {
    const [user, at] = [Math.floor(n / 10), n % 10];
    return `user ${user},${(at * 3 + user) % 20},${(at % 5) + 1},${1000 + at}`;
  });
  return `userId,movieId,stars,timestamp\n${lines.join('\n')}\n`;
}

describe('prepare', () => {
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = await scratchFolder();
    file = join(folder, 'log.csv');
    await writeFile(file, log(30));
    await writeFile(join(folder, 'items.csv'), 'movieId,title\n0,Zero\n1,One\n99,Elsewhere\n');
  });

  test('prints the chosen columns, every step and the result', async () => {
    const out = join(folder, 'shown');
    const flags = [
      '--min-rating',
      '2',
      '--item-core',
      '3',
      '--items',
      join(folder, 'items.csv'),
      '--split-by',
      'user-time',
    ];
    const { stdout, stderr } = await runWell(['prepare', file, '--item', 'movieId', ...flags, '-o', out]);
    expect(stderr).toBe('');
    expect(stdout).toContain(
      'user: userId (guessed)\nitem: movieId (named)\nrating: stars (guessed)\ntime: timestamp (guessed)\n',
    );
    expect(stdout).toMatch(/^read: 300 rows, 30 users, 20 items$/m);
    expect(stdout).toMatch(/^keep ratings of at least 2: 240 rows, 30 users, 20 items$/m);
    expect(stdout).toMatch(/^keep users with at least 1 and items with at least 3: .*, in \d+ rounds?$/m);
    expect(stdout).toContain(
      'items: 2 described, by movieId (guessed); 18 without a description; 1 rows match no item in this dataset\n',
    );
    expect(stdout).toContain(`dataset: ${out}\n`);
    expect((await readdir(out)).sort()).toEqual([
      'dataset.json',
      'items.jsonl',
      'items.tsv',
      'shown.inter',
      'users.tsv',
    ]);
  });

  test('--json prints only the record', async () => {
    const out = join(folder, 'as-json');
    const { stdout } = await runWell(['prepare', file, '--json', '-o', out]);
    expect(stdout).toBe(await readFile(join(out, 'dataset.json'), 'utf8'));
    expect(JSON.parse(stdout).unused).toEqual(['rating', 'time']);
  });

  test('reads options from YAML with paths relative to its folder, and lets flags override them', async () => {
    const config = join(folder, 'prepare.yaml');
    await writeFile(
      config,
      'interactions: log.csv\nitems: items.csv\nminRating: 3\nlayout: lattice\nseed: 4\nsplitBy: leave-one-out\n',
    );
    const out = join(folder, 'from-yaml');
    const { stdout } = await runWell(['prepare', '--config', config, '--seed', '9', '-o', out, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      seed: 9,
      splitBy: 'leave-one-out',
      layouts: ['lattice'],
      options: { minRating: 3, items: [join(folder, 'items.csv')] },
    });
  });

  test.each([
    ['minRatin: 3', 'prepare.yaml:2 (minRatin)', /minRating/, 'minRatin', 'did you mean "minRating"?'],
    ['splitBy: randm', 'prepare.yaml:2 (splitBy)', /random/, 'randm', 'did you mean "random"?'],
    ['core: none', 'prepare.yaml:2 (core)', /number/, 'none', 'correct'],
  ])('reports "%s" in YAML with its line', async (line, place, expected, found, remedy) => {
    const config = join(await scratchFolder(), 'prepare.yaml');
    await writeFile(config, `interactions: ${JSON.stringify(file)}\n${line}\n`);
    const result = await runCli(['prepare', '-c', config, '-o', join(folder, 'x')]);
    expectOneError(result, { code: 'prepare/bad-option', place, expected, found, remedy });
  });

  test.each([
    [['--ratios', '8:1'], 'prepare/bad-option', '--ratios', 'three numbers', '8:1'],
    [['--min-rating', 'good'], 'cli/bad-option', '--min-rating', 'a number', 'good'],
    [['--layout', 'mmrec,csv'], 'prepare/bad-option', '--layout', 'mmrec, lattice', 'csv'],
    [['--user', 'user'], 'prepare/no-column', /log\.csv/, '"user"', 'userId, movieId'],
  ])('refuses %j', async (flags, code, place, expected, found) => {
    const result = await runCli(['prepare', file, ...flags, '-o', join(folder, 'x')]);
    expectOneError(result, { code, place, expected, found, remedy: /./ });
    expect(await readdir(folder)).not.toContain('x');
  });

  test('without files or an output folder, says what is missing', async () => {
    const nothing = { expected: /./, found: 'nothing', remedy: /./, code: 'prepare/bad-option' };
    expectOneError(await runCli(['prepare', '-o', join(folder, 'x')]), { ...nothing, place: '<files>' });
    expectOneError(await runCli(['prepare', file]), { ...nothing, place: '--out' });
  });

  test('stops on Ctrl-C and leaves nothing behind', async () => {
    const scratch = await scratchFolder();
    await writeFile(join(scratch, 'log.csv'), log(100_000));
    const running = startCli(['prepare', join(scratch, 'log.csv'), '-o', join(scratch, 'made')]);
    while (!running.heard().includes('timestamp (guessed')) await new Promise((wake) => setTimeout(wake, 20));
    process.kill(running.child.pid!, 'SIGINT');
    const { code, stderr } = await running.ended;
    expect(stderr).toContain('error cli/interrupted\ninterrupted; nothing was written');
    expect(code).toBe(130);
    expect(await readdir(scratch)).toEqual(['log.csv']);
  });

  test('without the package installed, says how to install it', async () => {
    const elsewhere = await scratchFolder();
    await mkdir(join(elsewhere, 'project'));
    // Resolved from a folder without packages, so that it is not found, as if it were not installed.
    const hooks = `export const resolve = (specifier, context, next) =>
      next(specifier, specifier === '@balanced-rec/prepare' ? { ...context, parentURL: 'file:///nowhere/x.js' } : context);`;
    await writeFile(join(elsewhere, 'hooks.mjs'), hooks);
    await writeFile(
      join(elsewhere, 'register.mjs'),
      `import { register } from 'node:module'; register('./hooks.mjs', import.meta.url);`,
    );
    const [node, ...flags] = cliCommand;
    // Registered after the TypeScript loader, so that it runs first.
    const hooked = [...flags.slice(0, -1), '--import', join(elsewhere, 'register.mjs'), flags.at(-1)!];
    const child = spawn(node, [...hooked, 'prepare', file, '-o', join(elsewhere, 'made')], {
      cwd: join(elsewhere, 'project'),
      stdio: ['ignore', 'ignore', 'pipe'],
      // Package managers add the repository's packages to it.
      env: { ...process.env, NODE_PATH: '' },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code, stderr).toBe(1);
    expect(stderr).toMatch(/^error prepare\/not-installed$/m);
    expect(stderr).toMatch(/remedy: {3}npm install @balanced-rec\/prepare$/m);
  });
});
