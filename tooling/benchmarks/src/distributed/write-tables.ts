import { readFile, writeFile } from 'node:fs/promises';
import { type DistributedDocument, faultTable, scalingTable } from './tables.js';

const inRepository = (path: string) => new URL(`../../../../${path}`, import.meta.url);
const guide = inRepository('docs/distributed.md');

/** Puts the tables of the kept measurement into the guide, between the marks that stand there. */
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
