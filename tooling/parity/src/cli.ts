import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { BalancedRecError } from '@balanced-rec/errors';
import { type EngineName, loadEngine } from '@balanced-rec/tfjs-kernels';
import { checkFixture } from './check-fixture.js';
import { passes, type Quantity } from './comparison.js';
import { readFixture } from './fixture.js';

const usage = 'usage: pnpm parity --fixtures DIR [--engine auto|gpu|native|wasm|cpu]';

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { fixtures: { type: 'string' }, engine: { type: 'string', default: 'wasm' } },
  });
  if (!values.fixtures) {
    console.error(usage);
    return 2;
  }
  const engine = await loadEngine(values.engine as EngineName);
  console.log(`engine ${engine.name}: ${engine.reason}`);
  let [passed, failed] = [0, 0];
  const skipped: string[] = [];
  for (const path of await fixtureFiles(values.fixtures)) {
    const name = basename(path, '.json');
    try {
      const fixture = await readFixture(path);
      const quantities = checkFixture(fixture);
      if (!quantities) {
        skipped.push(name);
        console.log(`skip ${name}: the model "${fixture.model}" is not supported yet`);
        continue;
      }
      for (const quantity of quantities) {
        if (passes(quantity)) passed++;
        else failed++;
        console.log(line(name, quantity));
      }
    } catch (error) {
      failed++;
      console.log(`FAIL ${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  if (skipped.length > 0) console.log(`${skipped.length} skipped: ${skipped.join(', ')}`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

async function fixtureFiles(folder: string): Promise<string[]> {
  const fail = (found: string, cause?: unknown): never => {
    throw new BalancedRecError({
      code: 'parity/no-fixtures',
      message: 'this folder has no fixtures',
      place: folder,
      expected: 'a folder of *.json fixtures',
      found,
      remedy: 'pass the folder of fixtures with --fixtures DIR',
      cause,
    });
  };
  const names = await readdir(folder).catch((cause: unknown) => fail(String(cause), cause));
  const fixtures = names.filter((name) => name.endsWith('.json')).sort();
  return fixtures.length > 0 ? fixtures.map((name) => join(folder, name)) : fail('no *.json file');
}

function line(fixture: string, { name, error, tolerance }: Quantity): string {
  const verdict = error <= tolerance ? 'ok  ' : 'FAIL';
  return `${verdict} ${fixture} ${name}: error ${error.toExponential(2)}, tolerance ${tolerance.toExponential(0)}`;
}

/** Whether this is the error parseArgs throws for an unknown option. */
function isUsageError(error: unknown): error is TypeError {
  return error instanceof TypeError && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
}

try {
  process.exitCode = await main();
} catch (error) {
  if (isUsageError(error)) console.error(`${error.message}\n${usage}`);
  else console.error(error instanceof BalancedRecError ? error.message : error);
  process.exitCode = 2;
}
