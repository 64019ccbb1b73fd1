import { REPORT_FORMATS, type ReportFormat, writeReport } from '@balanced-rec/report';
import type { Command } from 'commander';
import { oneOf } from '../options/option-values.js';

interface ReportFlags {
  readonly format: ReportFormat;
  readonly out?: string;
}

/** `balanced-rec report DIR` */
export function addReportCommand(program: Command): void {
  program
    .command('report')
    .description('rewrite the report from finished runs, without running anything')
    .argument('<dir>', 'the output folder of a comparison')
    .option('-f, --format <format>', REPORT_FORMATS.join(', '), oneOf('--format', REPORT_FORMATS), 'html')
    .option('-o, --out <file>', 'where to write it (default: report.html in the folder; other formats: stdout)')
    .action(async (folder: string, flags: ReportFlags) => {
      const { text, file } = await writeReport(folder, flags);
      process.stdout.write(file === undefined ? text : `report: ${file}\n`);
    });
}
