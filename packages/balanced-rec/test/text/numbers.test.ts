import { expect, test } from 'vitest';
import { formatRate, formatSeconds } from '../../src/text/numbers.js';

test.each([
  [-1, '0s'],
  [8.4, '8s'],
  [59.6, '1m 00s'],
  [200, '3m 20s'],
  [3599.6, '1h 00m'],
  [7500, '2h 05m'],
])('%d seconds read %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test.each([
  [0, '1000 epochs/s'],
  [0.08, '13 epochs/s'],
  [0.3, '3.3 epochs/s'],
  [2.5, '2.5 s/epoch'],
  [95, '95 s/epoch'],
])('%d seconds for an epoch read %s', (seconds, text) => {
  expect(formatRate(seconds, 'epoch')).toBe(text);
});
