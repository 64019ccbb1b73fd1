import { BalancedRecError } from '@balanced-rec/errors';
import { compare } from '@balanced-rec/eval';
import { expect } from 'vitest';
import type { ErrorParts } from './cli.js';

const nothing = () => {};

/** Expects that a comparison is refused before it starts, with an error that has all its parts. */
export async function expectRefused(
  { packages = [], ...files }: { readonly file: string; readonly out: string; readonly packages?: readonly string[] },
  { code, ...parts }: ErrorParts,
): Promise<void> {
  const listener = {
    planned: () => expect.unreachable('it was planned'),
    ...{ event: nothing, started: nothing, finished: nothing, tried: nothing, failed: nothing, stopped: nothing },
  };
  const error = await compare({ ...files, packages, jobs: 1, checkpointSeconds: 30, command: '', listener }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(BalancedRecError);
  const { details } = error as BalancedRecError;
  expect(details.code).toBe(code);
  for (const [name, part] of Object.entries(parts)) expect(details[name as keyof typeof parts], name).toMatch(part);
}
