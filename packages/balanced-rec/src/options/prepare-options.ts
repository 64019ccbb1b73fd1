import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { readYaml, type YamlFile } from '@balanced-rec/eval';
import type { CompleteOptions, OptionPlace, PrepareOptions } from '@balanced-rec/prepare';

/** Options as the command line gives them: those not given are not there. */
export type PrepareFlags = Partial<Record<keyof PrepareOptions, unknown>>;

/**
 * The options of a YAML file, if one is named, with those of the command line in place of its own.
 *
 * @throws BalancedRecError `prepare/missing-file`, `prepare/malformed-yaml`, `prepare/bad-option`
 */
export async function completePrepareOptions(
  flags: PrepareFlags,
  config: string | undefined,
  parse: (input: unknown, place: OptionPlace) => CompleteOptions,
): Promise<CompleteOptions> {
  const file = config === undefined ? undefined : await readYaml(config, ABOUT);
  const written = file === undefined ? {} : fromFile(file.value, config!);
  return parse(isRecord(written) ? { ...written, ...flags } : written, placeOf(flags, file));
}

const ABOUT = { subject: 'prepare', expected: 'a YAML file with the options of prepare' };

/** One name stands for a list of one; paths may start at the folder of the file. */
function fromFile(value: unknown, config: string): unknown {
  if (value === null || value === undefined) return {};
  if (!isRecord(value)) return value;
  const list = (entry: unknown) => (typeof entry === 'string' ? [entry] : entry);
  const paths = (entry: unknown) => {
    const listed = list(entry);
    return Array.isArray(listed) ? listed.map((path) => fromFolder(path, dirname(config))) : listed;
  };
  const written: Record<string, unknown> = { ...value };
  for (const key of ['interactions', 'items']) if (Object.hasOwn(value, key)) written[key] = paths(value[key]);
  for (const key of ['layout', 'columns']) if (Object.hasOwn(value, key)) written[key] = list(value[key]);
  return written;
}

/** As a comparison's datasets are found: from the current folder, or else from that of the file. */
function fromFolder(path: unknown, folder: string): unknown {
  if (typeof path !== 'string' || isAbsolute(path) || /^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return path;
  const start = path.replace(/[*?[].*$/, '');
  const isHere = existsSync(path) || (start !== path && start !== '' && existsSync(start));
  return isHere ? path : join(folder, path);
}

/** An option of the command line by its flag, one of the file by its line. */
function placeOf(flags: PrepareFlags, file: YamlFile | undefined): OptionPlace {
  return (path) => {
    const name = String(path[0] ?? '');
    const isFlag = file === undefined || Object.hasOwn(flags, name);
    return isFlag && path.length > 0 ? flagOf(name) : (file?.place(path) ?? 'balanced-rec prepare');
  };
}

function flagOf(name: string): string {
  if (name === 'interactions') return '<files>';
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
