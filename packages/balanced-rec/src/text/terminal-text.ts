import { styleText } from 'node:util';
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter();

/** The text in as many columns of a terminal, with spaces after it, or before it where it is aligned to the end. */
export function pad(text: string, width: number, align: 'start' | 'end' = 'start'): string {
  const spaces = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'start' ? text + spaces : spaces + text;
}

/** The text in at most `width` columns; what does not fit is left out at the end. */
export function shortenEnd(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  return width < 1 ? '' : `${take(segments(text), width - 1).join('')}…`;
}

/** The text in at most `width` columns; what does not fit is left out in the middle, since names differ at both ends. */
export function shortenMiddle(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  if (width < 1) return '';
  const all = segments(text);
  const end = take(all.toReversed(), Math.floor((width - 1) / 2)).toReversed();
  const start = take(all, width - 1 - stringWidth(end.join('')));
  return `${start.join('')}…${end.join('')}`;
}

function segments(text: string): string[] {
  return [...graphemes.segment(text)].map(({ segment }) => segment);
}

/** As many from the start as fit. */
function take(segments: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const segment of segments) {
    used += stringWidth(segment);
    if (used > width) break;
    taken.push(segment);
  }
  return taken;
}

/** Colours for what words say already. */
export interface TextStyle {
  good(text: string): string;
  bad(text: string): string;
  faint(text: string): string;
}

const plain: TextStyle = { good: (text) => text, bad: (text) => text, faint: (text) => text };

// Whether the stream is a terminal is asked below; styleText itself would ask about stdout.
const style = (format: 'green' | 'red' | 'dim') => (text: string) => styleText(format, text, { validateStream: false });
const coloured: TextStyle = { good: style('green'), bad: style('red'), faint: style('dim') };

/** Colours on a terminal, unless the user wants none (https://no-color.org). */
export function textStyle(output: { readonly isTTY?: boolean }, { NO_COLOR }: NodeJS.ProcessEnv): TextStyle {
  return output.isTTY && !NO_COLOR ? coloured : plain;
}
