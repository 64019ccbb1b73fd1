/** The contents of a text's fenced code blocks in one language. */
export function codeBlocks(markdown: string, language: string): string[] {
  const fences = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...markdown.matchAll(fences)].map(([, code]) => code!);
}

/** The commands of its shell blocks, one a line, in order. */
export function shellCommands(markdown: string): string[] {
  return codeBlocks(markdown, 'sh')
    .flatMap((block) => block.split('\n'))
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** The cells of the table whose header starts with `heading`, without its header. */
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

/** Targets of links and pictures that are files of the repository. */
export function fileLinks(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^https?:/.test(target));
}
