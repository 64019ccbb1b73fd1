import { readFile } from 'node:fs/promises';
import { BalancedRecError } from '@balanced-rec/errors';
import type { OpenModel } from '@balanced-rec/models';
import { formatRecommendations, RECOMMENDATION_FORMATS, recommendNobody, recommendUsers } from '@balanced-rec/models';
import type { Command } from 'commander';
import { badOption, commaSeparated, oneOf, positiveInteger } from '../options/option-values.js';
import { printPieces } from '../output/print-pieces.js';
import { type ModelFlags, openNamedModel, withModelOptions } from './model-options.js';

interface RecommendFlags extends ModelFlags {
  readonly users?: readonly string[];
  readonly usersFile?: string;
  readonly all?: boolean;
  readonly items?: readonly string[];
  readonly exclude?: readonly string[];
  readonly k: number;
  readonly format: string;
}

/** `balanced-rec recommend MODEL --data DIR --users 1,5,9` */
export function addRecommendCommand(program: Command): void {
  withModelOptions(program.command('recommend').description('recommend items to users with a saved model'))
    .option('-u, --users <ids>', 'ids of users, comma-separated', commaSeparated('--users'))
    .option('--users-file <file>', 'a file of user ids, one per line')
    .option('--all', 'all users')
    .option(
      '--items <ids>',
      'items someone already has: for users without training interactions, or for an unknown user',
      commaSeparated('--items'),
    )
    .option('--exclude <ids>', 'further items to exclude', commaSeparated('--exclude'))
    .option('-k, --k <n>', 'items per user', positiveInteger('--k'), 10)
    .option('--format <name>', RECOMMENDATION_FORMATS.join(', '), 'tsv')
    .action(async (folder: string, flags: RecommendFlags) => {
      checkWho(flags);
      const format = oneOf('--format', RECOMMENDATION_FORMATS)(flags.format);
      const model = await openNamedModel(folder, flags);
      const options = {
        k: flags.k,
        given: numbersOf(model, 'item', flags.items ?? [], '--items'),
        exclude: numbersOf(model, 'item', flags.exclude ?? [], '--exclude'),
      };
      const users = await usersNamed(model, flags);
      const recommendations = users ? recommendUsers(model, users, options) : [recommendNobody(model, options)];
      await printPieces(formatRecommendations(recommendations, format));
      model.recommender.dispose();
    });
}

async function usersNamed(model: OpenModel, flags: RecommendFlags): Promise<Int32Array | undefined> {
  if (flags.all) return Int32Array.from({ length: model.users.count }, (_, user) => user);
  if (flags.users !== undefined) return Int32Array.from(numbersOf(model, 'user', flags.users, '--users'));
  if (flags.usersFile === undefined) return undefined;
  const lines = (await readText(flags.usersFile)).split(/\r?\n/);
  if (lines.every((line) => line.trim() === '')) throw nobodyIn(flags.usersFile);
  return Int32Array.from(
    lines.flatMap((line, index) =>
      line.trim() === '' ? [] : [model.users.numberOf(line, 'user', `${flags.usersFile}:${index + 1}`)],
    ),
  );
}

function numbersOf(model: OpenModel, role: 'user' | 'item', ids: readonly string[], place: string): number[] {
  return ids.map((id) => model[`${role}s`].numberOf(id, role, place));
}

/** Skips a byte order mark. */
async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    throw new BalancedRecError({
      code: 'cli/unreadable-file',
      message: 'the users file cannot be read',
      place: file,
      expected: 'a text file in UTF-8 with one user per line',
      found: (cause as Error).message,
      remedy: 'check the path, and save the file as UTF-8',
      cause,
    });
  }
}

function nobodyIn(file: string): BalancedRecError {
  return badOption({
    message: 'the users file names nobody',
    place: file,
    expected: 'a text file with one user per line',
    found: 'only empty lines',
    remedy: 'check the path, or how the file was written',
  });
}

function checkWho({ users, usersFile, all, items }: RecommendFlags): void {
  const named = Object.entries({ '--users': users, '--users-file': usersFile, '--all': all });
  const found = named.filter(([, value]) => value !== undefined).map(([flag]) => flag);
  if (found.length === 1 || (found.length === 0 && items !== undefined)) return;
  throw badOption({
    message: 'specify exactly one of --users, --users-file, --all',
    place: 'balanced-rec recommend',
    expected: 'one of --users, --users-file and --all, or --items alone',
    found: found.join(', ') || 'none',
    remedy: 'see --help',
  });
}
