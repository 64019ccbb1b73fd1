import { join } from 'node:path';
import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { writeFileAtomically } from '@balanced-rec/files';
import type { Command } from 'commander';
import { allRecords } from '../comparison/all-records.js';
import { readNote } from '../comparison/comparison-note.js';
import { REPORT_FORMATS, type ReportFormat, renderReport } from '../comparison/render-report.js';
import { RunStore } from '../comparison/run-store.js';
import { summarize } from '../report/summarize.js';

interface Options {
  readonly format: ReportFormat;
  readonly out?: string;
}

/** `balanced-rec report DIR` */
export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('write the report of finished runs anew, without running anything')
    .argument('<dir>', 'the output folder of a comparison')
    .option('-f, --format <format>', REPORT_FORMATS.join(', '), formatOf, 'html')
    .option('-o, --out <file>', 'where to write it (default: report.html in the folder; other formats: stdout)')
    .action(async (folder: string, { format, out }: Options) => {
      const store = new RunStore(folder);
      const records = await allRecords(store);
      const note = await readNote(folder);
      const text = renderReport(format, {
        ...note,
        ...{ records, summary: summarize(records), search: await store.findSearch() },
      });
      const file = out ?? (format === 'html' ? join(folder, 'report.html') : undefined);
      if (file === undefined) {
        process.stdout.write(text);
        return;
      }
      await writeFileAtomically(file, text);
      process.stdout.write(`report: ${file}\n`);
    });
}

function formatOf(text: string): ReportFormat {
  const known = REPORT_FORMATS.find((format) => format === text);
  if (known) return known;
  const nearest = nearestName(text, REPORT_FORMATS);
  throw new BalancedRecError({
    code: 'cli/bad-option',
    message: 'there is no such format',
    place: '--format',
    expected: `one of: ${REPORT_FORMATS.join(', ')}`,
    found: JSON.stringify(text),
    remedy: nearest ? `did you mean "${nearest}"?` : 'name one of these formats',
  });
}
