import { Parser } from 'htmlparser2';
import { squeezed } from './source-blocks.js';

/** Elements that do not end a block. */
const INLINE = ['a', 'annotation', 'br', 'code', 'em', 'img', 'kbd', 's', 'span', 'strong', 'sub', 'sup'];
/** Whether the text of an element is read: not before and after the content, nor in what VitePress adds; of an equation only its TeX. */
type State = 'outside' | 'shown' | 'equation' | 'hidden';

/**
 * The texts of a built page's content in order, as `sourceBlocks` has those of its source. What VitePress adds is left out: the
 * anchors of headings, and the language and the button of a block of code.
 * @param root the class of the element with the content
 */
export function builtBlocks(html: string, root = 'vp-doc'): string[] {
  const blocks: string[] = [];
  const states: State[] = ['outside'];
  let block = '';
  const endBlock = () => {
    blocks.push(squeezed(block));
    block = '';
  };
  const reader = new Parser({
    onopentag(name, attributes) {
      states.push(stateInside(states.at(-1)!, attributes, root));
      if (states.at(-1) === 'shown' && !INLINE.includes(name)) endBlock();
    },
    onclosetag(name) {
      if (states.pop() === 'shown' && !INLINE.includes(name)) endBlock();
    },
    ontext(text) {
      if (states.at(-1) === 'shown') block += text;
    },
  });
  reader.end(html);
  return blocks.filter((text) => text !== '');
}

type Attributes = Readonly<Record<string, string>>;

function stateInside(outer: State, { class: names = '', encoding }: Attributes, root: string): State {
  const classes = names.split(' ');
  const has = (...some: string[]) => some.some((name) => classes.includes(name));
  if (outer === 'outside') return has(root) ? 'shown' : 'outside';
  if (outer === 'equation') return encoding === 'application/x-tex' ? 'shown' : 'equation';
  if (outer === 'shown' && has('katex')) return 'equation';
  return has('header-anchor', 'lang', 'copy', 'line-numbers-wrapper') ? 'hidden' : outer;
}
