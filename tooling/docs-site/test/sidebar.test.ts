import { expect, test } from 'vitest';
import { pages } from '../src/pages.js';
import { contents } from '../src/sidebar.js';

const listed = contents.flatMap(({ pages }) => pages.map((entry) => (typeof entry === 'string' ? entry : entry[0])));

test('every page of docs is in the sidebar', () => {
  const written = [...pages().keys()].filter((source) => /^docs\/[^/]+\.md$/.test(source));
  expect(written.length).toBeGreaterThan(20);
  expect(written.filter((source) => !listed.includes(source))).toEqual([]);
});

test('every entry of the sidebar is a page, once', () => {
  expect(listed.filter((source) => !pages().has(source.split('#')[0]!))).toEqual([]);
  expect(new Set(listed).size).toBe(listed.length);
});

test('no two sources are the same page', () => {
  expect(new Set(pages().values()).size).toBe(pages().size);
});
