import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { data } from './two-tastes.js';

const output = execFileSync(process.execPath, ['recommend.js'], { cwd: import.meta.dirname, encoding: 'utf8' });
const lists = [...output.matchAll(/^user (\d+): (.+)$/gm)].map(([, user, items]) => ({
  user: Number(user),
  items: items.split(' ').map(Number),
}));

test('four users get ten items each, none from their training items', () => {
  assert.equal(lists.length, 4);
  for (const { user, items } of lists) {
    const had = data.train.items.slice(data.train.offsets[user], data.train.offsets[user + 1]);
    assert.equal(new Set(items).size, 10);
    assert.deepEqual(
      items.filter((item) => had.includes(item)),
      [],
    );
  }
});

test('the recommended items match their taste', () => {
  for (const { user, items } of lists) assert.ok(items.filter((item) => item % 2 === user % 2).length >= 9, output);
});
