import { styleText } from 'node:util';

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
