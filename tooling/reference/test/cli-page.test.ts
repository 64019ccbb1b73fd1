import { Command, Option } from 'commander';
import { expect, test } from 'vitest';
import { cliPage } from '../src/cli-page.js';
import { markdownOf } from '../src/help-text.js';

/** The rows of the page's tables, with single spaces. */
function rowsOf(add: (command: Command) => void): string[] {
  const program = new Command('shop');
  add(program.command('sell').description('sell things'));
  const lines = cliPage(program).split('\n');
  return lines.filter((line) => line.startsWith('| `')).map((line) => line.replaceAll(/ +/g, ' '));
}

test('shows flags, addresses and placeholders as code, and nothing as markup', () => {
  expect(markdownOf('with --out, as <id>.jpg in s3://BUCKET, or `a --b`')).toBe(
    'with `--out`, as `<id>.jpg` in `s3://BUCKET`, or `a --b`',
  );
  expect(markdownOf('a * b < c [d] _e_ (docs/f.md)')).toBe('a \\* b \\< c \\[d\\] \\_e\\_ ([docs/f.md](f.md))');
});

test('takes a default from the description, or from commander', () => {
  const rows = rowsOf((command) =>
    command
      .option('--a <n>', 'first (default: all)')
      .option('--b <n>', 'second (repeatable; default: a few)')
      .option('--c <n>', 'third', '3')
      .option('--no-d', 'fourth')
      .requiredOption('--e <n>', 'fifth')
      .addOption(new Option('--f <x>', 'sixth').choices(['g', 'h']))
      .option('--i <n>', 'ninth (default: 9); more is slow'),
  );
  expect(rows).toEqual([
    '| `--a <n>` | first | all |',
    '| `--b <n>` | second (repeatable) | a few |',
    '| `--c <n>` | third | `3` |',
    '| `--no-d` | fourth | |',
    '| `--e <n>` | fifth | required |',
    '| `--f <x>` | sixth: `g`, `h` | |',
    '| `--i <n>` | ninth; more is slow | `9` |',
  ]);
});

test('lists arguments, and escapes pipes', () => {
  const rows = rowsOf((command) => command.argument('<a>', 'x|y').argument('[b...]', 'default: none'));
  expect(rows).toEqual(['| `<a>` | x\\|y | required |', '| `[b...]` | | `none` |']);
});

test('lists subcommands below their command', () => {
  const program = new Command('shop');
  program.command('till').description('tills').command('open').description('open a till');
  expect(cliPage(program)).toMatch(
    /\n## till\n[\s\S]*\n### till open\n\nOpen a till\.\n\n```text\nshop till open \[options\]\n/,
  );
});
