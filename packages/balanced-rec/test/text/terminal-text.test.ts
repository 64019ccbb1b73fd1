import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { pad, shortenEnd, shortenMiddle } from '../../src/text/terminal-text.js';

const names = ['tiktok/vbpr/ckd seed 1', '推荐系统/vbpr/plain seed 12', 'e\u0301te\u0301/👩‍👩‍👧/plain', '🇨🇭🇨🇭🇨🇭', ''];

test.each(names)('shortens and pads %s to any width without splitting characters', (name) => {
  for (let width = 0; width <= stringWidth(name) + 2; width++) {
    for (const shorten of [shortenMiddle, shortenEnd]) {
      const short = shorten(name, width);
      expect(stringWidth(short)).toBeLessThanOrEqual(width);
      expect(short.replaceAll(/[^👩👧\u200d]/gu, '')).toMatch(/^(👩‍👩‍👧)?$/u);
      for (const align of ['start', 'end'] as const) expect(stringWidth(pad(short, width, align))).toBe(width);
    }
    if (width >= stringWidth(name)) expect(shortenMiddle(name, width)).toBe(name);
  }
});

test('keeps both ends of names, and the start of other texts', () => {
  expect(shortenMiddle('planted/vbpr/plain seed 1', 15)).toBe('planted… seed 1');
  expect(shortenEnd('planted/vbpr/plain seed 1', 9)).toBe('planted/…');
});
