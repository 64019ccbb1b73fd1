import type { Ids } from '@balanced-rec/ckd-core';

/** A field of a tab-separated table, in quotes where it needs to be. */
export function quotedField(value: string | number): string {
  const text = String(value);
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The number of each user or item, which is its row, and what it is called. */
export function idTable(ids: Ids, column: string): string {
  const lines = Array.from({ length: ids.count }, (_, number) => `${number}\t${quotedField(ids.idOf(number))}\n`);
  return `id\t${column}\n${lines.join('')}`;
}
