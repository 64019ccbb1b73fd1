import { styleText } from 'node:util';
import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter();

/** Pads the text to `width` terminal columns, with spaces after it, or before it if aligned to the end. */
export function pad(text: string, width: number, align: 'start' | 'end' = 'start'): string {
  const spaces = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'start' ? text + spaces : spaces + text;
}

/** Shortens the text to at most `width` columns by cutting its end. */
export function shortenEnd(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  return width < 1 ? '' : `${take(segments(text), width - 1).join('')}…`;
}

/** Shortens the text to at most `width` columns by cutting its middle, since names differ at both ends. */
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

/** The leading segments that fit into `width` columns. */
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

/** Colours; they only repeat what the words already say. */
export interface TextStyle {
  good(text: string): string;
  bad(text: string): string;
  faint(text: string): string;
}

const plain: TextStyle = { good: (text) => text, bad: (text) => text, faint: (text) => text };

// `textStyle` below checks whether the stream is a terminal; styleText itself would check stdout.
const style = (format: 'green' | 'red' | 'dim') => (text: string) => styleText(format, text, { validateStream: false });
const coloured: TextStyle = { good: style('green'), bad: style('red'), faint: style('dim') };

/** Colours on a terminal, unless the user has turned them off (https://no-color.org). */
export function textStyle(output: { readonly isTTY?: boolean }, { NO_COLOR }: NodeJS.ProcessEnv): TextStyle {
  return output.isTTY && !NO_COLOR ? coloured : plain;
}
