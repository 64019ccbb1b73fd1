import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import * as z from 'zod';

/** A location in the input: keys and indices from the root. */
export type ConfigPath = readonly PropertyKey[];

/**
 * Validates `input` against a strict schema and fills in defaults.
 * @param subject what the configuration belongs to, or a function that describes a path's location, for the error's place
 * @throws BalancedRecError `config/invalid` with the place of the first problem and the nearest valid key
 */
export function parseConfig<Schema extends z.ZodObject>(
  schema: Schema,
  input: unknown,
  subject: string | ((path: ConfigPath) => string),
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  // A misspelt key is often also reported as a missing one. The unknown key is the more useful report.
  const { issues } = result.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  const place = (path: ConfigPath) =>
    typeof subject === 'function' ? subject(path) : [subject, ...path.map(String)].join(' > ');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const valid = keysAt(schema, issue.path);
    const nearest = nearestName(key, valid);
    throw new BalancedRecError({
      code: 'config/invalid',
      message: `there is no option "${key}"`,
      place: place([...issue.path, key]),
      expected: `one of: ${valid.join(', ')}`,
      found: key,
      remedy: nearest ? `did you mean "${nearest}"?` : 'remove it, or use one of these options',
    });
  }
  const found = valueAt(input, issue.path);
  const choices = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const nearest = typeof found === 'string' ? nearestName(found, choices) : undefined;
  throw new BalancedRecError({
    code: 'config/invalid',
    message:
      found === undefined ? `the option "${issue.path.map(String).join('.')}" is missing` : 'this value is invalid',
    place: place(issue.path),
    expected:
      choices.length > 0
        ? `one of: ${choices.join(', ')}`
        : issue.message.replace(/^Invalid input: expected (.*?)(, received .*)?$/, '$1'),
    found: JSON.stringify(found) ?? 'nothing',
    remedy: nearest ? `did you mean "${nearest}"?` : 'correct the value',
  });
}

/** The keys that the schema allows in the object at `path`. */
function keysAt(schema: z.ZodType, path: ConfigPath): string[] {
  const inner = unwrap(schema);
  if (path.length === 0) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
  const [key, ...rest] = path;
  if (inner instanceof z.ZodArray) return keysAt(inner.element as z.ZodType, rest);
  if (inner instanceof z.ZodObject) return keysAt(inner.shape[String(key)] as z.ZodType, rest);
  return [];
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodOptional
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;
}

function valueAt(input: unknown, path: ConfigPath): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);
}
