import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { readYaml, type YamlFile } from '@balanced-rec/eval';
import type { CompleteOptions, OptionPlace, PrepareOptions } from '@balanced-rec/prepare';

/** Options from the command line; those not given are absent. */
export type PrepareFlags = Partial<Record<keyof PrepareOptions, unknown>>;

/**
 * Merges the options of a YAML file, if one is named, with those of the command line, which take precedence.
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

/** A single name counts as a list of one. Paths may be relative to the file's folder. */
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

/** Resolves a path as a comparison does: from the current folder, or else from the file's. */
function fromFolder(path: unknown, folder: string): unknown {
  if (typeof path !== 'string' || isAbsolute(path) || /^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return path;
  const start = path.replace(/[*?[].*$/, '');
  const isHere = existsSync(path) || (start !== path && start !== '' && existsSync(start));
  return isHere ? path : join(folder, path);
}

/** Locates an option from the command line by its flag, and one from the file by its line. */
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
