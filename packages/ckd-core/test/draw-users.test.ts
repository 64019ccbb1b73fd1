import { expect, test } from 'vitest';
import { RandomGenerator } from '../src/index.js';
import { drawUsers } from '../src/training/samplers.js';

test('candidates are as they were after a draw, so that a draw depends on the generator alone', () => {
  const candidates = Int32Array.from({ length: 50 }, (_, n) => 3 * n);
  const random = new RandomGenerator([1, 2, 3, 4]);
  drawUsers(candidates, 50, random);
  const { state } = random;
  const drawn = drawUsers(candidates, 20, random);
  expect([...candidates]).toEqual(Array.from({ length: 50 }, (_, n) => 3 * n));
  expect(new Set(drawn).size).toBe(20);
  random.state = state;
  expect(drawUsers(candidates, 20, random)).toEqual(drawn);
});
