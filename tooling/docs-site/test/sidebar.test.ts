import { expect, test } from 'vitest';
import { pages } from '../src/pages.js';
import { contents } from '../src/sidebar.js';

const listed = contents.flatMap(({ pages }) => pages.map((entry) => (typeof entry === 'string' ? entry : entry[0])));

test('lists every page in docs', () => {
  const written = [...pages().keys()].filter((source) => /^docs\/[^/]+\.md$/.test(source));
  expect(written.length).toBeGreaterThan(20);
  expect(written.filter((source) => !listed.includes(source))).toEqual([]);
});

test('lists only existing pages, each once', () => {
  expect(listed.filter((source) => !pages().has(source.split('#')[0]!))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test('no two sources map to the same page', () => {
  expect(new Set(pages().values()).size).toBe(pages().size);
});
