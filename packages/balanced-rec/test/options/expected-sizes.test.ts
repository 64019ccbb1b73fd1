import { join } from 'node:path';
import { scratchFolder, tinyDataset } from '@balanced-rec/tiny-data';
import { describe, expect, test } from 'vitest';
import { expectedSizes } from '../../src/options/expected-sizes.js';
import { expectOneError, repository, runCli, runWell } from '../support/cli.js';
import { edit } from '../support/data.js';

const planted = join(repository, 'examples/data/planted');
const check = (...args: string[]) => runCli(['check', planted, ...args]);

describe('check --expect', () => {
  test('confirms every matching size', async () => {
    const sizes = 'users=300,items=250,interactions=5919,train=4705,validation=607,test=607,image=96';
    const { stdout } = await runWell(['check', planted, '--expect', sizes]);
    expect(stdout).toContain('as expected: users 300\nas expected: items 250\nas expected: interactions 5919\n');
    expect(stdout).toContain('as expected: image 96\nno problems\n');
  });

  test('names each mismatch, and fails', async () => {
    const result = await check('--expect', 'users=300,items=251', '--expect', 'image=4096');
    expect(result.stdout).toContain('as expected: users 300\nNOT AS EXPECTED: items 250, not 251\n');
    expectOneError(result, {
      code: 'dataset/not-as-expected',
      place: planted,
      expected: 'items=251, image=4096',
      found: 'items=250, image=96',
      remedy: 'the right folder',
    });
  });

  test('suggests the nearest name for one that the dataset does not have', async () => {
    const result = await check('--expect', 'user=300');
    expectOneError(result, {
      code: 'dataset/not-as-expected',
      place: planted,
      expected: 'user=300',
      found: 'user=missing',
      remedy: 'did you mean "users"?',
    });
  });

  test('--json has the sizes field by field', async () => {
    const { code, stdout } = await check('--expect', 'users=300,audio=128', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      expected: [
        { name: 'users', expected: 300, found: 300, ok: true },
        { name: 'audio', expected: 128, found: null, ok: false },
      ],
    });
    expect(JSON.parse((await check('--json')).stdout)).not.toHaveProperty('expected');
  });

  test("reports the dataset's problems first", async () => {
    const bad = await tinyDataset(await scratchFolder());
    await edit(join(bad, 'tiny.inter'), (text) => text.split('\n').with(2, '0\tx\t0').join('\n'));
    const result = await runCli(['check', bad, '--expect', 'users=1']);
    expect(result.stdout).toContain('NOT AS EXPECTED: users');
    expectOneError(result, {
      code: 'dataset/has-problems',
      place: bad,
      expected: 'no problems',
      found: 'bad-id',
      remedy: '',
    });
  });

  test('refuses a malformed size before reading anything', async () => {
    const result = await runCli(['check', 'nowhere', '--expect', 'users=19,445']);
    expect(result.stdout).toBe('');
    expectOneError(result, {
      code: 'cli/bad-option',
      place: '--expect',
      expected: 'users=19445',
      found: '"445"',
      remedy: 'without separators',
    });
  });
});

describe('expectedSizes', () => {
  const parse = expectedSizes('--expect');

  test('combines repeated options', () => {
    expect(parse('items=2, users = 1', parse('image=3'))).toEqual({ image: 3, items: 2, users: 1 });
    expect(parse('users=1,users=1')).toEqual({ users: 1 });
  });

  test.each(['', 'users', 'users=', '=1', 'users=-1', 'users=1.5', 'users=1e3', 'users=1,', 'users=99999999999999999'])(
    'refuses %j',
    (text) => expect(() => parse(text)).toThrow(/this is not a size/),
  );

  test('refuses two sizes for one name', () => {
    expect(() => parse('users=1,users=2')).toThrow(/two different sizes for "users"/);
    expect(() => parse('users=2', parse('users=1'))).toThrow(/two different sizes/);
  });
});
