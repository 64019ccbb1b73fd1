/** What a help text writes plainly and Markdown shows as code: flags, addresses, and words with a `<placeholder>`. */
const CODE = /(?<![\w-])--[a-z][\w-]*|[^\s(,]*<[^>]*>[^\s),]*|\b\w+:\/\/[\w/:.-]*/g;

/** A help text as Markdown. Code spans stay, a page in `docs` becomes a link, and nothing else is taken for markup. */
export function markdownOf(text: string): string {
  return text
    .replaceAll(/`[^`]*`|[^`]+/g, (part) => (part.startsWith('`') ? part : part.replaceAll(CODE, '`$&`')))
    .replaceAll(/`[^`]*`|[^`]+/g, (part) => (part.startsWith('`') ? part : escaped(part)));
}

/** A help text as a sentence. */
export function sentenceOf(text: string): string {
  const markdown = markdownOf(text);
  return `${markdown.charAt(0).toUpperCase()}${markdown.slice(1)}${markdown.endsWith('.') ? '' : '.'}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\*<>[\]]|\b_|_\b/g, '\\$&').replaceAll(/\bdocs\/([\w-]+\.md)\b/g, '[docs/$1]($1)');
}
