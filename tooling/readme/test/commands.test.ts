import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../../../packages/balanced-rec/src/program.js';
import { documents, root } from '../src/documents.js';
import { commandsNotRun, exceptionOf, unused } from '../src/exceptions.js';
import { shellCommands } from '../src/markdown.js';

/** Those of README.md are run by its own test. */
const commands = documents()
  .filter(({ path }) => path !== 'README.md')
  .flatMap(({ path, text }) => shellCommands(text).map((command) => ({ path, text: command })));
const run = commands.filter(({ path, text }) => exceptionOf(commandsNotRun, path, text) === undefined);

const cwd = mkdtempSync(join(tmpdir(), 'commands-'));
const bin = join(cwd, 'bin');
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

beforeAll(() => {
  cpSync(join(root, 'examples/data/planted'), join(cwd, 'data/mine'), { recursive: true });
  mkdirSync(bin);
  const tsx = pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href;
  const node = [process.execPath, '--conditions=@balanced-rec/source', '--import', tsx].join(' ');
  writeFileSync(join(bin, 'balanced-rec'), `#!/bin/sh\nexec ${node} ${root}/packages/balanced-rec/src/cli.ts "$@"\n`);
  // From anywhere: `pnpm balanced-rec` and `npx balanced-rec` are the command itself.
  for (const runner of ['pnpm', 'npx']) writeFileSync(join(bin, runner), '#!/bin/sh\nexec "$@"\n');
  for (const program of ['balanced-rec', 'pnpm', 'npx']) chmodSync(join(bin, program), 0o755);
});

test('no exception is left over', () => expect(unused(commandsNotRun, commands)).toEqual([]));

describe('runs', () => {
  test.each(run)(
    '$path: $text',
    async ({ text }) => {
      const env = { ...process.env, PATH: [bin, process.env.PATH].join(delimiter) };
      const failure = await new Promise((resolve) => {
        execFile('sh', ['-c', text], { cwd, env }, (error, stdout, stderr) => resolve(error && `${stdout}\n${stderr}`));
      });
      expect(failure).toBeNull();
    },
    120_000,
  );
});

describe('asks for what there is', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  /** The options of each command. */
  const options = new Map(
    createProgram().commands.map((command) => [command.name(), command.options.map(({ long }) => long)]),
  );
  const ours = commands.filter(({ text }) => /^(?:(?:npx|pnpm) )?balanced-rec /.test(text));
  const installs = commands.filter(({ text }) => /^npm install (?:@|balanced-rec\b)/.test(text));
  const ofScripts = commands.filter(({ text }) => /^pnpm (?!balanced-rec|install)/.test(text));

  test.each(ours)('$path: $text', ({ text }) => {
    const [, name] = /balanced-rec ([a-z]+)/.exec(text)!;
    expect([...options.keys()]).toContain(name);
    expect(options.get(name!)).toEqual(expect.arrayContaining(text.match(/(?<= )--[a-z-]+/g) ?? []));
  });

  test.each(ofScripts)('$path: $text', ({ text }) => {
    expect(Object.keys(scripts)).toContain(text.split(' ')[1]);
  });

  test.each(installs)('$path: $text', ({ text }) => {
    const published = documents().map(({ text }) => /^# (@balanced-rec\/.*|balanced-rec)$/m.exec(text)?.[1]);
    expect(published).toEqual(expect.arrayContaining(text.split(' ').slice(2)));
  });
});
