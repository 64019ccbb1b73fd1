import GithubSlugger from 'github-slugger';
import MarkdownIt from 'markdown-it';

/** The contents of the fenced code blocks in one language. */
export function codeBlocks(markdown: string, language: string): string[] {
  const fences = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...markdown.matchAll(fences)].map(([, code]) => code!);
}

/** The commands in the shell blocks, one per line, in order. A backslash at the end of a line joins it with the next. */
export function shellCommands(markdown: string): string[] {
  return codeBlocks(markdown, 'sh')
    .flatMap((block) => block.replaceAll(/\\\n */g, '').split('\n'))
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The cells of the table whose header starts with `heading`, without the header row. */
export function tableRows(markdown: string, heading: string): string[][] {
  const lines = markdown.split('\n');
  const start = lines.findIndex((line) => line.replaceAll(' ', '').startsWith(`|${heading}|`));
  const rows = start < 0 ? [] : lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end < 0 ? rows.length : end).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The targets of links and images, as written. */
export function linkTargets(markdown: string): string[] {
  return inlineTokens(markdown).flatMap((token) => token.attrGet('href') ?? token.attrGet('src') ?? []);
}

/** The anchors of the headings, as GitHub and the documentation site generate them. */
export function anchors(markdown: string): Set<string> {
  const slugger = new GithubSlugger();
  const tokens = parser.parse(markdown, {});
  const headings = tokens.filter((_, index) => tokens[index - 1]?.type === 'heading_open');
  return new Set(headings.map(({ children }) => slugger.slug(children!.map(({ content }) => content).join(''))));
}

const parser = new MarkdownIt();

function inlineTokens(markdown: string) {
  return parser.parse(markdown, {}).flatMap(({ children }) => children ?? []);
}
