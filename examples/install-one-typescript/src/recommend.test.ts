import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('recommend.js', import.meta.url));
const output = execFileSync(process.execPath, [script], { encoding: 'utf8' });

test('three users get ten items each', () => {
  const lists = [...output.matchAll(/^list: (.+)$/gm)].map((match) => match[1]!.split(' '));
  assert.deepEqual(
    lists.map((list) => new Set(list).size),
    [10, 10, 10],
  );
});

test('the lists contain more of the test split than by chance', () => {
  const [found, chance] = /^test Recall@10: (0\.\d+); by chance (0\.\d+)$/m.exec(output)!.slice(1).map(Number);
  assert.ok(found! > 1.5 * chance!, output);
});
