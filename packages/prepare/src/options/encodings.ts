import { TextDecoder } from 'node:util';

/** Names that the WHATWG's list of encodings does not have, or that say less than the file itself. */
const ALIASES: Readonly<Record<string, string>> = { 'latin-1': 'windows-1252' };

/** The decoder of an encoding; undefined if there is none of that name. */
export function decoderOf(encoding: string): TextDecoder | undefined {
  try {
    return new TextDecoder(ALIASES[encoding.toLowerCase()] ?? encoding, { fatal: true });
  } catch {
    return undefined;
  }
}
