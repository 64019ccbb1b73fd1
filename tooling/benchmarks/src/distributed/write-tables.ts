import { readFile, writeFile } from 'node:fs/promises';
import { type DistributedDocument, faultTable, scalingTable } from './tables.js';

const inRepository = (path: string) => new URL(`../../../../${path}`, import.meta.url);
const guide = inRepository('docs/distributed.md');

/** Writes the tables of the recorded measurement into the guide, between its markers. */
const measured: DistributedDocument = JSON.parse(
  await readFile(inRepository('tooling/benchmarks/results/distributed-quickstart.json'), 'utf8'),
);
let text = await readFile(guide, 'utf8');
for (const [name, table] of [
  ['faults', faultTable(measured)],
  ['scaling', scalingTable(measured)],
] as const) {
  const marked = new RegExp(`(<!-- ${name}: .*? -->\n)[^]*?(\n<!-- end of ${name} -->)`);
  text = text.replace(marked, (_, begin: string, end: string) => `${begin}\n${table}\n${end}`);
}
await writeFile(guide, text);
