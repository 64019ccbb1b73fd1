import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BalancedRecError } from '@balanced-rec/errors';
import { scratchFolder } from '@balanced-rec/tiny-data';
import type { Command, Option } from 'commander';
import { beforeAll, describe, expect, test } from 'vitest';
import { createProgram } from '../../src/program.js';
import { expectOneError, runCli } from '../support/cli.js';
import { trainedModel } from '../support/trained-model.js';

/** An empty variable in a script must not select nobody, everybody, or the current folder. */
describe('empty values', () => {
  let root: string;
  let data: string;
  let model: string;

  beforeAll(async () => {
    root = await scratchFolder();
    ({ data, model } = await trainedModel(root));
  });

  const commands = createProgram().commands.flatMap((command) => [command, ...command.commands]);
  const options = commands.flatMap((command) =>
    command.options.filter(({ flags }) => /[<[]/.test(flags)).map((option) => [command, option] as const),
  );

  /** What the command needs besides: any text, since nothing is read before the empty value is refused. */
  const needed = (command: Command, except?: Option) => [
    ...command.registeredArguments.filter(({ required }) => required).map(() => 'x'),
    ...command.options
      .filter((option) => option.mandatory && option !== except)
      .flatMap(({ long }) => [long!, long === '--store' || long === '--queue' ? 'redis://nowhere' : 'x']),
  ];
  const pathOf = (command: Command): string[] =>
    command.parent?.parent ? [...pathOf(command.parent), command.name()] : [command.name()];

  const errorOf = async (args: readonly string[]) => {
    const program = createProgram();
    const error = await program.parseAsync(args, { from: 'user' }).catch((thrown: unknown) => thrown);
    return error instanceof BalancedRecError ? error.details : error;
  };

  test.each(options.map(([command, option]) => [pathOf(command).join(' '), option.long!, command, option] as const))(
    '%s %s',
    async (_, name, command, option) => {
      for (const value of ['', ...(['--delimiter', '--quote'].includes(name) ? [] : ['  '])]) {
        const details = await errorOf([...pathOf(command), ...needed(command, option), name, value]);
        expect(details).toMatchObject({ code: 'cli/bad-option', place: name, found: JSON.stringify(value) });
        expect(details).toMatchObject({ message: /./, expected: /./, remedy: /./ });
      }
    },
  );

  // Commander itself refuses what is not among an argument's choices.
  const withArguments = commands.filter(({ registeredArguments: [first] }) => first && !first.argChoices);
  test.each(withArguments.map((command) => [pathOf(command).join(' '), command] as const))(
    '%s with an empty argument',
    async (_, command) => {
      const rest = needed(command).slice(command.registeredArguments.filter(({ required }) => required).length);
      const details = await errorOf([...pathOf(command), '', ...rest]);
      expect(details).toMatchObject({ code: 'cli/bad-option', found: '""' });
    },
  );

  test.each([
    ['--users', ' , '],
    ['--users', '1,,2'],
    ['--users', '1,'],
    ['--items', ','],
    ['--exclude', ' ,1'],
    ['--observed', 'text,'],
    ['--seen', ',train'],
  ])('a list with an empty entry: %s "%s"', async (name, value) => {
    const who = name === '--users' ? [] : ['--users', '1'];
    const details = await errorOf(['recommend', model, ...who, name, value]);
    expect(details).toMatchObject({ code: 'cli/bad-option', place: name, found: JSON.stringify(value) });
  });

  test('a users file with only empty lines', async () => {
    const file = join(root, 'nobody.txt');
    for (const text of ['', '\n\n', ' \r\n\t\n']) {
      await writeFile(file, text);
      const result = await runCli(['recommend', model, '--users-file', file, '-e', 'wasm']);
      expectOneError(result, {
        ...{ code: 'cli/bad-option', place: file, expected: 'one user per line', found: 'only empty lines' },
        remedy: 'check the path',
      });
      expect(result.stdout).toBe('');
    }
  });

  test('the real command refuses them before it writes', async () => {
    const out = join(root, 'nothing');
    const result = await runCli(['export', model, '--data', data, '--format', '', '--out', out]);
    expect(result.stderr).toMatch(/^error cli\/bad-option\n--format: /);
    expect([result.code, existsSync(out)]).toEqual([1, false]);
  });
});
