import { Parser } from 'htmlparser2';
import MarkdownIt from 'markdown-it';

/** Markup that pages may use. Anything else in angle brackets is text that the writer means to be read. */
const TAGS = ['a', 'br', 'details', 'img', 'kbd', 'sub', 'summary', 'sup'];

/**
 * The texts of a Markdown page in order: one for each heading, paragraph, list entry, table cell and block of code. Equations are
 * their TeX. Whitespace is left out, because rendering does not keep it.
 */
export function sourceBlocks(markdown: string): string[] {
  const tokens = parser.parse(markdown, {});
  const texts = tokens.flatMap(({ type, content, children }) =>
    children
      ? children
          .map((token) => textOf(token.type, token.content))
          .join('')
          .split(BREAK)
      : textOf(type, content),
  );
  return texts.map(squeezed).filter((text) => text !== '');
}

/** A text without its whitespace. */
export function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, '');
}

/** Ends a text within a paragraph. */
const BREAK = '\0';

const parser = new MarkdownIt({ html: true });
parser.inline.ruler.before('escape', 'equation', (state, silent) => {
  const equation = /\$\$([^$]+)\$\$|\$(?!\s)([^$]+?)(?<!\s)\$(?!\d)/y;
  equation.lastIndex = state.pos;
  const [all, display, inline] = equation.exec(state.src) ?? [];
  if (all === undefined) return false;
  // An equation between two dollars on each side stands apart, also within a paragraph.
  if (!silent) state.push('equation', '', 0).content = inline ?? `${BREAK}${display}${BREAK}`;
  state.pos += all.length;
  return true;
});

function textOf(type: string, content: string): string {
  if (type === 'html_inline' || type === 'html_block') return htmlText(content);
  return ['text', 'code_inline', 'code_block', 'fence', 'equation'].includes(type) ? content : '';
}

/** The text of a piece of HTML, with tags that are no markup as they stand. */
function htmlText(html: string): string {
  let text = '';
  const reader = new Parser({
    ontext: (part) => {
      text += part;
    },
    onopentag: (name) => {
      if (!TAGS.includes(name)) text += `<${name}>`;
    },
  });
  reader.end(html);
  return text;
}
