import { BalancedRecError, nearestName } from '@balanced-rec/errors';
import { REPORT_FORMATS, type ReportFormat, writeReport } from '@balanced-rec/report';
import type { Command } from 'commander';

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
    .action(async (folder: string, options: Options) => {
      const { text, file } = await writeReport(folder, options);
      process.stdout.write(file === undefined ? text : `report: ${file}\n`);
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
