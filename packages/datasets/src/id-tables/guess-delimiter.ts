/** Tried in this order. `::` is MovieLens's. */
const CANDIDATES = ['\t', ',', '::', ';', '|'];

/**
 * The delimiter that splits a line into the wanted number of fields, otherwise into the most. A comma if the line has none of
 * them.
 */
export function guessDelimiter(line: string, quote = '"', wanted?: number): string {
  const counted = CANDIDATES.map((delimiter) => ({ delimiter, count: splitFields(line, delimiter, quote).length }));
  const fitting = counted.find(({ count }) => count === wanted);
  if (fitting !== undefined) return fitting.delimiter;
  const most = counted.reduce((best, one) => (one.count > best.count ? one : best));
  return most.count > 1 ? most.delimiter : ',';
}

/** The fields of one line. */
export function splitFields(line: string, delimiter: string, quote: string): string[] {
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; ) {
    if (quote !== '' && line[at] === quote) {
      const isDoubled = isQuoted && line[at + 1] === quote;
      if (isDoubled) field += quote;
      else isQuoted = !isQuoted;
      at += isDoubled ? 2 : 1;
    } else if (!isQuoted && line.startsWith(delimiter, at)) {
      fields.push(field);
      field = '';
      at += delimiter.length;
    } else {
      field += line[at++];
    }
  }
  return [...fields, field];
}
