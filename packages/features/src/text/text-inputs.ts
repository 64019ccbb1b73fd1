import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { Fault, type Input, type Inputs } from '../items/item-inputs.js';
import { type ItemTable, readColumns } from '../items/read-columns.js';
import { cleanText } from './clean-text.js';

/** Where the items' texts are. */
export interface TextSource {
  /** The columns, joined in this order. */
  readonly columns: readonly string[];
  /** The table with the columns. Default: the dataset's own item list. */
  readonly items?: ItemTable | undefined;
}

/**
 * Returns the items' cleaned texts, short ones first, because a batch of texts of equal length needs no padding.
 *
 * @throws BalancedRecError `text/not-text`, and the errors of `readColumns`
 */
export async function textInputs(folder: string, source: TextSource): Promise<Inputs<string>> {
  const { items, place, values, notes } = await readColumns(folder, source.columns, source.items);
  const faults = new Map<number, Fault>();
  const texts: { row: number; text: string }[] = [];
  for (const [row, found] of values.entries()) {
    const text = found && cleanText(found, `${place}: item ${JSON.stringify(items.ids[row])}`);
    if (text === undefined) faults.set(row, new Fault('missing', `not in ${basename(place)}`));
    else if (text === '') faults.set(row, new Fault('empty', `no text in ${source.columns.join(', ')}`));
    else texts.push({ row, text });
  }
  texts.sort((one, other) => one.text.length - other.text.length || one.row - other.row);
  return {
    ids: items.ids,
    inputs: texts.map(inputOf),
    faults,
    source: { items: basename(place), columns: source.columns },
    notes,
  };
}

function inputOf({ row, text }: { row: number; text: string }): Input<string> {
  return { row, stamp: createHash('sha256').update(text).digest('base64'), read: async () => text };
}
