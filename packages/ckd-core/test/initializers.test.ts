import { expect, test } from 'vitest';
import { RandomGenerator, xavierNormal, xavierUniform } from '../src/backbone.js';
import { uniform } from '../src/layers/dense-layer.js';
import { onEachEngine } from './support/engines.js';

onEachEngine('initializers', () => {
  test('fill their range and draw the same values from the same state', () => {
    const values = (draw: (random: RandomGenerator) => { dataSync(): ArrayLike<number>; dispose(): void }) => {
      const tensor = draw(new RandomGenerator([1, 2, 3, 4]));
      const numbers = Array.from(tensor.dataSync());
      tensor.dispose();
      return numbers;
    };
    const bound = Math.sqrt(6 / 80);
    const drawn = values((random) => xavierUniform(50, 30, random));
    expect(drawn).toHaveLength(1500);
    expect(Math.max(...drawn.map(Math.abs))).toBeLessThanOrEqual(bound);
    expect(Math.max(...drawn)).toBeGreaterThan(0.98 * bound);
    expect(Math.min(...drawn)).toBeLessThan(-0.98 * bound);
    expect(values((random) => xavierUniform(50, 30, random))).toEqual(drawn);

    const flat = values((random) => uniform([1000], 0.25, random));
    expect(Math.max(...flat.map(Math.abs))).toBeLessThanOrEqual(0.25);
    expect(Math.max(...flat)).toBeGreaterThan(0.245);

    const normal = values((random) => xavierNormal(50, 30, random));
    const deviation = Math.sqrt(normal.reduce((sum, x) => sum + x * x, 0) / normal.length);
    expect(deviation / Math.sqrt(2 / 80)).toBeCloseTo(1, 1);
  });
});
