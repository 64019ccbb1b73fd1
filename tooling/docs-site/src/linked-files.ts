import { cpSync, readFileSync, statSync } from 'node:fs';
import MarkdownIt from 'markdown-it';
import { pages } from './pages.js';
import { root } from './root.js';
import { fileName, targetOf } from './site-links.js';

/** Copies the files that pages link to but that are not pages themselves to where the links point. */
export function copyLinkedFiles(publicFolder: string): void {
  const all = pages();
  const md = new MarkdownIt();
  for (const source of all.keys()) {
    const links = md.parse(readFileSync(`${root}/${source}`, 'utf8'), {}).flatMap(({ children }) => children ?? []);
    for (const link of links.filter(({ type }) => type === 'link_open')) {
      const target = targetOf(source, String(link.attrGet('href')), all);
      if (target && 'file' in target && statSync(`${root}/${target.file}`).isFile()) {
        cpSync(`${root}/${target.file}`, `${publicFolder}/files/${fileName(target.file)}`);
      }
    }
  }
}
